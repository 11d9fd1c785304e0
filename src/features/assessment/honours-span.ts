import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addDays, type Day, monthOf, yearOf } from '../../timers/calendar/day.ts'

/** Of which days honours are listed. */
export interface HonoursSpan {
  from: Day
  /** The day after the last. */
  until: Day
  /** Null: between two days that were named. */
  year: number | null
  /** 1 to 4; null: not of one quarter. */
  quarter: number | null
}

const title = '(?:荣誉名单|表彰总名单|表彰汇总)'
const year = '(?:(?<year>20\\d{2})\\s*(?:年度?)?|(?<relative>今年|本年度?|去年|上年度?))'
const quarter = '(?:第?(?<quarter>[一二三四1-4])季度|(?<near>本季度|上个?季度))'
const day = '20\\d{2}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*日?'
const days = `(?<first>${day})\\s*(?:至|到|~|-|–|—|to)\\s*(?<last>${day})`
const calendar = `${year}?\\s*的?\\s*${quarter}?`
/** The time stands before the title or after it. */
const ways = [
  new RegExp(`^${title}\\s*${days}$`),
  new RegExp(`^${days}\\s*的?${title}$`),
  new RegExp(`^${title}\\s*${calendar}$`),
  new RegExp(`^${calendar}\\s*的?${title}$`),
  new RegExp(`^honou?rs\\s*(?:of\\s+)?${days}$`),
  /^honou?rs\s*(?:of\s+)?(?<year>20\d{2})?\s*(?:q(?<quarter>[1-4]))?$/,
]

/** A text with one of these words may ask for honours, so that others are not read at all. */
export const honoursPattern = /荣誉名单|表彰总名单|表彰汇总|honou?rs/i

type Groups = Record<string, string | undefined>

function groupsOf(text: string): Groups | null {
  const said = text.normalize('NFKC').trim().toLowerCase()
  return ways.map((way) => way.exec(said)?.groups).find((groups) => groups !== undefined) ?? null
}

/** Whether a text asks for honours and nothing else. */
export const asksForHonours = (text: string): boolean => groupsOf(text) !== null

/**
 * Of which days a text asks for honours; without any: this year. A quarter without a year is the last of its number that
 * has begun. Throws PlainError where days are none, or the last is before the first.
 * @param today Of China.
 */
export function readHonoursSpan(text: string, today: Day): HonoursSpan {
  const { first, last, year: named, relative, quarter: numbered, near } = groupsOf(text) ?? {}
  if (first !== undefined && last !== undefined) return betweenDays(dayOf(first), dayOf(last))
  const current = yearOf(today)
  const asked = named === undefined ? current - (/[去上]/.test(relative ?? '') ? 1 : 0) : Number(named)
  const quarterNow = Math.ceil(monthOf(today) / 3)
  if (near !== undefined) {
    if (near.startsWith('本')) return ofYear(current, quarterNow)
    return quarterNow === 1 ? ofYear(current - 1, 4) : ofYear(current, quarterNow - 1)
  }
  if (numbered === undefined) return ofYear(asked, null)
  const number = '一二三四'.indexOf(numbered) + 1 || Number(numbered)
  const isOfLastYear = named === undefined && relative === undefined && number > quarterNow
  return ofYear(isOfLastYear ? current - 1 : asked, number)
}

/** A year of the calendar, or a quarter of it. */
export function ofYear(asked: number, number: number | null): HonoursSpan {
  const start = (months: number): Day =>
    `${asked + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
  const months = number === null ? 0 : (number - 1) * 3
  return {
    ...{ from: start(months), until: start(months + (number === null ? 12 : 3)) },
    ...{ year: asked, quarter: number },
  }
}

/** Both days among it. Throws PlainError where there is no such day, or the last is before the first. */
export function betweenDays(first: Day, last: Day): HonoursSpan {
  const isDay = (one: Day) => {
    const read = new Date(`${one}T00:00:00Z`)
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(one)
  }
  if (!isDay(first) || !isDay(last) || last < first) throw new PlainError('assessment:honours.wrong-days')
  return { from: first, until: addDays(last, 1), year: null, quarter: null }
}

function dayOf(typed: string): Day {
  const [of = '', month = '', date = ''] = typed.match(/\d+/g) ?? []
  return `${of}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

/** 2026 年荣誉名单, also of a quarter or between two days. */
export function honoursTitle({ from, until, year: asked, quarter: number }: HonoursSpan, language: Language) {
  if (asked === null) {
    const values = { from, to: addDays(until, -1) }
    return translate(language, 'assessment:honours.title-days', values)
  }
  if (number === null) return translate(language, 'assessment:honours.title', { year: asked })
  const names = language === 'en' ? ['1', '2', '3', '4'] : ['一', '二', '三', '四']
  return translate(language, 'assessment:honours.title-quarter', {
    ...{ year: asked, quarter: names[number - 1] ?? '' },
  })
}

/** Of a file, without its ending. */
export function honoursFileName({ from, until, year: asked, quarter: number }: HonoursSpan): string {
  if (asked === null) return `honours-${from}-${addDays(until, -1)}`
  return `honours-${asked}${number === null ? '' : `-q${number}`}`
}
