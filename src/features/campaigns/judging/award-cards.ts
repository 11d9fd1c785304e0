import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { StandingPictures } from '../making/standing-picture.ts'
import type { Campaign } from '../records.ts'
import type { AwardRow, JudgingRow, ObjectionRow } from './judging-records.ts'
import type { OwnCertificate } from './own-certificates.ts'
import { buttonBlock, shortLine, textCard } from './review-cards.ts'
import { holderText, type ShownAward } from './shown-awards.ts'

/** Awards on one card of whoever decides; of all that is read by many. */
export const awardsOnPage = 4
const mostInPost = 40
const longestText = 1000

/** An award as its name is read; its name in the campaign where that has it no more. */
export function awardTitle({ awards }: Pick<Campaign, 'awards'>, name: string, language: Language): string {
  return awards.find((kind) => kind.name === name)?.title[language] ?? name
}

/** Awards by kind, in the campaign's order: for many to read, some at a time. */
function honoured(
  campaign: Campaign,
  awards: readonly ShownAward[],
  from: number,
  language: Language,
): Block[] {
  const shown = awards.slice(from, from + mostInPost)
  const lists = campaign.awards.flatMap((kind): Block[] => {
    const holders = shown.filter(({ award }) => award === kind.name)
    if (holders.length === 0) return []
    return [
      { type: 'text', runs: [{ text: shortLine(kind.title[language], 60), strong: true }] },
      { type: 'list', items: holders.map((one) => plain(shortLine(holderText(one, language), 100))) },
    ]
  })
  const left = awards.length - from - shown.length
  if (left <= 0) return lists
  const more = resultsButton(campaign.row.id, language)
  const label = translate(language, 'judging:awards.more', { count: left })
  const value = { ...more.value, from: String(from + mostInPost) }
  return [...lists, ...buttonBlock([{ ...more, label, value }])]
}

/** 公示: what is proposed, for all to read and to object. @param until The last day, `YYYY-MM-DD`. @param from The first that is shown. */
export function noticeCard(
  campaign: Campaign,
  awards: readonly ShownAward[],
  until: string,
  language: Language,
  from = 0,
): Card {
  const { id, title, number } = campaign.row
  return {
    tone: 'info',
    title: translate(language, 'judging:notice.title', { title: shortLine(title, 60) }),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'judging:notice.text', { number, day: until })) },
      ...honoured(campaign, awards, from, language),
      ...buttonBlock([
        {
          label: translate(language, 'judging:notice.object'),
          ...{ action: 'campaigns.object', value: { campaign: id }, opens: 'beside' },
        },
      ]),
    ],
  }
}

/** The results, for all to read. @param pictures What took part, drawn; null: nothing to show. */
export function resultsCard(
  campaign: Campaign,
  awards: readonly ShownAward[],
  pictures: StandingPictures | null,
  language: Language,
  from = 0,
): Card {
  const { title, number } = campaign.row
  return {
    tone: 'info',
    title: translate(language, 'judging:results.title', { title: shortLine(title, 60) }),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'judging:results.text', { number })) },
      ...honoured(campaign, awards, from, language),
      ...(pictures ? [pictures[language]] : []),
      ...buttonBlock([certificatesButton(language)]),
    ],
  }
}

/** Told to whom an award honours. */
export function praiseCard(campaign: Campaign, award: AwardRow, language: Language): Card {
  const values = {
    ...{ title: shortLine(campaign.row.title, 80), holder: shortLine(award.holder, 80) },
    ...{ award: awardTitle(campaign, award.award, language), number: award.certificate ?? '' },
  }
  return textCard(translate(language, 'judging:praise', values), [certificateButton(award, language)])
}

/** Shows one's own certificates. */
export function certificatesButton(language: Language): Button {
  return {
    label: translate(language, 'judging:certificate.title'),
    ...{ action: 'campaigns.my-certificates', value: {}, opens: 'beside' },
  }
}

/** Shows what a campaign has honoured, to all who may see it. */
export function resultsButton(campaign: string, language: Language): Button {
  return {
    label: translate(language, 'judging:do.awards'),
    ...{ action: 'campaigns.results', value: { campaign }, opens: 'beside' },
  }
}

function certificateButton({ id }: AwardRow, language: Language): Button {
  return {
    label: translate(language, 'judging:certificate.fetch'),
    ...{ action: 'campaigns.certificate', value: { award: id }, opens: 'beside' },
  }
}

/** 我的证书. */
export function certificatesCard(certificates: readonly OwnCertificate[], language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'judging:certificate.title'),
    blocks: certificates.flatMap(({ campaign, award }): Block[] => [
      { type: 'text', runs: [{ text: shortLine(campaign.row.title, 80), strong: true }] },
      {
        type: 'note',
        text: [
          award.certificate ?? '',
          awardTitle(campaign, award.award, language),
          shortLine(award.holder, 80),
        ].join(' · '),
      },
      ...buttonBlock([certificateButton(award, language)]),
    ]),
  }
}

/** What a certificate says. @param organisation Name of who gives it. */
export function certificateCard(
  { campaign, award }: OwnCertificate,
  organisation: string,
  language: Language,
): Card {
  const values = {
    ...{ title: shortLine(campaign.row.title, 80), holder: shortLine(award.holder, 80) },
    award: awardTitle(campaign, award.award, language),
  }
  const day = dayInChina(new Date(campaign.row.ended_at ?? award.at))
  return {
    tone: 'info',
    title: translate(language, 'judging:certificate.number', { number: award.certificate ?? '' }),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'judging:certificate.text', values)) },
      { type: 'note', text: translate(language, 'judging:certificate.by', { organisation, day }) },
    ],
  }
}

/** Told to whoever decides: somebody objects. */
export function objectionCard(
  { row }: Campaign,
  { id, text }: Pick<ObjectionRow, 'id' | 'text'>,
  language: Language,
): Card {
  const values = { number: row.number, title: shortLine(row.title, 80) }
  return {
    tone: 'info',
    title: translate(language, 'judging:objection.title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'judging:objection.text', values)) },
      { type: 'quote', runs: plain(text.slice(0, longestText)) },
      ...buttonBlock([
        {
          label: translate(language, 'judging:objection.settle'),
          ...{ action: 'campaigns.settle-objection', value: { campaign: row.id, objection: id } },
          opens: 'beside',
        },
      ]),
    ],
  }
}

/** Told to whoever objected. */
export function settledCard(
  { row }: Campaign,
  { state, reason }: Pick<ObjectionRow, 'state' | 'reason'>,
  language: Language,
): Card {
  const key = state === 'upheld' ? 'judging:objection.upheld' : 'judging:objection.rejected'
  const values = { number: row.number, title: shortLine(row.title, 80), reason }
  return textCard(translate(language, key, values))
}

/** Told to whoever decides: the notice is over. */
export function noticeOverCard({ row }: Campaign, language: Language): Card {
  const values = { number: row.number, title: shortLine(row.title, 80) }
  return textCard(translate(language, 'judging:notice.over', values), [
    {
      label: translate(language, 'judging:awards.confirm'),
      ...{ action: 'campaigns.confirm-awards', value: { campaign: row.id }, opens: 'beside' },
    },
  ])
}

/** What whoever looks at the awards may do. */
export interface AwardRights {
  makes: boolean
  decides: boolean
}

export interface ListedAwards {
  campaign: Campaign
  judging: JudgingRow | null
  awards: readonly ShownAward[]
  /** What takes part. */
  entries: number
  openObjections: number
  from: number
}

const placesOf = ({ awards }: Campaign) => awards.reduce((sum, { places }) => sum + places, 0)

/** Awards for which nobody stands there, with why: left to the organiser, or nothing came up to them. */
export function vacantLines(
  { awards: kinds }: Campaign,
  awards: readonly Pick<AwardRow, 'award'>[],
  language: Language,
): string[] {
  const vacant = kinds.filter(({ name }) => !awards.some(({ award }) => award === name))
  return (['vacant-chosen', 'vacant'] as const).flatMap((key) => {
    const names = vacant
      .filter(({ by }) => (by === 'chosen') === (key === 'vacant-chosen'))
      .map(({ title }) => title[language])
    if (names.length === 0) return []
    const joined = shortLine(names.join(language === 'en' ? ', ' : '、'), 100)
    return [translate(language, `judging:awards.${key}`, { names: joined })]
  })
}

/** The awards of a campaign as the organiser sees them, with what can be done now. */
export function awardsCard(
  { campaign, judging, awards, entries, openObjections, from }: ListedAwards,
  { makes, decides }: AwardRights,
  language: Language,
): Card {
  const { row } = campaign
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:awards.${key}`, values)
  const button = (what: string, more: Record<string, string> = {}): Button => ({
    ...{ label: say(what), action: `campaigns.${what}-awards`, value: { campaign: row.id, ...more } },
    opens: 'beside',
  })
  const isOpen = makes && judging?.ended_at != null && (row.state === 'reviewing' || row.state === 'notice')
  const shown = awards.slice(from, from + awardsOnPage)
  const left = awards.length - from - shown.length
  const until = judging?.notice_until ? dayInChina(new Date(Date.parse(judging.notice_until) - 1)) : ''
  return {
    tone: 'info',
    title: say('title', { title: shortLine(row.title, 60) }),
    blocks: [
      {
        type: 'text',
        runs: plain(
          awards.length === 0
            ? say('none')
            : say('count', { number: row.number, count: awards.length, entries, places: placesOf(campaign) }),
        ),
      },
      ...(entries > 0 && awards.filter(({ submission }) => submission !== null).length >= entries
        ? [{ type: 'note' as const, text: say('everybody') }]
        : []),
      ...(awards.length > 0 && isOpen
        ? vacantLines(campaign, awards, language).map((text) => ({ type: 'note' as const, text }))
        : []),
      ...(row.state === 'notice' ? [{ type: 'note' as const, text: say('until', { day: until }) }] : []),
      ...(openObjections > 0
        ? [{ type: 'note' as const, text: say('objections', { count: openObjections }) }]
        : []),
      ...shown.flatMap((award): Block[] => [
        {
          type: 'text',
          runs: [
            {
              text: say('line', {
                ...{ award: awardTitle(campaign, award.award, language), place: award.place },
              }),
              strong: true,
            },
            ...plain(`  ${shortLine(holderText(award, language), 100)}`),
          ],
        },
        ...(award.standing ? [{ type: 'note' as const, text: shortLine(award.standing) }] : []),
        ...(award.reason === '' ? [] : [{ type: 'note' as const, text: shortLine(award.reason) }]),
        ...(isOpen ? buttonBlock([button('remove', { award: award.id })]) : []),
      ]),
      ...buttonBlock([
        ...(left > 0
          ? [
              {
                ...button('list', { from: String(from + awardsOnPage) }),
                label: say('more', { count: left }),
              },
            ]
          : []),
        ...(isOpen && row.state === 'reviewing' ? [button('propose')] : []),
        ...(isOpen ? [button('add')] : []),
        ...(isOpen && row.state === 'reviewing' && awards.length > 0 ? [button('notice')] : []),
        ...(decides && row.state === 'notice' ? [button('confirm')] : []),
      ]),
    ],
  }
}
