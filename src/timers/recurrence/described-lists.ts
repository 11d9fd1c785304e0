import type { Language } from '../../chat/language.ts'
import { addDays } from '../calendar/day.ts'

/** By what lists are put into words. */
export interface DescribedLists {
  language: Language
  say: (key: string, values?: Record<string, string | number>) => string
}

/** A Monday. */
const monday = '2024-01-01'

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** English: 1st, 2nd, 3rd, 11th. */
export function ordinal(number: number): string {
  return `${number}${endings[ordinals.select(number)] ?? 'th'}`
}

/** `09:00` as it is said: 9:00. */
export function timeText(time: string): string {
  return time.replace(/^0/, '')
}

/** Days of the week, 1 is Monday: 周一、三、五, 周一至周五, “Monday, Wednesday”. */
export function dayNames(numbers: readonly number[], language: Language): string {
  const sorted = [...new Set(numbers)].toSorted((a, b) => a - b)
  const width = { weekday: language === 'en' ? 'long' : 'short', timeZone: 'UTC' } as const
  const formatter = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', width)
  const names = sorted.map((number) => formatter.format(new Date(addDays(monday, number - 1))))
  const isRange = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1
  if (language === 'en') return isRange ? `${names[0]} to ${names.at(-1)}` : names.join(', ')
  if (isRange) return `${names[0]}至${names.at(-1)}`
  return names.map((name, at) => (at === 0 ? name : name.replace(/^周/, ''))).join('、')
}

/** Months: 3、6 月, “March, June”. */
export function monthNames(numbers: readonly number[], language: Language): string {
  if (language !== 'en') return `${numbers.join('、')} 月`
  const formatter = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
  return numbers.map((number) => formatter.format(new Date(Date.UTC(2024, number - 1, 1)))).join(', ')
}
