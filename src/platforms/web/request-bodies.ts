import type { Context } from 'hono'
import { z } from 'zod'
import { harmlessText } from '../text/harmless-text.ts'
import { hasFewParts } from './form-parts.ts'
import { longestButtonValue } from './limits.ts'

/** Made by the browser, at random; it names the message for retries, and is never shown. */
export const browserId = z.string().regex(/^[\w-]{8,64}$/)
/** Ids and names that come from the house itself and are only compared there. */
const name = z.string().min(1).max(200).refine(isStorable)
const typed = z.string().transform((text) => harmlessText(text))
const value = z
  .record(z.string(), z.string())
  .refine(
    (given) =>
      Object.entries(given).flat().every(isStorable) && JSON.stringify(given).length <= longestButtonValue,
  )

const event = { id: browserId, conversation: browserId }

export const messageBody = z.object({ ...event, text: z.string() })
export const actionBody = z.object({
  ...event,
  action: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/),
  value,
  message: name.optional(),
})
export const pageBody = z.object({
  ...event,
  draft: name,
  page: name,
  step: z.enum(['next', 'back', 'save', 'cancel', 'submit']),
  values: z.record(name, z.union([typed, z.array(typed).max(200)])),
})
export const fileBody = z.object({ ...event, file: z.instanceof(File) })

/** A body by its schema; undefined where it is none. */
export async function readJson<T>(context: Context, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.safeParse(await context.req.json()).data
  } catch {
    return undefined
  }
}

/** A form with a file by its schema; undefined where it is none. */
export async function readForm<T>(context: Context, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const body = new Uint8Array(await context.req.arrayBuffer())
    if (!hasFewParts(body, context.req.header('content-type') ?? '')) return undefined
    return schema.safeParse(await context.req.parseBody()).data
  } catch {
    return undefined
  }
}

/** A database stores neither half a surrogate pair nor the null character. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
