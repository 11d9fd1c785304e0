import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../../messages/plain-error.ts'
import { type Role, roles } from '../../../people/roles.ts'

/** By which heads are counted, as an enterprise has it: `knowledge/statistics.yaml`. */
export interface CountingRules {
  /** Whoever joined less than so many months before the end of the time is not counted yet. */
  newcomersAfter: number
  /** Who counts as a head: whoever holds one of these. */
  heads: readonly Role[]
}

const schema = z.strictObject({
  newcomersAfter: z.number().int().min(0).max(60).default(3),
  heads: z
    .array(z.enum(roles))
    .min(1)
    .default(['staff', 'cadre', 'instructor', 'liaison', 'reviewer', 'leader']),
})

/** Reads the rules; without a file those of common practice hold. Throws PlainError where the file is none. */
export function readRules(file: string): CountingRules {
  try {
    return schema.parse(existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? {}) : {})
  } catch (error) {
    throw new PlainError('submissions:statistics.rules-wrong', {}, { cause: error })
  }
}
