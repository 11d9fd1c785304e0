import type { Block, Button, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reached } from '../../circulation/port.ts'
import { certificatesButton, resultsButton } from '../judging/award-cards.ts'
import type { Campaign } from '../records.ts'
import type { CampaignTemplate } from './campaign-schema.ts'
import {
  awardsLine,
  beginButtons,
  buttonsBlock,
  fact,
  jointOf,
  periodOf,
  reviewingButton,
  rubricLine,
  shortened,
  showButton,
  stateTitle,
  textBlock,
} from './campaign-texts.ts'
import type { ContestEvent } from './contest-events.ts'
import { eventBlocks } from './event-blocks.ts'

/** More would not fit a card. */
const mostOnPage = 5

/** What a card of a campaign needs beside it. */
export interface CampaignView {
  campaign: Campaign
  /** Names. */
  organisation: string
  organisations: readonly string[]
  kinds: readonly string[]
  /** Title of the document with its version; empty: none. */
  rules: string
  entries: number
  /** What its assessment says to the reader; empty: nothing. */
  assessed: string
  /** Entries were closed before the last day, which was another; null: they were not. */
  endedEarly: { planned: string; day: string } | null
  /** Its awards were published. */
  hasResults: boolean
  /** Whoever looks has a certificate. */
  isHonoured: boolean
  /** Of a draft: how far its opening would reach; null: not asked. */
  reach: Reached | null
  /** Whose groups the bot has left, so that they hear nothing of it; names. Empty for whoever does not make it. */
  gone: readonly string[]
  events: readonly ContestEvent[]
}

/** What whoever looks may do. */
export interface CampaignRights {
  makes: boolean
  /** May see what concerns those who oversee it. */
  oversees: boolean
  /** Belongs to those who take part. */
  takesPart: boolean
}

/** Everything about a campaign; of a draft, its preview with the last press. */
export function campaignCard(view: CampaignView, rights: CampaignRights, language: Language): Card {
  const { campaign, organisations, kinds, reach } = view
  const { row } = campaign
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `campaigns:card.${key}`, values)
  const names = organisations.slice(0, 10).join(jointOf(language))
  const more = organisations.length > 10 ? say('and-more', { count: organisations.length }) : ''
  const early = view.endedEarly ? say('ended-early', view.endedEarly) : ''
  const entered = row.opened_at === null ? '' : String(view.entries)
  return {
    tone: 'info',
    title: shortened(row.title, 80),
    blocks: [
      textBlock([row.number, say(row.form), stateTitle(row.state, language)].join(' · ')),
      ...fact(say('organisation'), view.organisation),
      ...fact(say('period'), periodOf(row, language) + early),
      ...fact(say('organisations'), names + more),
      ...fact(say('kinds'), kinds.join(jointOf(language))),
      ...fact(say('purpose'), row.purpose),
      ...fact(say('rules-document'), view.rules),
      ...fact(say('rules'), row.rules_text),
      ...fact(say('rubric'), rubricLine(campaign, language)),
      ...fact(say('review'), say(row.blind === 1 ? 'blind' : 'open-review', { each: row.reviewers_each })),
      ...fact(say('awards'), awardsLine(campaign.awards, language)),
      ...fact(say('entries'), entered),
      ...fact(translate(language, 'assessment:campaign.label'), shortened(view.assessed)),
      ...eventBlocks(view.events, language),
      ...(view.gone.length > 0
        ? [
            {
              type: 'note' as const,
              text: say('gone', {
                count: view.gone.length,
                names: shortened(view.gone.join(jointOf(language))),
              }),
            },
          ]
        : []),
      ...(reach ? [{ type: 'note' as const, text: reachLine(campaign, reach, language) }] : []),
      ...buttonsBlock(campaignButtons(view, rights, language)),
    ],
  }
}

/** Whom the opening would reach. */
function reachLine(
  { audience }: Campaign,
  { people, unreachable, chats }: Reached,
  language: Language,
): string {
  // Groups were wanted, and there are none: that each person is told in private is said before the press.
  const alone = audience === null ? 'no-groups' : 'people'
  const whom = chats > 0 ? (people > 0 ? 'both' : 'chats') : people > 0 ? alone : 'nobody'
  const reached = translate(language, `campaigns:card.reach-${whom}`, { people, chats })
  if (unreachable === 0) return reached
  return `${reached} ${translate(language, 'campaigns:card.reach-without', { unreachable })}`
}

function campaignButtons(
  { campaign: { row, kinds: wanted }, kinds, assessed, hasResults, isHonoured }: CampaignView,
  { makes, oversees, takesPart }: CampaignRights,
  language: Language,
): Button[] {
  const of = { campaign: row.id, seen: String(row.revision) }
  const button = (what: string, opens: 'here' | 'beside' = 'beside'): Button => ({
    label: translate(language, `campaigns:do.${what}`),
    ...{ action: `campaigns.${what}`, value: of, opens },
  })
  const isOpen = row.state === 'open'
  const isJudged = row.state === 'reviewing' || row.state === 'notice'
  return [
    ...(row.state === 'draft' && makes
      ? [{ ...button('open', 'here'), style: 'primary' as const }, button('edit')]
      : []),
    ...(isOpen && takesPart ? [...beginButtons(wanted, kinds, language), button('enter')] : []),
    ...(hasResults ? [resultsButton(row.id, language)] : []),
    ...(isHonoured ? [certificatesButton(language)] : []),
    ...(row.opened_at === null ? [] : [button('standing')]),
    ...(oversees && row.opened_at !== null ? [button('statistics')] : []),
    ...(makes && row.opened_at !== null ? [button('entries')] : []),
    ...(makes && row.opened_at !== null ? [reviewingButton(row.id, language)] : []),
    ...(row.opened_at !== null && row.state !== 'cancelled' && (makes || assessed !== '')
      ? [
          {
            label: translate(language, 'assessment:campaign.button'),
            ...{ action: 'assessment.of-campaign', value: { campaign: row.id }, opens: 'beside' as const },
          },
        ]
      : []),
    ...(isOpen && makes ? [button('change'), button('end-entries', 'here')] : []),
    ...(makes && row.form === 'contest' && (isOpen || row.state === 'draft') ? [button('link-event')] : []),
    ...(isJudged && makes ? [button('close', 'here')] : []),
    ...(makes && (row.state === 'draft' || isOpen || isJudged) ? [button('cancel')] : []),
  ]
}

/** Asks once more before entries are closed ahead of time, or a campaign is ended. @param open Reviews not there yet. */
export function sureCard(
  { row }: Campaign,
  { what, open }: { what: 'end-entries' | 'close'; open: number },
  language: Language,
): Card {
  const of = { campaign: row.id, seen: String(row.revision) }
  const values = { number: row.number, title: shortened(row.title, 80), count: open, ends: row.ends_on }
  const force = what === 'close' && open > 0
  const key = force ? 'reviews-open' : `sure-${what}`
  return {
    tone: 'info',
    blocks: [
      textBlock(translate(language, `campaigns:${key}`, values)),
      ...buttonsBlock([
        {
          label: translate(language, force ? 'campaigns:do.close-anyway' : `campaigns:do.sure-${what}`),
          ...{ action: force ? 'campaigns.close-anyway' : `campaigns.${what}-sure`, value: of },
          opens: force ? 'beside' : 'here',
        },
        showButton(row.id, language),
      ]),
    ],
  }
}

/** A page of campaigns. */
export function campaignsCard(
  { campaigns, from, makes }: { campaigns: readonly Campaign[]; from: number; makes: boolean },
  language: Language,
): Card {
  const shown = campaigns.slice(from, from + mostOnPage)
  const left = campaigns.length - from - shown.length
  const next: Button = {
    label: translate(language, 'campaigns:list.next', { count: left }),
    ...{ action: 'campaigns.list', value: { from: String(from + mostOnPage) }, opens: 'beside' },
  }
  const begin: Button = {
    label: translate(language, 'campaigns:list.make'),
    ...{ action: 'campaigns.templates', value: {}, opens: 'beside' },
  }
  return {
    tone: 'info',
    title: translate(language, 'campaigns:list.title', { count: campaigns.length }),
    blocks: [
      ...shown.flatMap(({ row }): Block[] => [
        { type: 'text', runs: [{ text: `${row.number} ${shortened(row.title, 80)}`, strong: true }] },
        { type: 'note', text: [periodOf(row, language), stateTitle(row.state, language)].join(' · ') },
        ...buttonsBlock([showButton(row.id, language)]),
      ]),
      ...(campaigns.length === 0 ? [textBlock(translate(language, 'campaigns:list.none-yet'))] : []),
      ...buttonsBlock([...(left > 0 ? [next] : []), ...(makes && from === 0 ? [begin] : [])]),
    ],
  }
}

/** What a campaign can be made of. @param problems Templates that cannot be read, as people read it. */
export function templatesCard(
  templates: readonly CampaignTemplate[],
  problems: readonly string[],
  language: Language,
): Card {
  const make = (template: string, label: string): Button => ({
    ...{ label, action: 'campaigns.make', value: { template }, opens: 'beside' },
  })
  return {
    tone: 'info',
    title: translate(language, 'campaigns:list.templates'),
    blocks: [
      textBlock(translate(language, 'campaigns:list.templates-hint')),
      ...buttonsBlock([
        ...templates.slice(0, 8).map(({ name, title }) => make(name, shortened(title[language], 40))),
        make('', translate(language, 'campaigns:list.empty')),
        {
          label: translate(language, 'campaigns:list.by-file'),
          ...{ action: 'campaigns.by-file', value: {}, opens: 'beside' },
        },
        {
          label: translate(language, 'campaigns:list.files'),
          ...{ action: 'campaigns.template-files', value: {}, opens: 'beside' },
        },
      ]),
      ...problems.slice(0, 5).map((text): Block => ({ type: 'note', text: shortened(text) })),
    ],
  }
}
