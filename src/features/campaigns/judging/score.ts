import type { Rubric } from '../../submissions/port.ts'

/** What one reviewer gave. */
export interface GivenScore {
  reviewer: string
  /** Thousandths of a point. */
  total: number
  /** Points by criterion. */
  scores: Readonly<Record<string, number>>
}

/** What all reviews of an entry come to; thousandths of a point. */
export interface EntryScore {
  /** The trimmed mean; null: there is no review yet. */
  score: number | null
  /** The mean of each criterion in the rubric's order, of the reviews that count. */
  criteria: number[]
  /** What was left out of the mean, lowest first. */
  lowest: number[]
  highest: number[]
  /** Reviewers whose total lies far from the middle one. */
  outliers: ReadonlySet<string>
}

type Measure = Pick<Rubric, 'criteria' | 'trim' | 'outlier'>

/** The trimmed mean by the rubric. Pure; the order of the reviews does not matter. */
export function scoreEntry(rubric: Measure, reviews: readonly GivenScore[]): EntryScore {
  // Among equal totals the name decides which is left out, so that the same reviews always give the same.
  const sorted = reviews.toSorted(
    (one, other) => one.total - other.total || (one.reviewer < other.reviewer ? -1 : 1),
  )
  const { trim } = rubric
  const each = trim && sorted.length >= trim.from && sorted.length > 2 * trim.each ? trim.each : 0
  const counted = sorted.slice(each, sorted.length - each)
  const totals = sorted.map(({ total }) => total)
  return {
    score: counted.length === 0 ? null : mean(counted.map(({ total }) => total)),
    criteria: rubric.criteria.map(({ name }) =>
      mean(counted.map(({ scores }) => Math.round((scores[name] ?? 0) * 1000))),
    ),
    lowest: totals.slice(0, each),
    highest: totals.slice(totals.length - each),
    outliers: outliersOf(rubric, sorted),
  }
}

function outliersOf(rubric: Measure, sorted: readonly GivenScore[]): Set<string> {
  // Of two nobody can say which of them is the outlier.
  if (sorted.length < 3) return new Set()
  const half = Math.floor(sorted.length / 2)
  const at = (place: number) => sorted[place]?.total ?? 0
  const middle = sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2
  const most = rubric.criteria.reduce((sum, one) => sum + one.most, 0)
  // The rubric's distance is in hundredths of all points, totals are in thousandths of one.
  const far = rubric.outlier * most * 10
  return new Set(
    sorted.filter(({ total }) => Math.abs(total - middle) >= far).map(({ reviewer }) => reviewer),
  )
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.round(numbers.reduce((sum, one) => sum + one, 0) / numbers.length)
}

/** Points as people read them: 84.5 of 84500. Two decimals at most. */
export function pointsOf(thousandths: number): number {
  return Math.round(thousandths / 10) / 100
}
