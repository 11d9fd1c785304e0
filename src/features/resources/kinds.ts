import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from '../../chat/language.ts'
import { readOnce } from '../../knowledge/read-once.ts'

const text = z.string().trim().min(1).max(60)
const inLanguages = z.strictObject({ 'zh-CN': text, en: text })
const wordsInLanguages = z.strictObject({ 'zh-CN': z.array(text).min(1), en: z.array(text).min(1) })
const count = z.number().int().min(1).max(100_000)

const kindsFile = z.strictObject({
  kinds: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z-]{0,29}$/),
        title: inLanguages,
        words: wordsInLanguages,
        example: inLanguages,
        people: count,
        'lead-days': z.number().int().min(0).max(60),
        'a-day': count.nullable(),
        together: count.nullable(),
      }),
    )
    .min(1)
    .refine((kinds) => new Set(kinds.map(({ name }) => name)).size === kinds.length, 'a kind twice'),
})

/** A kind of resources, with what a new one of it begins with. */
export interface ResourceKind {
  name: string
  title: Record<Language, string>
  /** What people call such a thing. */
  words: Record<Language, string[]>
  /** What a title of one looks like. */
  example: Record<Language, string>
  people: number
  /** Working days. */
  leadDays: number
  /** Null: as many bookings a day as fit. */
  aDay: number | null
  /** People at one time; null: one booking at a time. */
  together: number | null
}

export interface ResourceKinds {
  /** In the order of the file. */
  all(): readonly ResourceKind[]
  /** Null: there is no kind of that name (any more). */
  byName(name: string): ResourceKind | null
}

/**
 * The kinds of `kinds.yaml` in a folder. A file that is not there or cannot be read is refused with a reason, and there
 * are no kinds: what was entered stays, nothing new can be.
 */
export function openResourceKinds({
  folder,
  refused,
}: {
  folder: string
  refused: (file: string, reason: string) => void
}): ResourceKinds {
  const file = 'kinds.yaml'
  let kinds: ResourceKind[] = []
  try {
    const text = readFileSync(join(folder, file), 'utf8')
    const given = readOnce(kindsFile, text, () => kindsFile.parse(parse(text)))
    kinds = given.kinds.map(({ 'lead-days': leadDays, 'a-day': aDay, ...kind }) => ({
      ...kind,
      leadDays,
      aDay,
    }))
  } catch (error) {
    refused(file, reasonOf(error))
  }
  return { all: () => kinds, byName: (name) => kinds.find((kind) => kind.name === name) ?? null }
}

/** Without paths of this machine, which an error of the file system names. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError)
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
  if (error instanceof Error && 'code' in error) return String(error.code)
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
}
