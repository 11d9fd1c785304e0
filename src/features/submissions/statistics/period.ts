import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { type Day, isDay, lastDayOfMonth } from '../../../timers/calendar/day.ts'

/** A time that is counted: first and last day, both included. */
export interface Period {
  /** `2026`, `2026-Q1`, `2026-03`, or `2026-01-15/2026-02-10`. */
  name: string
  from: Day
  until: Day
}

export const steps = ['month', 'quarter', 'year'] as const
export type Step = (typeof steps)[number]

/** More rows would be no table that somebody reads. */
const mostSteps = 240

/** Reads `2026`, `2026-Q1`, `2026-03` or two days with a stroke between. Throws PlainError. */
export function readPeriod(text: string): Period {
  const name = text.trim().normalize('NFKC').toUpperCase()
  const year = /^(\d{4})年?$/.exec(name)?.[1]
  if (year !== undefined) return checked(year, `${year}-01-01`, `${year}-12-31`)
  const quarter = /^(\d{4})[-年 ]*(?:Q([1-4])|第?([1-4一二三四])季度)$/.exec(name)
  if (quarter) {
    const [, of = '', digit, word = ''] = quarter
    const which = Number(digit ?? ('一二三四'.indexOf(word) + 1 || word))
    const first = (which - 1) * 3 + 1
    const from = `${of}-${two(first)}-01`
    return checked(`${of}-Q${which}`, from, lastDayOfMonth(`${of}-${two(first + 2)}-01`))
  }
  const month = /^(\d{4})[-年/.](\d{1,2})月?$/.exec(name)
  if (month) {
    const of = `${month[1]}-${two(Number(month[2]))}`
    return checked(of, `${of}-01`, isDay(`${of}-01`) ? lastDayOfMonth(`${of}-01`) : '')
  }
  const [from = '', until = ''] = name.split('/')
  return checked(name, from, until)
}

function checked(name: string, from: string, until: string): Period {
  if (!isDay(from) || !isDay(until) || from > until) {
    throw new PlainError('submissions:statistics.no-period', { given: name.slice(0, 40) })
  }
  return { name, from, until }
}

/** A time as people read it: 2026年第1季度. */
export function periodTitle({ name, from, until }: Period, language: Language): string {
  const [, year = '', quarter, month] = /^(\d{4})(?:-Q(\d)|-(\d{2}))?$/.exec(name) ?? []
  if (year === '') return language === 'en' ? `${from} – ${until}` : `${from} 至 ${until}`
  if (language === 'en') return name
  if (quarter !== undefined) return `${year}年第${quarter}季度`
  return month === undefined ? `${year}年` : `${year}年${Number(month)}月`
}

/** The months, quarters or years that a time touches, cut to it. Throws PlainError where there are too many. */
export function partsOf({ from, until }: Period, step: Step): Period[] {
  const parts: Period[] = []
  for (let day = from; day <= until; ) {
    const whole = readPeriod(nameOf(day, step))
    parts.push({
      name: whole.name,
      from: whole.from < from ? from : whole.from,
      until: whole.until > until ? until : whole.until,
    })
    day = new Date(Date.parse(whole.until) + 86_400_000).toISOString().slice(0, 10)
    if (parts.length > mostSteps) throw new PlainError('submissions:statistics.too-long')
  }
  return parts
}

/** The year, quarter or month of a day. */
function nameOf(day: Day, step: Step): string {
  if (step === 'year') return day.slice(0, 4)
  return step === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/**
 * The fewest whole years, quarters and months that a time consists of; null where it begins or ends within a month.
 */
export function wholeTimes({ from, until }: Period): string[] | null {
  if (!from.endsWith('-01') || lastDayOfMonth(until) !== until) return null
  const times: string[] = []
  for (let day = from; day <= until; ) {
    const step = (['year', 'quarter', 'month'] as const).find((one) => {
      const whole = readPeriod(nameOf(day, one))
      return whole.from === day && whole.until <= until
    })
    const whole = readPeriod(nameOf(day, step ?? 'month'))
    times.push(whole.name)
    day = new Date(Date.parse(whole.until) + 86_400_000).toISOString().slice(0, 10)
  }
  return times
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
