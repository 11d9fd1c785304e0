import type { Block } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { FormValues } from '../../../forms/definition.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { leaveOf } from '../../../timers/calendar/leave.ts'
import type { SubmissionsContext } from '../context.ts'
import { mostPoints, rubricOf } from '../definition/rubric.ts'
import type { KindAction } from '../definition/schema.ts'
import type { Part } from '../life/life.ts'
import type { Submission } from '../records.ts'
import { type Review, readReviews } from './reviews.ts'
import { type Outcome, outcomeOf } from './score.ts'

/** How much of the reviews somebody reads. */
export type ReviewView =
  /** Scores and opinions with the names. */
  | 'named'
  /** The same, without them: for reviewers who have given theirs. */
  | 'unnamed'
  /** Who has reviewed and who has not; no score. */
  | 'progress'

/**
 * Authors and colleagues read nothing of the reviews but what they are told. Whoever is asked to review reads no scores
 * of others before they gave theirs, also where they hold an office that would let them.
 */
export function reviewViewOf({ as, reviewed = false }: Part): ReviewView | null {
  if (as.includes('author') || as.includes('co-author')) return null
  const isOffice = (['handler', 'restricted', 'decider', 'superior'] as const).some((part) =>
    as.includes(part),
  )
  if (as.includes('reviewer') && !reviewed) return isOffice ? 'progress' : null
  if (isOffice) return 'named'
  return as.includes('reviewer') ? 'unnamed' : null
}

/** The table of scores, what they speak for, the opinions, and who has not reviewed yet. */
export async function reviewBlocks(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  submission: Submission,
  part: Part,
  today: string,
  language: Language,
): Promise<Block[]> {
  const rubric = rubricOf(submission.kind, submission.row.variety)
  const view = reviewViewOf(part)
  if (!rubric || view === null) return []
  const reviews = await readReviews(db, context, submission)
  if (reviews.length === 0) return []
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `review:card.${key}`, values)
  const given = reviews.filter(({ state }) => state === 'given')
  // Without names in an order of their own, so that no place in the table says whose it is.
  if (view === 'unnamed') given.sort((one, other) => (one.reviewer < other.reviewer ? -1 : 1))
  const blocks: Block[] = [
    {
      type: 'note',
      text: say('progress', { given: given.length, wanted: Math.max(rubric.reviews, counted(reviews)) }),
    },
  ]
  if (view !== 'progress' && given.length > 0) {
    const called = calling(given, part, view, language)
    const outcome = outcomeOf(rubric, given)
    blocks.push({
      type: 'table',
      header: [say('reviewer'), ...rubric.criteria.map(({ title }) => title[language]), say('sum')],
      rows: [
        ...given.map((review) => [
          called(review) + marks(outcome, review, say),
          ...rubric.criteria.map(({ name }) => points(review.scores[name] ?? 0)),
          points(review.total ?? 0),
        ]),
        [
          say('mean'),
          ...rubric.criteria.map(({ name }) => points(outcome.byCriterion[name] ?? 0)),
          points(outcome.mean ?? 0),
        ],
      ],
    })
    if (view === 'named' && outcome.proposes) {
      const values = { mean: points(outcome.mean ?? 0), what: outcome.proposes.label[language] }
      blocks.push({ type: 'text', runs: [{ text: say('proposes', values), strong: true }] })
    }
    const opinions = given.filter(({ opinion }) => opinion !== '')
    const items = opinions.map((review) => [
      { text: `${called(review)}：`, strong: true },
      { text: review.opinion },
    ])
    if (items.length > 0) blocks.push({ type: 'list', items })
  }
  if (view === 'unnamed') return blocks
  return [...blocks, ...(await absentNotes(db, reviews, today, language))]
}

/** Those of whom something is awaited, and those who do not review, with the reason. */
async function absentNotes(
  db: Reads,
  reviews: readonly Review[],
  today: string,
  language: Language,
): Promise<Block[]> {
  const waiting: string[] = []
  for (const { reviewer, name, state } of reviews) {
    if (state !== 'asked') continue
    const [leave] = await leaveOf(db, reviewer, today)
    const isAway = leave !== undefined && leave.first <= today
    waiting.push(
      isAway ? translate(language, 'review:request.away-until', { name, until: leave.last }) : name,
    )
  }
  const names = waiting.join(language === 'en' ? ', ' : '、')
  const notes = waiting.length === 0 ? [] : [translate(language, 'review:card.waiting', { names })]
  for (const { name, state, interest } of reviews) {
    if (state === 'declined')
      notes.push(translate(language, 'review:card.declined', { name, reason: interest }))
    if (state === 'unable') notes.push(translate(language, 'review:card.unable', { name, reason: interest }))
  }
  return notes.map((text) => ({ type: 'note', text }))
}

/** What an action may tell the author of the reviews: `{{score}}`, and `{{opinions}}` without the names. */
export async function reviewWords(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  submission: Submission,
  { told }: Pick<KindAction, 'told'>,
  language: Language,
): Promise<Record<string, string>> {
  const rubric = rubricOf(submission.kind, submission.row.variety)
  if (!rubric || !told || !/\{\{(?:score|opinions)\}\}/.test(told[language])) return {}
  const given = (await readReviews(db, context, submission)).filter(({ state }) => state === 'given')
  const { mean } = outcomeOf(rubric, given)
  const opinions = given.filter(({ opinion }) => opinion !== '').map(({ opinion }) => opinion)
  const most = mostPoints(rubric)
  return {
    score: mean === null ? '' : translate(language, 'review:told.score', { mean: points(mean), most }),
    opinions:
      opinions.length === 0
        ? ''
        : [
            translate(language, 'review:told.opinions'),
            // By their words, so that their order tells nothing about whose they are.
            ...opinions.toSorted().map((opinion, at) => `${at + 1}. ${opinion}`),
          ].join('\n'),
  }
}

/** Where a history's entry holds what was told of the reviews; no field is named like this. */
const toldKey = '@reviews'

/** What is kept of a deed, with what the author was told of the reviews: later there may be others. */
export function withReviewWords(kept: FormValues, words: Readonly<Record<string, string>>): FormValues {
  return Object.keys(words).length === 0 ? kept : { ...kept, [toldKey]: words }
}

/** What the author was told of the reviews then; nothing where an entry holds none. */
export function reviewWordsThen(kept: FormValues): Record<string, string> {
  const words = kept[toldKey]
  return { score: '', opinions: '', ...(typeof words === 'object' && words !== null ? words : {}) }
}

function counted(reviews: readonly Review[]): number {
  return reviews.filter(({ state }) => state === 'asked' || state === 'given').length
}

function calling(given: readonly Review[], { person }: Part, view: ReviewView, language: Language) {
  return (review: Review) => {
    if (view === 'named') return review.name
    if (review.reviewer === person) return translate(language, 'review:card.own')
    return translate(language, 'review:card.nobody', { at: given.indexOf(review) + 1 })
  }
}

function marks(outcome: Outcome, { reviewer }: Review, say: (key: string) => string): string {
  const isFar = outcome.outliers.has(reviewer) ? say('outlier') : ''
  return isFar + (outcome.left.has(reviewer) ? say('left') : '')
}

function points(value: number): string {
  return String(Math.round(value * 10) / 10)
}
