/** The languages the bot speaks; Chinese first, and the one used where nothing is known. */
export const languages = ['zh-CN', 'en'] as const

export type Language = (typeof languages)[number]

/**
 * The language a text is written in, by script: any Han character makes it Chinese, since Chinese
 * questions often carry Latin names (“SASAC”, “APP”) while English ones hardly ever carry Han.
 * Text with neither script keeps the fallback, and so does a code alone (“WD-2026-0001”).
 */
export function languageOf(text: string, fallback: Language = 'zh-CN'): Language {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN'
  const words = text.split(/[^\p{L}\p{N}-]+/u).filter((word) => /[a-z]{2}/i.test(word))
  const isCode = words.every((word) => /^[A-Z\d-]+$/.test(word)) && words.some((word) => /\d/.test(word))
  return words.length > 0 && !isCode ? 'en' : fallback
}
