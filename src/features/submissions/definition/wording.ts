import { z } from 'zod'

/** What people read, in both languages. */
export const wording = z
  .union([z.string().min(1), z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) })])
  // A file in one language is read in it by everybody.
  .transform((given) => (typeof given === 'string' ? { 'zh-CN': given, en: given } : given))

/** A word by which a kind's file speaks of its parts. */
export const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
