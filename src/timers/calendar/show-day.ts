import type { Language } from '../../chat/language.ts'
import { type Day, yearOf } from './day.ts'

/** A day as people read it, with its weekday, and its year where that is not the present one: 12月1日周二, “Tue, 1 Dec”. */
export function showDay(day: Day, language: Language, today: Day): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'UTC',
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
    ...(yearOf(day) === yearOf(today) ? {} : { year: 'numeric' }),
  }).format(new Date(day))
}
