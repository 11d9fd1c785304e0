import { z } from 'zod'
import { bothLanguages } from './both-languages.ts'

/** An honour that a campaign gives. */
export const awardKindSchema = z.strictObject({
  /** Unique within the campaign. */
  name: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/),
  title: bothLanguages,
  /** Who is honoured: a unit, an entry with its team, or a person. */
  for: z.enum(['organisation', 'entry', 'person']),
  /** How many are given at most. */
  places: z.number().int().min(1).max(500),
  /** By what holders are proposed; `chosen`: they are named by hand. */
  by: z.enum(['score', 'number', 'benefit', 'chosen']),
  /** Hundredths of all points that an entry has at least to count for it. Default: any. */
  leastPoints: z.number().min(0).max(100).optional(),
  /** How many of all that could be honoured are at most, in hundredths; one always may be. Default: as many as there are places. */
  mostShare: z.number().min(1).max(100).optional(),
  /** Of an entry: how many people it has at least, such as 2 for a team. Default: one. */
  leastPeople: z.number().int().min(1).max(50).optional(),
  /** Awards of the same ladder stand from the highest to the lowest: an entry gets one of them. */
  ladder: z.string().max(40).optional(),
})

export type AwardKind = z.infer<typeof awardKindSchema>
