import { addDays, type Day, monthsLater } from '../calendar/day.ts'
import { parseDay } from '../calendar/parse-day.ts'
import { placeOf as chinesePlaceOf } from './chinese-rhythms.ts'
import { placeOf as englishPlaceOf } from './english-rhythms.ts'
import { firstDayAfter, firstDayOf } from './periods.ts'
import type { Period } from './rule.ts'
import { certain, type Reading, type ReadingTime, type SentencePattern } from './sentence-drafts.ts'
import { inFigures, number as n, numberOf } from './sentence-text.ts'

/** Days of the year that have names; those of the lunar calendar move and cannot be said so. */
const namedDays: Record<string, string> = {
  ...{ 元旦: '01-01', 三八节: '03-08', 妇女节: '03-08', 劳动节: '05-01', 五一: '05-01', 五四: '05-04' },
  ...{ 科技工作者日: '05-30', 七一: '07-01', 教师节: '09-10', 国庆: '10-01', 十一: '10-01' },
}
const named = `(?:${Object.keys(namedDays).join('|')})节?`

const week = '(?:周|星期|礼拜)'
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const weekday = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?'

/** A day in Chinese, as `parseDay` reads it. */
const chineseDay = `(?:${[
  `\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}`,
  `(?:${n}年|[今本明来后]年)${n}月${n}[日号]?`,
  `${n}月${n}[日号]?(?!\\d)`,
  `(?:本|这个|当|下个?)月${n}[日号]`,
  `(?:本|这个|当|下个?)月[底末]|[今本明来后]?年[底末]|月[底末]`,
  `${n}[号日](?!\\d)`,
  `大后天|后(?:天|(?=早|晚))|[今明](?:天|日|(?=早|晚))`,
  `(?:本|这个?|下下?个?)?${week}[一二三四五六日天](?![点时])`,
].join('|')})`
const englishDay = `(?:${[
  'the day after tomorrow|day after tomorrow|today|tomorrow|tonight',
  `\\d{4}-\\d{1,2}-\\d{1,2}`,
  `(?:on )?${month} \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?\\b`,
  `(?:on )?(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?${month}(?:,? \\d{4})?\\b`,
  `(?:this|next|on) ${weekday}\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b`,
  'in \\d{1,3} days?|(?:the )?end of (?:the|this|next) month',
].join('|')})`

/** Any day in either language, for what begins or ends on it. */
export const anyDay = `(?:${chineseDay}|${englishDay})`

/** The day that a text names; null: it names none. */
export function readDay(text: string, today: Day): Day | null {
  const plain = inFigures(text)
    .replace(/^([今明后])[日]?$/, '$1天')
    .replace('tonight', 'today')
    .replace(/^on (?=the )/, '')
    .replace(/^(\d{1,2})日$/, '$1号')
  return parseDay(plain, today)
}

/** So long before a day, once or every year. */
export const beforePatterns: readonly SentencePattern[] = [
  ...[
    `(?<!每一?个?|每个?月的?|[\\d〇零一二两三四五六七八九十廿])(每年的?|年度)?(${chineseDay}|${named})(?:截止|到期)?[,、]?(?:之|以)?前的?第?(${n})个?(工作日|上班日|[天日](?!前)|${week})`,
    `(?<!每一?个?|每个?月的?|[\\d〇零一二两三四五六七八九十廿])(每年的?|年度)?(${chineseDay}|${named})(?:截止|到期|之前)?[,、]?(?:请)?提前(${n})个?(工作日|上班日|[天日]|${week})`,
  ].map(
    (pattern): SentencePattern => [
      new RegExp(pattern, 'u'),
      ([, yearly, day, count, unit], time) => before(day, count, unit, yearly !== undefined, time),
    ],
  ),
  [
    new RegExp(
      `\\b(\\d{1,3}|an?|one|two|three|five|ten) ((?:working |business )?days?|weeks?) (?:before|ahead of|prior to) (?:the )?(${englishDay})( (?:of )?(?:every|each) year)?`,
    ),
    ([, count, unit, day, yearly], time) =>
      before(day, String(wordsOf[count!] ?? count), unit, yearly !== undefined, time),
  ],
]

/** What happens once, the more exact first. */
export const oncePatterns: readonly SentencePattern[] = [
  [
    new RegExp(
      `(本|这个?|当|下个?|下一个?)(周|月|季度|半年|年)的?(最后|倒数第?(${n})|第(${n})|头|首)(?:一|1)?个?工作日`,
    ),
    ([, away, of, at, back, forth], { today }) => {
      const later = /^下/.test(away!)
      return inOnePeriod(periodsSaid[of!]!, later, chinesePlaceOf(at, back, forth), today)
    },
  ],
  [
    /\b(?:on )?(?:the )?(first|last|\d{1,2}(?:st|nd|rd|th)) (?:working|business|work) ?day of (this|next|the coming) (week|month|quarter|year)\b/,
    ([, nth, away, of], { today }) => inOnePeriod(of as Period, away !== 'this', englishPlaceOf(nth), today),
  ],
  [
    new RegExp(`(半|${n})个?半?(小时|钟头|分钟)(?:之|以)?后|过(半|${n})个?(小时|分钟)`),
    ([matched, one, unit, other, otherUnit], { now }) => {
      const count = (one ?? other) === '半' ? 0.5 : numberOf(one ?? other) + (/个半/.test(matched) ? 0.5 : 0)
      return inMinutes(now, count * ((unit ?? otherUnit) === '分钟' ? 1 : 60))
    },
  ],
  [
    /\bin (an?|half an|\d{1,3}) (hours?|minutes?|min)\b/,
    ([, count, unit], { now }) => {
      const amount = count === 'half an' ? 0.5 : /^an?$/.test(count!) ? 1 : Number(count)
      return inMinutes(now, amount * (unit!.startsWith('h') ? 60 : 1))
    },
  ],
  [
    new RegExp(`(${n})(天|日|个?${week}|个月|年)(?:之|以)?后`),
    ([, count, unit = ''], { today }) => {
      const amount = numberOf(count)
      const months = unit === '个月' ? amount : unit === '年' ? amount * 12 : 0
      if (months > 600) return null
      return once(
        months ? monthsLater(today, months) : addDays(today, /[天日]/.test(unit) ? amount : amount * 7),
      )
    },
  ],
  [
    /\bin (\d{1,2}|a|two|three) (weeks?|months?)\b/,
    ([, count, unit], { today }) => {
      const amount = wordsOf[count!] ?? Number(count)
      return once(unit!.startsWith('w') ? addDays(today, amount * 7) : monthsLater(today, amount))
    },
  ],
  [new RegExp(chineseDay, 'u'), ([said], time) => onDay(said, time)],
  [new RegExp(`\\b${englishDay}`), ([said], time) => onDay(said, time)],
  [
    new RegExp(`下个?(?:${week}|月)(?![一二三四五六日天\\d])|\\bnext (?:week|month)\\b`),
    ([said], { today }) => {
      const period = /月|month/.test(said) ? 'month' : 'week'
      return { ...inOnePeriod(period, true, 1, today), sure: false }
    },
  ],
]

const periodsSaid: Record<string, Period> = {
  ...{ 周: 'week', 月: 'month', 季度: 'quarter', 半年: 'half-year', 年: 'year' },
}
const wordsOf: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3, five: 5, ten: 10 }

function once(day: Day): Reading {
  return certain({ type: 'once', day, again: null })
}

function onDay(said: string, { today }: ReadingTime): Reading | null {
  const day = readDay(said, today)
  if (day === null) return null
  const later = readDay(said, addDays(today, 1))
  // 周五, 15号 and 12月25日 may be the next ones too; 明天 and days with a year are not.
  const again = day === today && later !== null && later > addDays(today, 1) ? later : null
  return certain({ type: 'once', day, again: /天|今|today|tonight/.test(said) ? null : again })
}

function before(
  said: string | undefined,
  count: string | undefined,
  unit: string | undefined,
  isYearly: boolean,
  { today }: ReadingTime,
): Reading | null {
  const name = Object.keys(namedDays).find((one) => said?.replace(/^每年/, '').startsWith(one))
  const monthAndDay = name && namedDays[name]
  const day = monthAndDay ? nextOf(monthAndDay, today) : readDay(said ?? '', today)
  if (day === null) return null
  const amount = numberOf(count) * (/周|星期|礼拜|week/.test(unit ?? '') ? 7 : 1)
  const working = /工作日|上班日|working|business/.test(unit ?? '')
  return certain({ type: 'before', days: amount, working, target: isYearly ? day.slice(5) : day })
}

function nextOf(monthAndDay: string, today: Day): Day {
  const day = today.slice(0, 5) + monthAndDay
  return day > today ? day : `${Number(today.slice(0, 4)) + 1}-${monthAndDay}`
}

/** The n-th working day of this period or the next one, once: by a rule, so that it moves with the calendar. */
function inOnePeriod(period: Period, isNext: boolean, nth: number, today: Day): Reading {
  const own = firstDayOf(period, today)
  const from = isNext ? firstDayAfter(period, own) : own
  const until = addDays(firstDayAfter(period, from), -1)
  return certain({ type: 'working-day', period, nth, from, until })
}

function inMinutes(now: string, minutes: number): Reading | null {
  if (minutes <= 0) return null
  const at = new Date(Date.parse(`${now}:00Z`) + Math.round(minutes) * 60_000)
  return certain({ type: 'at', at: at.toISOString().slice(0, 16) })
}
