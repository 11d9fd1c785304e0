import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/)

/** In both languages; given in one it is read in that by everybody. */
const words = (most: number) => {
  const text = z.string().trim().min(1).max(most)
  return z
    .union([text, z.strictObject({ 'zh-CN': text, en: text })])
    .transform((given) => (typeof given === 'string' ? { 'zh-CN': given, en: given } : given))
}

const points = z.number().positive().max(1000).multipleOf(0.5)
const least = z.number().positive().max(1_000_000_000)

/** What the records of the bot say: which of them are counted, and of which kinds. */
const source = z.strictObject({
  /**
   * `benefit` in yuan a year, `plan` and `participation` in percent, `per-head` in records of each head; all others are
   * counted in pieces.
   */
  of: z.enum([
    ...['submissions', 'adopted', 'benefit', 'events', 'visits', 'plan'],
    ...['participation', 'per-head', 'posts'],
  ] as const),
  /** Kinds of submissions or of events. Default: all. */
  kinds: z.array(z.string().min(1).max(60)).min(1).max(20).optional(),
})

const common = {
  name,
  title: words(80),
  points,
  /** What is looked at, what proves it. */
  hint: words(300).optional(),
}

const measure = z.discriminatedUnion('by', [
  /** Whoever reaches one of them has all points, else none. */
  z.strictObject({
    ...common,
    by: z.literal('threshold'),
    reach: z
      .array(z.strictObject({ least, what: words(60), figure: source.optional() }))
      .min(1)
      .max(5),
  }),
  /** So many points for each, up to all. */
  z.strictObject({ ...common, by: z.literal('each'), each: points, figure: source.optional() }),
  /** The points of the highest band that is reached. */
  z.strictObject({
    ...common,
    by: z.literal('bands'),
    bands: z
      .array(z.strictObject({ least, points: z.number().min(0).max(1000).multipleOf(0.5) }))
      .min(1)
      .max(10),
    figure: source.optional(),
  }),
  /** As whoever checks sees it. */
  z.strictObject({ ...common, by: z.literal('hand') }),
])

/** A file of `knowledge/assessment`, or one that somebody brings. */
export const sheetSchema = z.strictObject({
  name,
  title: words(60),
  for: z.enum(['unit', 'person']),
  /** All points together. */
  total: points.default(100),
  groups: z
    .array(z.strictObject({ name, title: words(60), points, measures: z.array(measure).min(1).max(6) }))
    .min(1)
    .max(10),
  /** From the best down; the last is for all others. */
  grades: z
    .array(z.strictObject({ name, title: words(20), least: z.number().min(0).max(1000) }))
    .min(2)
    .max(8),
  /** Names of the grades that are praised before all. */
  praised: z.array(name).max(3).default([]),
})

export type Sheet = z.infer<typeof sheetSchema>
export type Group = Sheet['groups'][number]
export type Measure = Group['measures'][number]
export type Source = z.infer<typeof source>

/** All measures of a sheet, in order. */
export function measuresOf({ groups }: Pick<Sheet, 'groups'>): Measure[] {
  return groups.flatMap(({ measures }) => measures)
}

/** Where the figures of a measure come from, in its order; empty: from no records. */
export function sourcesOf(measure: Measure): Source[] {
  if (measure.by === 'hand') return []
  if (measure.by === 'threshold') return measure.reach.flatMap(({ figure }) => figure ?? [])
  return measure.figure ? [measure.figure] : []
}
