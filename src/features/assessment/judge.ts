import type { Problem } from '../../forms/fields/refuse.ts'
import { type Measure, type Sheet, sourcesOf } from './sheet-schema.ts'

/** What records say of a measure: the number, and the records that it comes from. */
export interface Figure {
  value: number
  /** Such as `JY-2026-0007 …`; of many the first ones. */
  records: readonly string[]
}

/**
 * The points that a measure has by its figures, one for each of its sources; null: records alone do not say, or, of a
 * threshold that may be reached another way too, they do not reach it.
 */
export function pointsByFigures(measure: Measure, figures: readonly Figure[]): number | null {
  if (figures.length < sourcesOf(measure).length || sourcesOf(measure).length === 0) return null
  const [first] = figures
  switch (measure.by) {
    case 'hand':
      return null
    case 'threshold': {
      const proved = measure.reach.filter(({ figure }) => figure)
      const isReached = proved.some(({ least }, at) => (figures[at]?.value ?? 0) >= least)
      if (isReached) return measure.points
      return proved.length < measure.reach.length ? null : 0
    }
    case 'each':
      return Math.min(measure.points, Math.floor(first?.value ?? 0) * measure.each)
    case 'bands':
      return measure.bands.find(({ least }) => (first?.value ?? 0) >= least)?.points ?? 0
  }
}

/** Why so many points cannot be given for a measure; null: they can. */
export function problemOfPoints(measure: Measure, points: number): Problem | null {
  const { points: most } = measure
  if (points < 0 || points > most) return { key: 'assessment:problem.range', values: { most } }
  if (!Number.isInteger(points * 2)) return { key: 'assessment:problem.halves', values: {} }
  if (measure.by === 'threshold' && points !== 0 && points !== most) {
    return { key: 'assessment:problem.all-or-none', values: { most } }
  }
  if (measure.by === 'bands' && points !== 0 && !measure.bands.some((band) => band.points === points)) {
    const bands = measure.bands.map((band) => band.points).join('、')
    return { key: 'assessment:problem.band', values: { bands } }
  }
  if (measure.by === 'each' && points !== most && !Number.isInteger(points / measure.each)) {
    return { key: 'assessment:problem.each', values: { each: measure.each } }
  }
  return null
}

/** The grade of so many points. */
export function gradeOf({ grades }: Pick<Sheet, 'grades'>, points: number): Sheet['grades'][number] {
  const found = grades.find(({ least }) => points >= least) ?? grades.at(-1)
  if (!found) throw new Error('a sheet without grades')
  return found
}

/** The places of totals, from 1: equal totals share a place, and the next one counts all before it. */
export function placesOf(totals: readonly number[]): number[] {
  const sorted = totals.toSorted((a, b) => b - a)
  return totals.map((total) => sorted.indexOf(total) + 1)
}
