import type { Question } from './questions.ts'
import type { Said } from './said.ts'

/** So many have to stand behind a figure, or it says what somebody chose. */
export const leastTogether = 5

/** How often each choice of each question was made; empty for a question that is answered in words. */
export type Counts = number[][]

export interface Tally {
  /** How many answered. */
  answered: number
  all: Counts
  /** Of units of which enough answered. */
  byUnit: { unit: string; answered: number; counts: Counts }[]
  /** Answers of units that are not shown. */
  rest: number
}

/** Figures of what was said: by choice, and by unit where at least five of it answered. */
export function tally(questions: readonly Question[], { votes }: Pick<Said, 'votes'>): Tally {
  const units = Map.groupBy(votes, ({ unit }) => unit)
  const shown = shownUnits(new Map([...units].map(([unit, theirs]) => [unit, theirs.length])))
  return {
    answered: votes.length,
    all: countsOf(questions, votes),
    byUnit: shown.map((unit) => {
      const theirs = units.get(unit) ?? []
      return { unit, answered: theirs.length, counts: countsOf(questions, theirs) }
    }),
    rest: votes.length - shown.reduce((sum, unit) => sum + (units.get(unit)?.length ?? 0), 0),
  }
}

/**
 * Units whose figures may stand beside those of all, the largest first. Taken from those of all they must not leave
 * the figures of one to four people, so where they would, the smallest of them is not shown either.
 */
export function shownUnits(answered: ReadonlyMap<string | null, number>): string[] {
  const shown = [...answered]
    .flatMap(([unit, count]) => (unit !== null && count >= leastTogether ? [{ unit, count }] : []))
    .sort((a, b) => b.count - a.count || (a.unit < b.unit ? -1 : 1))
  const all = [...answered.values()].reduce((sum, count) => sum + count, 0)
  const rest = all - shown.reduce((sum, { count }) => sum + count, 0)
  if (rest > 0 && rest < leastTogether) shown.pop()
  return shown.map(({ unit }) => unit)
}

function countsOf(questions: readonly Question[], votes: Said['votes']): Counts {
  return questions.map(({ choices }, question) =>
    choices.map((_, choice) => votes.filter(({ chosen }) => chosen[question] === choice).length),
  )
}
