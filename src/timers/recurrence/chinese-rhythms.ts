import type { OnDayOff, Period } from './rule.ts'
import {
  certain,
  guess,
  type Reading,
  rruleOf,
  type SentencePattern,
  weekdayCodes,
  weeklyOf,
} from './sentence-drafts.ts'
import { number as n, numberOf } from './sentence-text.ts'

const periodsSaid: Record<string, Period> = {
  ...{ 周: 'week', 星期: 'week', 礼拜: 'week', 月: 'month', 季: 'quarter', 季度: 'quarter' },
  ...{ 半年: 'half-year', 年: 'year', 年度: 'year' },
}
const every = '每(?:一?个|一|逢)?(?:自然)?'
const period = '(周|星期|礼拜|月份?|季度|季|半年度?|年度|年)'
const week = '(?:周|星期|礼拜)'
/** A weekday, unless it is the hour of what follows (每周一一点). */
const weekday = '[一二三四五六日天1-7](?![点时:次个])'
const weekdays = `(${weekday}(?:(?:[、,和及到至~-]|以及)?${week}?${weekday})*)`
const place = `(最后|最末|倒数第?(${n})|第(${n})|头|首)(?:一|1)?个?`
const days = `(${n}(?:[号日]?[、,和及]${n})*)[号日]`
const list = /[号日]?[、,和及]/

/** What is done where the day said is no working day. */
const next: OnDayOff = 'next-working-day'
const previous: OnDayOff = 'previous-working-day'

/** 每…: what comes again and again, the more exact first. */
export const chineseRhythms: readonly SentencePattern[] = [
  [
    new RegExp(`${every}${period}的?(?:初|底|末)?的?${place}(?:工作日|上班日)的?前(?:的)?(${n})个?工作日`),
    ([, said, at, back, forth, before]) => {
      const nth = placeOf(at, back, forth)
      return nth < 0 ? certain(workingDay(said, nth - numberOf(before))) : null
    },
  ],
  [
    new RegExp(`${every}${period}的?(?:初|底|末)?的?${place}(?:工作日|上班日)`),
    ([, said, at, back, forth]) => certain(workingDay(said, placeOf(at, back, forth))),
  ],
  [
    new RegExp(`${every}${period}(?:底|末|终)(?:之|以)?前的?(${n})个?工作日`),
    ([, said, before]) => guess(workingDay(said, -1 - numberOf(before))),
  ],
  [
    new RegExp(`${every}${period}的?最后(?:一|1)天`),
    ([, said]) => certain(lastDayOf(periodsSaid[bare(said)]!)),
  ],
  [
    new RegExp(`${every}(月份?|季度|季|半年|年度|年)(?:底|末|终)(?!个?月)`),
    ([, said]) => certain(workingDay(said, -1)),
  ],
  [new RegExp(`${every}${week}末`), () => certain(weeklyOf(['SA', 'SU'], 1))],
  [new RegExp(`${every}(月份?|季度|季|半年|年度|年|周|星期)初`), ([, said]) => certain(workingDay(said, 1))],
  [
    new RegExp(`${every}(?:工作日|上班日)|(?:工作日|上班日)(?:每天|每日)|${every}(?:上班的?日子)`),
    () => certain(rruleOf('skip', { FREQ: 'DAILY' })),
  ],
  [
    new RegExp(`(?:每(?:隔)?(${n})个?|(双|隔))${week}的?${week}?${weekdays}`),
    ([matched, count, other, said]) => {
      const weeks = other ? 2 : numberOf(count) + (/^每隔/.test(matched) ? 1 : 0)
      return weeks > 0 ? certain(weeklyOf(weekdaysOf(said), weeks)) : null
    },
  ],
  [
    // 周一至周五每天; without 每 it may be this week alone.
    new RegExp(
      `(?<!上|本|这|下)(${every})?${week}(${weekday}[到至~-]${week}?${weekday})的?(每天|每日|天天)?`,
    ),
    ([, each, said, daily]) => (each || daily ? certain : guess)(weeklyOf(weekdaysOf(said), 1)),
  ],
  [new RegExp(`${every}${week}${weekdays}`), ([, said]) => certain(weeklyOf(weekdaysOf(said), 1))],
  [
    new RegExp(`${every}月的?${place}${week}([一二三四五六日天])`),
    ([, at, back, forth, said]) => {
      const nth = placeOf(at, back, forth)
      if (nth === 0 || Math.abs(nth) > 5) return null
      return certain(rruleOf(next, { FREQ: 'MONTHLY', BYDAY: `${nth}${weekdaysOf(said)[0]}` }))
    },
  ],
  [
    new RegExp(`每(隔)?(${n})个月的?${days}`),
    ([, gap, count, said]) => monthly(said, numberOf(count) + (gap ? 1 : 0)),
  ],
  [
    new RegExp(`${every}月份?的?(${n})[号日](?:之|以)?(?:前|提前)的?(${n})[天日]`),
    ([, day, count]) => {
      const at = numberOf(day) - numberOf(count)
      if (at < 1) return null
      return certain(rruleOf(previous, { FREQ: 'MONTHLY', BYMONTHDAY: at }))
    },
  ],
  [
    new RegExp(`${every}月份?的?${days}(?:之|以)?(前)?`),
    ([, said, before]) => {
      const found = monthly(said, 1)
      // 每月15日前: no later than that day.
      return before && found.draft.type === 'rrule' ? guess({ ...found.draft, onDayOff: previous }) : found
    },
  ],
  [
    new RegExp(`(?:${every}|逢)个?(?:(单|奇)|双|偶)数?月份?的?${days}(?:之|以)?(前)?`),
    ([, odd, said, before]) => {
      const months = odd ? '1,3,5,7,9,11' : '2,4,6,8,10,12'
      const numbers = said!.split(list).map(numberOf).join(',')
      const parts = { FREQ: 'YEARLY', BYMONTH: months, BYMONTHDAY: numbers }
      return before ? guess(rruleOf(previous, parts)) : certain(rruleOf(next, parts))
    },
  ],
  [
    new RegExp(`${every}季度?的?(?:第(${n})个|(首|末|最后一?)个?)月份?的?(${n})[号日](?:之|以)?(前)?`),
    ([, nth, edge, day, before]) => {
      const at = edge === '首' ? 1 : edge ? 3 : numberOf(nth)
      if (at < 1 || at > 3) return null
      const months = [0, 3, 6, 9].map((before) => before + at).join(',')
      const parts = { FREQ: 'YEARLY', BYMONTH: months, BYMONTHDAY: numberOf(day) }
      return before ? guess(rruleOf(previous, parts)) : certain(rruleOf(next, parts))
    },
  ],
  [
    new RegExp(`${every}年?的?(${n}(?:月?[、,和及]${n})*)月份?(?:的)?(${n})[号日]?(?![点时:])(前)?`),
    ([, months, day, before]) => {
      const said = months!.split(/月?[、,和及]/).map(numberOf)
      // 每年1月10日前: no later than that day.
      return certain(
        rruleOf(before ? previous : next, {
          FREQ: 'YEARLY',
          BYMONTH: said.join(','),
          BYMONTHDAY: numberOf(day),
        }),
      )
    },
  ],
  [
    new RegExp(`${every}年的?(${n})月份?的?(底|末|最后一个工作日|初|第一个工作日)?`),
    ([, month, edge]) => {
      const isLast = edge !== undefined && /[底末后]/.test(edge)
      const parts = { FREQ: 'YEARLY', BYMONTH: numberOf(month), BYMONTHDAY: isLast ? -1 : 1 }
      const draft = rruleOf(isLast ? previous : next, parts)
      return edge ? certain(draft) : guess(draft)
    },
  ],
  [
    new RegExp(`每(隔)?(${n})[天日]|隔天`),
    ([, gap, count]) => {
      const interval = count === undefined ? 2 : numberOf(count) + (gap ? 1 : 0)
      return interval > 0 && numberOf(count ?? '1') > 0
        ? certain(rruleOf('send', { FREQ: 'DAILY', INTERVAL: interval }))
        : null
    },
  ],
  [/每(?:一)?(?:天|日)|天天/, () => certain(rruleOf('send', { FREQ: 'DAILY' }))],
  [/每(?:个)?小时/, () => certain(rruleOf('send', { FREQ: 'HOURLY' }))],
  // Too often: the check of rules says so.
  [/每(?:一)?分钟/, () => certain(rruleOf('send', { FREQ: 'MINUTELY' }))],
  [/每(?:一)?秒钟?/, () => certain(rruleOf('send', { FREQ: 'SECONDLY' }))],
  [
    new RegExp(`(?<![本这上下个今明去])(月|季度|季|半年|年)(?:度)?(初|底|末)的?${place}(?:工作日|上班日)`),
    ([, said, , at, back, forth]) => guess(workingDay(said, placeOf(at, back, forth))),
  ],
  // The day is left open: the first one of weeks, the last one of what is longer.
  [new RegExp(`${every}(${week})(?![一二三四五六日天\\d])`), () => guess(workingDay('周', 1))],
  [new RegExp(`${every}(月|季度|季|半年|年度|年)(?![初底末\\d])`), ([, said]) => guess(workingDay(said, -1))],
]

function bare(said: string | undefined): string {
  return (said ?? '').replace(/^月份$/, '月').replace(/^半年度$/, '半年')
}

function workingDay(
  said: string | undefined,
  nth: number,
): Extract<Reading['draft'], { type: 'working-day' }> {
  return { type: 'working-day', period: periodsSaid[bare(said)] ?? 'month', nth }
}

/** 最后 is -1, 倒数第二 -2, 首 and 头 1. */
export function placeOf(at: string | undefined, back: string | undefined, forth: string | undefined): number {
  if (back) return -numberOf(back)
  if (forth) return numberOf(forth)
  return at === '首' || at === '头' ? 1 : -1
}

function monthly(said: string | undefined, interval: number): Reading {
  const numbers = said!.split(list).map(numberOf).join(',')
  return certain(
    rruleOf(next, { FREQ: 'MONTHLY', INTERVAL: interval > 1 ? interval : undefined, BYMONTHDAY: numbers }),
  )
}

function lastDayOf(period: Period): Reading['draft'] {
  if (period === 'week') return weeklyOf(['SU'], 1)
  if (period === 'month') return rruleOf(previous, { FREQ: 'MONTHLY', BYMONTHDAY: -1 })
  const months = { quarter: '3,6,9,12', 'half-year': '6,12', year: '12' }[period]
  return rruleOf(previous, { FREQ: 'YEARLY', BYMONTH: months, BYMONTHDAY: -1 })
}

/** 一三五, 一至五, 一、周三. */
function weekdaysOf(said: string | undefined): string[] {
  const codes = new Set<string>()
  let range = false
  let last = -1
  for (const character of (said ?? '').replaceAll(/周|星期|礼拜|以及/g, '')) {
    const at = '一二三四五六日'.indexOf(character.replace('天', '日'))
    const index = at >= 0 ? at : Number(character) - 1
    if (/[到至~-]/.test(character)) range = true
    else if (index >= 0) {
      for (let day = range ? last + 1 : index; day < index; day++) codes.add(weekdayCodes[day]!)
      codes.add(weekdayCodes[index]!)
      ;[last, range] = [index, false]
    }
  }
  return weekdayCodes.filter((code) => codes.has(code))
}
