/** The languages the bot speaks; Chinese first, and the one used where nothing is known. */
export const languages = ['zh-CN', 'en'] as const

export type Language = (typeof languages)[number]

/**
 * The language a text is written in, by script: any Han character makes it Chinese, since Chinese
 * questions often carry Latin names (“SASAC”, “APP”) while English ones hardly ever carry Han.
 * Text with neither script keeps the fallback.
 */
export function languageOf(text: string, fallback: Language = 'zh-CN'): Language {
  if (/\p{Script=Han}/u.test(text)) return 'zh-CN'
  return /[a-z]{2}/i.test(text) ? 'en' : fallback
}
