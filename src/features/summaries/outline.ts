import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from '../../chat/language.ts'
import { readOnce } from '../../knowledge/read-once.ts'
import { PlainError } from '../../messages/plain-error.ts'

/** What can be counted of an organisation's records. */
export const measureNames = [
  ...(['plan.due', 'plan.done', 'plan.late', 'plan.percent', 'plan.ahead', 'plan.next-year'] as const),
  ...(['organisations.founded', 'liaison.visits', 'liaison.promises', 'liaison.kept'] as const),
  ...(['submissions.sent', 'submissions.adopted', 'submissions.benefit'] as const),
  ...(['events.held', 'events.attended', 'notices.sent'] as const),
  ...(['campaigns.held', 'campaigns.entries', 'campaigns.awards'] as const),
  ...(['consultations.held', 'consultations.answered', 'consultations.adopted'] as const),
  ...(['collections.held', 'collections.answers', 'assessments.held', 'assessments.results'] as const),
] as const

export type MeasureName = (typeof measureNames)[number]

const both = (most: number) =>
  z.strictObject({ 'zh-CN': z.string().trim().min(1).max(most), en: z.string().trim().min(1).max(most) })
// A sentence that does not say its figure would have nothing that can be traced.
const sentence = both(200).refine((texts) =>
  Object.values(texts).every((text) => text.includes('{{figure}}')),
)

const fact = z.strictObject({
  measure: z.enum(measureNames),
  of: z.array(z.string().min(1).max(60)).min(1).optional(),
  when: z.enum(['year', 'quarter']).optional(),
  unit: both(40),
  text: sentence,
})

const outline = z.strictObject({
  sections: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-z-]{0,30}$/),
        heading: both(60),
        facts: z.array(fact).min(1).max(30),
      }),
    )
    .min(1)
    .max(12)
    .refine((sections) => new Set(sections.map(({ key }) => key)).size === sections.length),
})

// A number among the words would let a figure in that stands in no record.
const words = z.array(z.array(z.string().regex(/^[^\p{N}\p{P}]+$/u))).transform((lists) => lists.flat())
const vocabulary = z.strictObject({ 'zh-CN': words, en: words })

/** What a summary consists of: `knowledge/summaries/outline.yaml`. */
export type Outline = z.infer<typeof outline>
/** Words that may stand between facts: `knowledge/summaries/words.yaml`. */
export type Words = Record<Language, readonly string[]>

/** Reads both files of a knowledge folder; without one, there is nothing. Throws PlainError with file and place where it is wrong. */
export function readOutline(knowledgeDir: string): { outline: Outline; words: Words } {
  const read = <T>(name: string, schema: z.ZodType<T>, none: T): T => {
    const file = join(knowledgeDir, 'summaries', name)
    return existsSync(file) ? parseFile(name, readFileSync(file, 'utf8'), schema) : none
  }
  return {
    outline: read('outline.yaml', outline, { sections: [] }),
    words: read('words.yaml', vocabulary, { 'zh-CN': [], en: [] }),
  }
}

function parseFile<T>(file: string, text: string, schema: z.ZodType<T>): T {
  return readOnce(schema, text, () => parseText(file, text, schema))
}

function parseText<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let given: unknown
  try {
    given = parse(text)
  } catch (error) {
    throw new PlainError('summaries:outline-wrong', { file, place: 'YAML' }, { cause: error })
  }
  const found = schema.safeParse(given)
  if (found.success) return found.data
  throw new PlainError('summaries:outline-wrong', {
    file,
    place: found.error.issues[0]?.path.join('.') ?? '',
  })
}
