import { z } from 'zod'
import type { FormField } from '../definition.ts'
import { refuse } from './refuse.ts'
import { codePoints } from './typed.ts'

/** One line: breaks, as a paste brings them, become spaces. */
export function textSchema(field: FormField) {
  return z
    .string()
    .transform((text) => text.replaceAll(/\s+/g, ' ').trim())
    .superRefine(length(field, 200))
}

export function longTextSchema(field: FormField) {
  return z
    .string()
    .transform((text) => text.trim())
    .superRefine(length(field, 5000))
}

function length({ least = 0, most }: FormField, mostByDefault: number) {
  return (text: string, context: z.RefinementCtx) => {
    const count = codePoints(text)
    const limit = most ?? mostByDefault
    if (count > limit) refuse(context, 'forms:problem.too-long', { most: limit, count })
    if (count < least) refuse(context, 'forms:problem.too-short', { least, count })
  }
}
