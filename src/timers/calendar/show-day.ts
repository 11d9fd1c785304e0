import type { Language } from '../../chat/language.ts'
import { type Day, yearOf } from './day.ts'

/** By language and whether the year is shown: each that is made costs more than a hundred days that it writes. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** A day as people read it, with its weekday, and its year where that is not the present one: 12月1日周二, “Tue, 1 Dec”. */
export function showDay(day: Day, language: Language, today: Day): string {
  const withYear = yearOf(day) !== yearOf(today)
  const key = `${language} ${withYear}`
  const format = formats.get(key) ?? formatOf(language, withYear)
  formats.set(key, format)
  return format.format(new Date(day))
}

function formatOf(language: Language, withYear: boolean): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'UTC',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
  })
}
