import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from '../../chat/language.ts'
import { readOnce } from '../../knowledge/read-once.ts'
import { PlainError } from '../../messages/plain-error.ts'

const text = z.string().trim().min(1).max(60)
const line = z.string().trim().min(1).max(200)
const name = z.string().regex(/^[a-z][a-z-]{0,39}$/)

const schema = z.strictObject({
  document: text,
  clause: text,
  steps: z
    .array(
      z.strictObject({
        name,
        title: z.strictObject({ 'zh-CN': text, en: text }),
        days: z.number().int().min(1).max(250),
        what: z.strictObject({ 'zh-CN': line, en: line }),
        templates: z.array(name),
      }),
    )
    .min(1)
    .max(20)
    .refine((steps) => new Set(steps.map((step) => step.name)).size === steps.length),
})

/** A step of founding, with what is to be done in it. */
export interface FoundingStep {
  name: string
  title: Record<Language, string>
  /** Working days after the step before. */
  days: number
  what: Record<Language, string>
  /** Names of document templates. */
  templates: string[]
}

/** What founding goes by: the clause, and the steps in their order. */
export interface FoundingSteps {
  /** A document of the library and the key of its clause. */
  document: string
  clause: string
  steps: FoundingStep[]
}

/** Reads `founding/steps.yaml` of the folder. Throws PlainError where it is missing or broken. */
export function readSteps(knowledgeDir: string): FoundingSteps {
  try {
    const text = readFileSync(join(knowledgeDir, 'founding', 'steps.yaml'), 'utf8')
    return readOnce(schema, text, () => schema.parse(parse(text)))
  } catch (error) {
    throw new PlainError('founding:steps-wrong', {}, { cause: error })
  }
}
