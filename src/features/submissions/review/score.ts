import type { Rubric } from '../definition/rubric.ts'
import { inHundredths } from '../definition/rubric.ts'

/** What one reviewer gave. */
interface Given {
  reviewer: string
  /** Points by criterion. */
  scores: Readonly<Record<string, number>>
}

/** What all reviews say together. Points, but where hundredths are said. */
export interface Outcome {
  /** The mean of the sums, one decimal; null: there is no review yet. */
  mean: number | null
  /** The same of each criterion, over all reviews. */
  byCriterion: Readonly<Record<string, number>>
  /** Those whose sum lies outside of what the rubric takes as agreement: `outlier` hundredths from the middle one. */
  outliers: ReadonlySet<string>
  /** Those that were left out of the mean. */
  left: ReadonlySet<string>
  /** What the mean speaks for, as the rubric says; null: nothing. */
  proposes: Rubric['proposes'][number] | null
}

/** Counts reviews by their rubric. Pure; the order of the reviews does not matter. */
export function outcomeOf(rubric: Rubric, reviews: readonly Given[]): Outcome {
  const sums = reviews
    .map(({ reviewer, scores }) => ({ reviewer, sum: sumOf(rubric, scores) }))
    // Among equal sums the name decides which is left out, so that the same reviews always give the same.
    .sort((one, other) => one.sum - other.sum || (one.reviewer < other.reviewer ? -1 : 1))
  const each = rubric.trim && sums.length >= rubric.trim.from ? rubric.trim.each : 0
  const counted = sums.length > 2 * each ? sums.slice(each, sums.length - each) : sums
  const mean = counted.length === 0 ? null : round(average(counted.map(({ sum }) => sum)))
  const middle = median(sums.map(({ sum }) => sum))
  const far = sums.filter(({ sum }) => inHundredths(rubric, Math.abs(sum - middle)) >= rubric.outlier)
  const share = mean === null ? null : inHundredths(rubric, mean)
  return {
    mean,
    byCriterion: Object.fromEntries(
      rubric.criteria.map(({ name }) => [
        name,
        round(average(reviews.map(({ scores }) => scores[name] ?? 0))),
      ]),
    ),
    // Of two nobody can say which of them is the outlier.
    outliers: new Set(sums.length < 3 ? [] : far.map(({ reviewer }) => reviewer)),
    left: new Set(sums.filter((one) => !counted.includes(one)).map(({ reviewer }) => reviewer)),
    proposes: share === null ? null : (rubric.proposes.find(({ from }) => share >= from) ?? null),
  }
}

export function sumOf({ criteria }: Rubric, scores: Readonly<Record<string, number>>): number {
  return criteria.reduce((sum, { name }) => sum + (scores[name] ?? 0), 0)
}

function average(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}

function median(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : average(sorted.slice(half - 1, half + 1))
}

function round(points: number): number {
  return Math.round(points * 10) / 10
}
