import type { Question } from '../definition/definition.ts'
import { type Answer, fewest, type QuestionTally, tallyOf } from './tally.ts'

/** What a unit answered. */
export interface UnitTally {
  organisation: string
  answers: number
  /** Of all answers, from 0 to 1. */
  share: number
  /** Choices and numbers alone, and of these what enough of it answered: beside a unit, words tell who wrote them. */
  questions: QuestionTally[]
}

/**
 * Counts answers out by unit, the unit with most answers first. None of fewer than five answers is shown, nor one
 * question's figures where fewer than five of the unit answered it; nor do those that are shown, taken from the figures
 * of all, leave one to four answers.
 */
export function tallyUnits(
  questions: readonly Question[],
  answers: readonly { organisation: string | null; values: Answer }[],
): UnitTally[] {
  const byUnit = Map.groupBy(answers, ({ organisation }) => organisation)
  const sizes = new Map([...byUnit].map(([unit, theirs]) => [unit, theirs.length]))
  const shown = shownUnits(sizes)
  const tallies = new Map(
    [...byUnit].map(([unit, theirs]) => {
      const values = theirs.map((one) => one.values)
      return [unit, tallyOf(questions, values, () => '')] as const
    }),
  )
  const shownAt = questions.map((_, at) => {
    const answered = answeredOf(tallies, at)
    const units = new Set(shown.filter((unit) => answered.get(unit)! >= fewest))
    dropLeast(units, answered)
    return units
  })
  return shown.map((unit) => ({
    organisation: unit,
    answers: sizes.get(unit)!,
    share: sizes.get(unit)! / answers.length,
    questions: tallies
      .get(unit)!
      .filter(
        ({ options, numbers }, at) => (options.length > 0 || numbers !== null) && shownAt[at]!.has(unit),
      ),
  }))
}

/** How many of each unit answered a question. */
function answeredOf(tallies: ReadonlyMap<string | null, QuestionTally[]>, at: number) {
  return new Map([...tallies].map(([unit, theirs]) => [unit, theirs[at]!.answered]))
}

/** Units whose figures may stand beside those of all, the largest first; answers of nobody's unit are never shown. */
function shownUnits(sizes: ReadonlyMap<string | null, number>): string[] {
  const large = [...sizes]
    .flatMap(([unit, size]) => (unit !== null && size >= fewest ? [{ unit, size }] : []))
    .toSorted((one, other) => other.size - one.size || (one.unit < other.unit ? -1 : 1))
  const shown = new Set(large.map(({ unit }) => unit))
  dropLeast(shown, sizes)
  return [...shown]
}

/** Hides the smallest where what is left beside those shown would be one to four answers; five and more remain then. */
function dropLeast(shown: Set<string>, sizes: ReadonlyMap<string | null, number>): void {
  let left = 0
  for (const [unit, size] of sizes) if (unit === null || !shown.has(unit)) left += size
  if (left === 0 || left >= fewest) return
  let least: string | null = null
  for (const unit of shown) if (least === null || sizes.get(unit)! <= sizes.get(least)!) least = unit
  if (least !== null) shown.delete(least)
}
