import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Campaign } from '../records.ts'
import type { DealPlan } from './deal-entries.ts'
import { afterText } from './explain-place.ts'
import type { JudgingRow, ReviewerFigures } from './judging-records.ts'
import type { Placed } from './ranking.ts'
import type { RankingWindow, StandingEntry } from './read-ranking.ts'
import { buttonBlock, shortLine, textCard } from './review-cards.ts'
import { pointsOf } from './score.ts'
import type { TellingPlace } from './shown-entry.ts'

const reviewersShown = 20
/** Places on one card. */
export const placesOnPage = 8

export interface ReviewingView {
  campaign: Campaign
  judging: JudgingRow | null
  reviewers: readonly ReviewerFigures[]
  entries: number
  /** Entries with fewer reviewers than they should have. */
  undealt: number
}

/** How the reviewing of a campaign stands, with what the organiser can do. */
export function reviewingCard(view: ReviewingView, makes: boolean, language: Language): Card {
  const { campaign, judging, reviewers, entries, undealt } = view
  const { row } = campaign
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:reviewing.${key}`, values)
  const button = (what: string, label = say(what)): Button => ({
    ...{ label, action: `campaigns.${what}`, value: { campaign: row.id }, opens: 'beside' },
  })
  const isOver = judging?.ended_at != null
  const isRunning = (row.state === 'open' || row.state === 'reviewing') && !isOver
  const open = reviewers.reduce((sum, one) => sum + one.open, 0)
  const given = reviewers.reduce((sum, one) => sum + one.given, 0)
  const rest = reviewers.length - reviewersShown
  return {
    tone: 'info',
    title: say('title', { title: shortLine(row.title, 60) }),
    blocks: [
      {
        type: 'text',
        runs: plain(say('figures', { number: row.number, entries, each: row.reviewers_each, given, open })),
      },
      ...(undealt > 0 && isRunning
        ? [{ type: 'text' as const, runs: [{ text: say('undealt', { count: undealt }), strong: true }] }]
        : []),
      ...(isOver ? [{ type: 'note' as const, text: say('over') }] : []),
      ...(reviewers.length === 0
        ? [{ type: 'note' as const, text: say('nobody') }]
        : [
            {
              type: 'table' as const,
              header: [say('reviewer'), say('open'), say('given'), say('declined')],
              rows: reviewers
                .slice(0, reviewersShown)
                .map((one) => [
                  one.isIn ? one.name : say('out', { name: one.name }),
                  ...[one.open, one.given, one.declined].map(String),
                ]),
            },
          ]),
      ...(rest > 0 ? [{ type: 'note' as const, text: say('rest', { count: rest }) }] : []),
      ...buttonBlock([
        ...(makes && isRunning ? [button('name-reviewers')] : []),
        ...(makes && isRunning && undealt > 0 && reviewers.length > 0 ? [button('deal')] : []),
        ...(makes && isRunning && row.blind === 1 ? [button('check-blind')] : []),
        ...(makes && row.state === 'reviewing' && !isOver ? [button('end-reviewing')] : []),
        button('ranking'),
        ...(isOver ? [button('list-awards')] : []),
      ]),
    ],
  }
}

/** Told to organisers: entries could not all be dealt out. */
export function organisersCard({ row }: Campaign, { lacking, names }: Lack, language: Language): Card {
  const values = { title: shortLine(row.title, 80), number: row.number, count: lacking }
  const rest = lacking - names.length
  return {
    tone: 'info',
    blocks: [
      {
        type: 'text',
        runs: plain(translate(language, 'judging:lack.count', { ...values, each: row.reviewers_each })),
      },
      { type: 'list', items: names.map((name) => plain(shortLine(name, 80))) },
      ...(rest > 0
        ? [{ type: 'note' as const, text: translate(language, 'judging:lack.rest', { count: rest }) }]
        : []),
      ...buttonBlock([
        {
          label: translate(language, 'judging:do.reviewing'),
          ...{ action: 'campaigns.reviewing', value: { campaign: row.id }, opens: 'beside' },
        },
      ]),
    ],
  }
}

/** Told to organisers: all reviews are in. @param lacking Entries with fewer reviewers than they should have. */
export function completeCard({ row }: Campaign, lacking: number, language: Language): Card {
  const values = { title: shortLine(row.title, 80), number: row.number, count: lacking }
  const key = lacking > 0 ? 'judging:complete.lacking' : 'judging:complete.all'
  const button = (action: string, label: string): Button => ({
    ...{ label, action: `campaigns.${action}`, value: { campaign: row.id }, opens: 'beside' },
  })
  return textCard(translate(language, key, values), [
    button('end-reviewing', translate(language, 'judging:reviewing.end-reviewing')),
    button('reviewing', translate(language, 'judging:do.reviewing')),
  ])
}

/** Entries with fewer reviewers than they should have. */
interface Lack {
  lacking: number
  /** The first of them, by number and subject. */
  names: readonly string[]
}

/** What dealing out would do, with the last press. */
export function dealCard({ row }: Campaign, plan: DealPlan, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:deal.${key}`, values)
  const { entries, wanted, reviewers, onLeave } = plan
  const each = reviewers === 0 ? 0 : Math.ceil(wanted / reviewers)
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(say('text', { number: row.number, entries, wanted, reviewers, each })) },
      ...(onLeave.length > 0
        ? [{ type: 'note' as const, text: shortLine(say('on-leave', { names: onLeave.join('、') })) }]
        : []),
      ...(reviewers < row.reviewers_each
        ? [{ type: 'note' as const, text: say('too-few', { reviewers, each: row.reviewers_each }) }]
        : []),
      { type: 'note', text: say('rules') },
      ...(reviewers === 0 || entries === 0
        ? []
        : buttonBlock([
            {
              ...{ label: say('now'), action: 'campaigns.deal-now', value: { campaign: row.id } },
              ...{ opens: 'here', style: 'primary' },
            },
          ])),
    ],
  }
}

export interface RankingView extends RankingWindow {
  campaign: Campaign
  /** Number and subject, by submission, of those that are shown. */
  names: ReadonlyMap<string, string>
  from: number
}

/** The ranking, with why each stands where it stands. */
export function rankingCard(
  { campaign, placed, ranked, names, from, unranked, few }: RankingView,
  language: Language,
): Card {
  const { row, rubric } = campaign
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:ranking.${key}`, values)
  const left = ranked - from - placesOnPage
  const line = ({ entry, place, after }: Placed<StandingEntry>): Block[] => {
    const why = after ? afterText(after, rubric, language) : ''
    const value = { campaign: row.id, submission: entry.submission }
    return [
      {
        type: 'text',
        runs: [
          { text: say('place', { place, points: pointsOf(entry.score ?? 0) }), strong: true },
          ...plain(`  ${shortLine(names.get(entry.submission) ?? '', 80)}`),
        ],
      },
      ...(why === '' ? [] : [{ type: 'note' as const, text: why }]),
      ...buttonBlock([{ label: say('explain'), action: 'campaigns.explain', value, opens: 'beside' }]),
    ]
  }
  return {
    tone: 'info',
    title: say('title', { title: shortLine(row.title, 60) }),
    blocks: [
      { type: 'text', runs: plain(say('figures', { number: row.number, count: ranked, unranked })) },
      ...(few > 0
        ? [{ type: 'note' as const, text: say('few', { count: few, wanted: rubric.reviews }) }]
        : []),
      ...placed.flatMap(line),
      ...(left > 0
        ? buttonBlock([
            {
              ...{ label: say('more', { count: left }), action: 'campaigns.ranking', opens: 'beside' },
              value: { campaign: row.id, from: String(from + placesOnPage) },
            },
          ])
        : []),
    ],
  }
}

/** Why an entry stands where it stands. */
export function explainCard(name: string, lines: readonly string[], language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'judging:explain.title'),
    blocks: [
      { type: 'text', runs: [{ text: shortLine(name), strong: true }] },
      { type: 'list', items: lines.map((line) => plain(line)) },
    ],
  }
}

export interface BlindCheck {
  campaign: Campaign
  /** Entries whose text tells whose they are, by number and subject. */
  found: readonly { name: string; places: readonly TellingPlace[] }[]
  /** How many were looked through. */
  looked: number
  /** Where to go on; null: that was all. */
  next: string | null
}

/** What stands in the texts of a blind review that tells whose they are. */
export function blindCheckCard({ campaign, found, looked, next }: BlindCheck, language: Language): Card {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `judging:blind.${key}`, values)
  return {
    tone: 'info',
    title: say('title'),
    blocks: [
      { type: 'text', runs: plain(say('figures', { looked, count: found.length })) },
      ...found.slice(0, 10).map(
        ({ name, places }): Block => ({
          type: 'text',
          runs: [
            { text: shortLine(name, 80), strong: true },
            ...plain(
              `  ${shortLine(places.map(({ field, names }) => `${field}：${names.join('、')}`).join('；'))}`,
            ),
          ],
        }),
      ),
      ...(found.length > 10
        ? [{ type: 'note' as const, text: say('rest', { count: found.length - 10 }) }]
        : []),
      { type: 'note', text: say('covered') },
      ...(next === null
        ? []
        : buttonBlock([
            {
              ...{ label: say('next'), action: 'campaigns.check-blind', opens: 'beside' },
              value: { campaign: campaign.row.id, after: next },
            },
          ])),
    ],
  }
}
