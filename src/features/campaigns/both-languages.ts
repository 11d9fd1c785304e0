import { z } from 'zod'

/** What people read, in both languages; given in one it is read in that by everybody. */
export const bothLanguages = z
  .union([
    z.string().trim().min(1).max(80),
    z.strictObject({ 'zh-CN': z.string().trim().min(1).max(80), en: z.string().trim().min(1).max(80) }),
  ])
  .transform((given) => (typeof given === 'string' ? { 'zh-CN': given, en: given } : given))
