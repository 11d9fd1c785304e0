import { z } from 'zod'
import type { Kind } from './schema.ts'
import { name, wording } from './wording.ts'

/** How something is scored. Thresholds are in hundredths of all points that there are. */
export const rubricSchema = z.strictObject({
  criteria: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
        title: wording,
        most: z.number().int().min(1).max(100),
        hint: wording.optional(),
        /** For what so many points are given, shown as a hint: 26–30 分：年效益 50 万元以上. */
        bands: z
          .array(z.strictObject({ from: z.number().min(0), to: z.number().min(0), for: wording }))
          .default([]),
      }),
    )
    .min(1),
  /** Reviews that must be there before it is decided. */
  reviews: z.number().int().min(1).max(20).default(3),
  /** A reviewer who gives less than this says why. Default: whatever they give. */
  opinionBelow: z.number().min(0).max(101).default(101),
  /** So many of the highest and of the lowest are left out of the mean where there are at least `from` reviews. */
  trim: z
    .strictObject({ each: z.number().int().min(1).max(5), from: z.number().int().min(3).max(20) })
    .optional(),
  /** A score that lies so far from the middle one is marked. */
  outlier: z.number().min(1).max(100).default(20),
  /** What the mean speaks for, the highest first; `value`: of the field by whose value it is decided. */
  proposes: z
    .array(z.strictObject({ from: z.number().min(0).max(100), label: wording, value: name.optional() }))
    .default([]),
})

export type Rubric = z.infer<typeof rubricSchema>

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
