import type { Problem } from '../../../forms/fields/refuse.ts'
import { type Day, isDay, monthsLater } from '../../../timers/calendar/day.ts'
import type { Rubric } from '../../submissions/port.ts'
import type { AwardKind } from '../award-kind.ts'

/** All points of a rubric: its criteria are hundredths of the whole. */
const allPoints = 100
/** Longer ones were mistyped. */
const mostMonths = 60

/** A campaign before it is made. */
export interface CampaignDraft {
  title: string
  form: 'campaign' | 'contest'
  organisation: string
  purpose: string
  rulesDocument: { document: string; version: number } | null
  rulesText: string
  startsOn: Day
  endsOn: Day
  kinds: readonly string[]
  rubric: Rubric
  blind: boolean
  reviewersEach: number
  awards: readonly AwardKind[]
  /** Ids; each with all below it. */
  organisations: readonly string[]
  /** Whether each person is told in private too. */
  tellsMembers: boolean
}

export type DraftField = 'startsOn' | 'endsOn' | 'kinds' | 'rubric' | 'awards'

/** What is wrong with a draft though each of its values is right by itself, by field. */
export function problemsOfDraft(
  draft: Pick<CampaignDraft, 'startsOn' | 'endsOn' | 'kinds' | 'rubric' | 'awards'>,
  { today, known }: { today: Day; known: readonly string[] },
): Map<DraftField, Problem> {
  const found = new Map<DraftField, Problem>()
  const { startsOn, endsOn } = draft
  if (isDay(startsOn) && isDay(endsOn)) {
    if (endsOn < startsOn) found.set('endsOn', problem('end-before-start', { start: startsOn, end: endsOn }))
    else if (endsOn < today) found.set('endsOn', problem('over', { end: endsOn }))
    else if (endsOn > monthsLater(startsOn, mostMonths))
      found.set('endsOn', problem('too-long', { most: mostMonths }))
  }
  const unknown = draft.kinds.filter((kind) => !known.includes(kind))
  if (unknown.length > 0) found.set('kinds', problem('no-kind', { kinds: unknown.join('、').slice(0, 100) }))
  const rubric = problemOfRubric(draft.rubric)
  if (rubric) found.set('rubric', rubric)
  const names = draft.awards.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) found.set('awards', problem('award-twice', { name: twice }))
  return found
}

/** Why the criteria of a rubric do not make a whole, criterion by criterion; null: they do. */
export function problemOfRubric({ criteria }: Pick<Rubric, 'criteria'>): Problem | null {
  const sum = criteria.reduce((all, { most }) => all + most, 0)
  if (sum === allPoints) return null
  const parts = criteria.map(({ title, most }) => `${title['zh-CN']} ${most}`).join(' + ')
  return problem('rubric-sum', { parts, sum, all: allPoints })
}

function problem(key: string, values: Record<string, string | number>): Problem {
  return { key: `campaigns:problem.${key}`, values }
}
