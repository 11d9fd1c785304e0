import type { Context } from 'hono'
import { parseDay } from '../knowledge/library/day.ts'
import { PlainError } from '../messages/plain-error.ts'
import { hasFewParts } from '../platforms/web/form-parts.ts'

/** A page of a form with a box for each of many choices. */
const mostParts = 1000

/** What a form was filled in with. */
export interface Fields {
  /** Without white space at the ends; empty where it was not sent. */
  text(name: string): string
  /** Throws PlainError where it is none of the options: only a forged form sends that. */
  choice<Option extends string>(name: string, options: readonly Option[]): Option
  /** A day as `YYYY-MM-DD`; null where it is empty. Throws PlainError. */
  day(name: string): string | null
  /** Everything that was sent under a name that ends in `[]`. */
  list(name: string): string[]
  /** All names, those of files too. */
  names(): string[]
  /** A file that was chosen; null where none was. */
  file(name: string): File | null
  /** All files that were chosen for a name that ends in `[]`, empty ones too. */
  files(name: string): File[]
}

/** Reads a form of either encoding; what is no form has no fields. */
export async function fieldsOf(context: Context): Promise<Fields> {
  const sent = await readForm(context)
  // A database keeps neither half a surrogate pair nor the null character.
  const clean = (value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').trim() : ''
  const text = (name: string) => clean(sent[name])
  return {
    text,
    choice(name, options) {
      const chosen = options.find((option) => option === text(name))
      if (chosen === undefined) throw new PlainError('console:not-understood')
      return chosen
    },
    list: (name) => [sent[name] ?? []].flat().map(clean),
    names: () => Object.keys(sent),
    day: (name) => (text(name) === '' ? null : parseDay(text(name))),
    file(name) {
      const value = sent[name]
      return value instanceof File && value.size > 0 ? value : null
    },
    // Where none was chosen, a browser sends one without a name.
    files: (name) =>
      [sent[name] ?? []].flat().filter((one): one is File => one instanceof File && one.name !== ''),
  }
}

async function readForm(context: Context): Promise<Record<string, unknown>> {
  const type = context.req.header('content-type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return {}
  try {
    const body = new Uint8Array(await context.req.arrayBuffer())
    if (/^multipart/i.test(type) && !hasFewParts(body, type, mostParts)) return {}
    return Object.assign(Object.create(null), await context.req.parseBody())
  } catch {
    return {}
  }
}
