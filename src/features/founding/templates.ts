import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readOnce } from '../../knowledge/read-once.ts'
import { PlainError } from '../../messages/plain-error.ts'

const text = z.string().max(1000)

const block = z.union([
  z.strictObject({ heading: text }),
  z.strictObject({ text }),
  /** Name and value, one a row. */
  z.strictObject({ facts: z.array(z.tuple([text, text])).min(1) }),
  /** Headings, and so many empty rows. */
  z.strictObject({ table: z.array(text).min(1).max(12), rows: z.number().int().min(1).max(60) }),
])

const schema = z.strictObject({
  title: text,
  /** Of the file, without ending. */
  file: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[^\\/:*?"<>|]+$/),
  /** 主送; default: none. */
  to: text.optional(),
  body: z.array(block).min(1),
  /** 落款, one a line. */
  sign: z.array(text),
})

/** A document to be filled with the facts of an organisation, which stand in it as `{{fact}}`. */
export type DocumentTemplate = z.infer<typeof schema>

/** Templates by their file's name, in its order. Throws PlainError where one is broken. */
export function readTemplates(knowledgeDir: string): Map<string, DocumentTemplate> {
  const folder = join(knowledgeDir, 'founding', 'templates')
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
    return new Map(
      files.toSorted().map((file) => {
        const text = readFileSync(join(folder, file), 'utf8')
        return [file.slice(0, -5), readOnce(schema, text, () => schema.parse(parse(text)))]
      }),
    )
  } catch (error) {
    throw new PlainError('founding:templates-wrong', {}, { cause: error })
  }
}
