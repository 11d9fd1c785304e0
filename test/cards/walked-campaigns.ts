import type { Card } from '../../src/chat/card.ts'
import type { Language } from '../../src/chat/language.ts'
import type { CampaignsContext } from '../../src/features/campaigns/context.ts'
import {
  campaignCard,
  campaignsCard,
  sureCard,
  templatesCard,
} from '../../src/features/campaigns/making/campaign-cards.ts'
import { campaignForms } from '../../src/features/campaigns/making/campaign-forms.ts'
import { textCard } from '../../src/features/campaigns/making/campaign-texts.ts'
import {
  enteredCard,
  entriesCard,
  entriesEndedCard,
  takenOutCard,
  whichCampaignCard,
} from '../../src/features/campaigns/making/entry-cards.ts'
import { posts } from '../../src/features/campaigns/making/post-names.ts'
import { postCard } from '../../src/features/campaigns/making/posts.ts'
import type { Standing } from '../../src/features/campaigns/making/standing.ts'
import { standingCard } from '../../src/features/campaigns/making/standing-card.ts'
import { filesCard } from '../../src/features/campaigns/making/template-files.ts'
import { readTemplates } from '../../src/features/campaigns/making/templates.ts'
import type { Campaign } from '../../src/features/campaigns/records.ts'
import type { ComparedRecord } from '../../src/features/submissions/port.ts'
import type { Values } from '../forms/form-house.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

const folder = 'src/features/campaigns/making'
const templates = readTemplates('knowledge').all
const file = 'template: five-smalls\norganisation: 集团\nstarts: 2026-03-02\nends: 2030-12-31\n'
const context = {
  knowledgeDir: 'knowledge',
  blobs: { get: async () => new TextEncoder().encode(file) },
  submissions: {
    kinds: () => [{ kind: 'proposal', title: { 'zh-CN': '合理化建议', en: 'Proposal' }, rubric: null }],
  },
} as unknown as CampaignsContext

export const campaignsForms = campaignForms(context, templates)

/** What is taken in fields that are read further than their type says. */
export const campaignAnswers: Values = {
  ...{ starts: '2026-03-01', ends: '2028-12-31', organisations: '', document: '', kinds: ['proposal'] },
  ...{
    rubric: '创新性 60\n效益 40',
    awards: '先进集体 3 单位 得分',
    each: '3',
    blind: 'yes',
    tells: 'groups',
  },
}

function campaignOf({ title, background, remark }: Sizes, state: Campaign['row']['state']): Campaign {
  const [template] = templates
  return {
    row: {
      ...{
        id: 'c'.repeat(36),
        number: 'JB-2026-0001',
        title,
        form: 'contest',
        organisation: 'o',
        state,
        revision: 9,
      },
      ...{ purpose: background, rules_document: 'd', rules_version: 2, rules_text: background },
      ...{
        starts_on: '2026-03-01',
        ends_on: '2028-02-29',
        review_until: null,
        kinds: '',
        rubric: '',
        blind: 1,
      },
      ...{ reviewers_each: 3, awards: '', audience: null, made_by: null, made_at: '' },
      ...{ opened_at: state === 'draft' ? null : '2026-03-01', ended_at: remark },
    },
    ...{ kinds: ['proposal'], rubric: template!.rubric, audience: null, organisations: ['o'] },
    awards: template!.awards,
  }
}

function standingOf({ name, many }: Sizes): Standing {
  const figures = { number: 99_999, adopted: 99_999, benefit: 1e12 }
  const rows = Array.from({ length: many }, (_, at) => ({
    ...{ id: String(at), name, own: at === 0, ...figures, heads: 3, perHead: at % 2 === 0 ? 33.333 : null },
  }))
  return { total: figures, rows }
}

export const walkedCampaigns: Walked[] = [
  {
    makers: [
      ...['campaignCard', 'campaignsCard', 'sureCard', 'templatesCard'].map(
        (name) => `campaign-cards.ts#${name}`,
      ),
      ...['enteredCard', 'entriesCard', 'entriesEndedCard', 'takenOutCard', 'whichCampaignCard'].map(
        (name) => `entry-cards.ts#${name}`,
      ),
      ...[
        'template-files.ts#filesCard',
        'campaign-texts.ts#textCard',
        'posts.ts#postCard',
        'standing-card.ts#standingCard',
      ],
    ].map((maker) => `${folder}/${maker}`),
    cards(language: Language, sizes: Sizes): Card[] {
      const { title, remark, name, many } = sizes
      const record: ComparedRecord = {
        ...{ id: 's'.repeat(36), number: 'JY-2026-0001', subject: title, kind: 'proposal', state: name },
        ...{ organisation: 'o', people: [], author: name, benefit: 1, sentAt: '2026-03-02T01:00:00.000Z' },
      }
      const names = Array.from({ length: many }, () => name)
      const states = ['draft', 'open', 'reviewing', 'notice', 'closed', 'cancelled'] as const
      const all = states.map((state) => campaignOf(sizes, state))
      const [draft, open] = all
      const entries = (['', 'left', 'ended', remark] as const).flatMap((why) =>
        names.slice(0, 12).map(() => ({
          ...{ campaign: open!.row, record, why, state: why === '' ? ('in' as const) : ('out' as const) },
        })),
      )
      const standing = standingOf(sizes)
      const reach = { people: 10_000, unreachable: many, chats: 20, whom: 'w'.repeat(22) }
      const events = names.map((_, at) => ({
        ...{ id: 'e'.repeat(36), number: 'HD-2026-0001', isAhead: at % 2 === 0 },
        title,
        startsOn: '2026-03-01',
        attended: 100,
      }))
      const picture = {
        type: 'picture' as const,
        name: 'x.png',
        blob: 'b',
        url: 'http://bot.example/x',
        alt: title,
      }
      const pictures = { 'zh-CN': picture, en: picture }
      return [
        ...all.flatMap((campaign) =>
          [true, false].map((makes) =>
            campaignCard(
              {
                ...{
                  campaign,
                  organisation: name,
                  organisations: names,
                  kinds: names.slice(0, 20),
                  rules: title,
                },
                ...{
                  entries: 50_000,
                  assessed: title,
                  reach: campaign === draft ? reach : null,
                  events,
                  endedEarly: { planned: '2028-02-29', day: '2028-02-01' },
                  hasResults: campaign.row.state === 'closed',
                  isHonoured: campaign.row.state === 'closed',
                  gone: names,
                },
              },
              { makes, oversees: makes, takesPart: true },
              language,
            ),
          ),
        ),
        ...[0, 9].map((count) => entriesEndedCard(open!.row, count, language)),
        campaignsCard({ campaigns: [], from: 0, makes: true }, language),
        campaignsCard({ campaigns: [...all, ...all], from: 0, makes: true }, language),
        ...(
          [
            ['close', 0],
            ['close', 9],
            ['end-entries', 0],
          ] as const
        ).map(([what, left]) => sureCard(open!, { what, open: left }, language)),
        filesCard(
          templates.map(() => ({
            ...{ type: 'document' as const, name: `${name}.yaml`, mediaType: 'text/plain' },
            ...{ blob: 'b', url: 'http://bot.example/x' },
          })),
          language,
        ),
        templatesCard(
          templates,
          names.map(() => remark || '无'),
          language,
        ),
        enteredCard(open!, record, language),
        takenOutCard(open!, record, remark || '无', language),
        entriesCard({ entries, from: 0, campaign: open!.row }, language),
        ...[entries, []].map((own) => entriesCard({ entries: own, from: 0, campaign: null }, language)),
        entriesCard({ entries: [], from: 0, campaign: open!.row }, language),
        ...[all, []].map((fitting) => whichCampaignCard(fitting, 'JY-2026-0001', language)),
        textCard(title, [{ label: 'x', action: 'campaigns.show', value: { campaign: 'c' } }]),
        ...posts.map((post) =>
          postCard(
            post,
            { campaign: open!, kinds: () => names.slice(0, 20), standing, pictures, events, said: remark },
            language,
          ),
        ),
        ...(['organisation', 'person'] as const).map((whose) =>
          standingCard({ row: open!.row, standing, by: 'number', whose }, true, language),
        ),
      ]
    },
  },
]
