import type { Kind, Rubric } from './schema.ts'

/** By what a record of this variety is scored: its own rubric, or the kind's; null: it is not scored. */
export function rubricOf(
  { rubric, rubrics }: Pick<Kind, 'rubric' | 'rubrics'>,
  variety: string,
): Rubric | null {
  return (Object.hasOwn(rubrics, variety) ? rubrics[variety] : rubric) ?? null
}

/** All points that there are. */
export function mostPoints({ criteria }: Pick<Rubric, 'criteria'>): number {
  return criteria.reduce((sum, { most }) => sum + most, 0)
}

/** Points as hundredths of all that there are, in which thresholds are given. */
export function inHundredths(rubric: Pick<Rubric, 'criteria'>, points: number): number {
  return (points / mostPoints(rubric)) * 100
}
