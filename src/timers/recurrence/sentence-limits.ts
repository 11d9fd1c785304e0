import type { Day } from '../calendar/day.ts'
import type { OnDayOff } from './rule.ts'
import { anyDay, readDay } from './sentence-days.ts'
import { read as mark, number as n, numberOf, type Stretch } from './sentence-text.ts'

/** What a sentence says beside the rhythm: from when to when, how often, and what becomes of days off. */
export interface SentenceLimits {
  from: Day | null
  until: Day | null
  count: number | null
  onDayOff: OnDayOff | null
  stretches: Stretch[]
  /** The sentence without them. */
  left: string
}

const rest = '(?:法定)?(?:节假日|节日|假期|休息日|假日|周末)'
const daysOff = new RegExp(
  [
    `[,、(]?(?:如|若)?(?:果)?(?:遇|逢|碰)(?:到|上)?${rest}(?:则|就|时)?(?:自动)?(?:不)?(?:(?:顺延|推迟|延后|提前)(?:[到至](?:周[一五]|星期[一五]|次日|(?:前|后|上|下)一个?工作日))?|照发|照常|发|提醒|跳过|取消)\\)?`,
    `[,、(]?(?:除)?${rest}(?:除外|外|不提醒|不发|跳过|照发|照常)\\)?`,
    ',? ?(?:except|but not|not)(?: on)? (?:public )?(?:holidays|days off)',
    ',? ?(?:moved to )?(?:the )?(?:next|previous) (?:working|business) day (?:if|when) (?:it is )?(?:on )?a (?:holiday|day off)',
  ].join('|'),
)
const begins = new RegExp(
  `(?:从|自)(${anyDay})(?:开始|起|以后)?[,、]?|(${anyDay})(?:开始|起)[,、]?|\\b(?:from|starting(?: on| from)?|beginning(?: on)?) (${anyDay})`,
  'u',
)
const ends = new RegExp(
  `[,、]?一?直[到至](${anyDay})(?:为止|结束|止)?[,、]?|[,、]?[到至](${anyDay})(?:为止|结束|止)[,、]?|[,、]?截[至止](${anyDay})(?:为止)?|,? ?\\b(?:until|till) (${anyDay})`,
  'u',
)
/** 3月5日至6月5日每周五: both at once. */
const between = new RegExp(
  `(?:从|自)?(${anyDay})[到至~-](${anyDay})(?:期间|之间|内)?[,、]?(?=每|逢|周|星期|工作日)`,
  'u',
)
/** 12月31日前每个工作日: that day is the last. */
const upTo = new RegExp(`(?:在|到|至)?(${anyDay})(?:之|以)?前[,、]?(?=每|天天|工作日每)`, 'u')
const times = new RegExp(`[,、]?(?:一共|总共|共|连续)(${n})次|,? ?\\b(\\d{1,3}) times\\b`)

/** What limits the rhythm of a sentence. @param plain As `plainSentence` gives it. */
export function readLimits(plain: string, today: Day): SentenceLimits {
  const limits: SentenceLimits = {
    ...{ from: null, until: null, count: null, onDayOff: null, stretches: [], left: plain },
  }
  const take = (match: RegExpExecArray | null): string | null => {
    if (!match) return null
    const [from, to] = [match.index, match.index + match[0].length]
    limits.stretches.push([from, to])
    limits.left = limits.left.slice(0, from) + mark.repeat(to - from) + limits.left.slice(to)
    return match.slice(1).find((piece) => piece !== undefined) ?? match[0]
  }
  const off = take(daysOff.exec(plain))
  if (off !== null) limits.onDayOff = meantBy(off)
  const isDay = (match: RegExpExecArray | null) => {
    const said = match?.slice(1).find((piece) => piece !== undefined)
    return said !== undefined && readDay(said, today) !== null ? match : null
  }
  const both = between.exec(limits.left)
  const [first, last] = [both?.[1], both?.[2]].map((day) => (day ? readDay(day, today) : null))
  if (both && first && last && readDay(both[2]!, first)) {
    take(both)
    limits.from = first
    limits.until = readDay(both[2]!, first)
  }
  const before = take(isDay(upTo.exec(limits.left)))
  if (before !== null) limits.until = readDay(before, today)
  const from = take(isDay(begins.exec(limits.left)))
  if (from !== null) limits.from = readDay(from, today)
  const until = take(isDay(ends.exec(limits.left)))
  if (until !== null) limits.until = readDay(until, limits.from ?? today)
  const count = take(times.exec(limits.left))
  if (count !== null) limits.count = numberOf(count)
  return limits
}

function meantBy(said: string): OnDayOff {
  if (/顺延|推迟|延后|next/.test(said)) return 'next-working-day'
  if (/提前|previous/.test(said)) return 'previous-working-day'
  return /照/.test(said) ? 'send' : 'skip'
}
