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
    .superRefine(content(field))
}

/** Letters that tell nothing between hollow phrases. */
const joints = /[^\p{L}\p{N}]|[的了地得和与及等要应该会能可以将更很请我们对进行建议希望]/gu

/** Whether something is said beside the phrases that say nothing. */
function content({ hollow = [] }: FormField) {
  return (text: string, context: z.RefinementCtx) => {
    if (hollow.length === 0) return
    let rest = text.slice(0, 2000).toLowerCase()
    for (const phrase of hollow) rest = rest.replaceAll(phrase.toLowerCase(), ' ')
    // Two letters over and over are no content either.
    if (new Set(rest.replaceAll(joints, '')).size < 3) refuse(context, 'forms:problem.hollow')
  }
}

function length({ least = 0, most }: FormField, mostByDefault: number) {
  return (text: string, context: z.RefinementCtx) => {
    const count = codePoints(text)
    const limit = most ?? mostByDefault
    if (count > limit) refuse(context, 'forms:problem.too-long', { most: limit, count })
    if (count < least) refuse(context, 'forms:problem.too-short', { least, count })
  }
}
