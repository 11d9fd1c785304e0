import { dayInChina } from '../../knowledge/library/day.ts'
import { addDays, type Day, monthOf, yearOf } from '../../timers/calendar/day.ts'

/** A year, or a quarter of it. */
export interface Period {
  year: number
  /** 1 to 4; null: the whole year. */
  quarter: number | null
  from: Day
  /** The day after the last. */
  until: Day
}

/** What was asked for: 工作总结 2026年 一分公司. */
export interface Asked {
  period: Period
  /** Whether the document itself is wanted. */
  document: boolean
  /** What follows, which may name an organisation; empty: none. */
  rest: string
}

const title = '(?:年度工作总结|年终工作总结|年终总结|年度总结|工作总结|季度工作总结|季度总结|季度小结|小结)'
const year = '(?:(?<year>20\\d{2})\\s*年?度?|(?<relative>今年|本年度?|去年|上年度?))'
const quarter = '(?:第?(?<quarter>[一二三四1-4])季度|(?<near>本季度|上季度|上个季度))'
/** The time stands before the title or after it. */
const chinese = [
  new RegExp(`^${title}(?<document>文档)?\\s*${year}?\\s*的?\\s*${quarter}?\\s*(?<rest>.*)$`),
  new RegExp(`^${year}?\\s*的?\\s*${quarter}?\\s*的?${title}(?<document>文档)?\\s*(?<rest>.*)$`),
]
const english =
  /^(?<kind>annual summary|year-end summary|work summary|quarter review|quarterly review)(?<document> document)?(?:\s+(?<year>20\d{2}))?(?:\s*q(?<quarter>[1-4]))?(?:\s+(?<rest>.*))?$/

/** A text that begins as these do, so that others are not read at all. */
export const askedPattern = /总结|小结|summary|review/

/** What a text asks for; null: it asks for no summary. @param today Of China. */
export function readAsked(text: string, today: Day): Asked | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  const groups = [...chinese, english].map((pattern) => pattern.exec(said)?.groups).find(Boolean)
  if (!groups) return null
  const isQuarter =
    groups.quarter !== undefined ||
    groups.near !== undefined ||
    /季度|quarter/.test(withoutRest(said, groups.rest))
  // 小结 alone is said of much else.
  if (!isQuarter && /小结/.test(withoutRest(said, groups.rest))) return null
  return {
    period: isQuarter ? quarterAsked(groups, today) : yearPeriod(yearAsked(groups, today)),
    document: groups.document !== undefined,
    rest: (groups.rest ?? '').trim(),
  }
}

const withoutRest = (said: string, rest = '') => said.slice(0, said.length - rest.length)

type Groups = Record<string, string | undefined>

function yearAsked({ year: named, relative }: Groups, today: Day): number {
  if (named !== undefined) return Number(named)
  if (relative !== undefined) return yearOf(today) - (/[去上]/.test(relative) ? 1 : 0)
  // In the first months people look back on the year before.
  return yearOf(today) - (monthOf(today) <= 2 ? 1 : 0)
}

function quarterAsked(groups: Groups, today: Day): Period {
  const current = quarterPeriod(yearOf(today), Math.ceil(monthOf(today) / 3))
  if (groups.quarter === undefined) {
    if (groups.near === '本季度') return current
    const last = addDays(current.from, -1)
    return quarterPeriod(yearOf(last), Math.ceil(monthOf(last) / 3))
  }
  const number = '一二三四'.indexOf(groups.quarter) + 1 || Number(groups.quarter)
  if (groups.year !== undefined || groups.relative !== undefined) {
    return quarterPeriod(yearAsked(groups, today), number)
  }
  // Without a year: the last quarter of that number that has begun.
  const thisYear = quarterPeriod(yearOf(today), number)
  return thisYear.from > today ? quarterPeriod(yearOf(today) - 1, number) : thisYear
}

export function yearPeriod(of: number): Period {
  return { year: of, quarter: null, from: `${of}-01-01`, until: `${of + 1}-01-01` }
}

export function quarterPeriod(of: number, number: number): Period {
  const first = (month: number) =>
    month > 12 ? `${of + 1}-01-01` : `${of}-${String(month).padStart(2, '0')}-01`
  return { year: of, quarter: number, from: first(number * 3 - 2), until: first(number * 3 + 1) }
}

/** As instants of China, the end no later than now: what is only announced was not done. */
export function spanOf({ from, until }: Period, now: Date): { from: string; until: string } {
  const instant = (day: Day) => new Date(`${day}T00:00:00+08:00`).toISOString()
  const end = instant(until)
  return { from: instant(from), until: end < now.toISOString() ? end : now.toISOString() }
}

/** Until which day it is counted: its last, or today. */
export function countedUntil({ until }: Period, now: Date): Day {
  const [today, last] = [dayInChina(now), addDays(until, -1)]
  return today < last ? today : last
}
