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
})

export type AwardKind = z.infer<typeof awardKindSchema>
