import { DateTime } from 'luxon'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { EventKinds } from '../making/kinds.ts'

/** What events somebody asks for. */
export interface Wish {
  /** Names of kinds; empty: of all. */
  kinds: string[]
  /** Begins within, where a time was said. */
  from: Date | null
  until: Date | null
  /** Words that it holds; empty: whatever they are. */
  text: string
}

const month = '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?'
const times =
  `${month}|` +
  '今天|明天|后天|周末|(?:这|本|下)?个?(?:周|星期)(?:末|[一二三四五六日天])|(?:这|本|下)个?(?:周|星期|月)|近期|最近|近来|today|tomorrow|this week|next week|this month|next month|upcoming'
/** A word of time, wherever it stands. */
export const timeWords = new RegExp(times)
const has = '有没有|有什么|有哪些|有啥|有'

/**
 * 「近期培训」, 「下周有什么活动」, 「关于机器人的讲座」, 「活动 机器人」 as what is asked for; null: it is something else. A word for
 * an event alone is none but 活动, for whoever says 培训 may ask what holds of it.
 */
export function readWish(said: string, kinds: EventKinds, now: Date): Wish | null {
  const text = said
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[?？!！。.,，~]+$/u, '')
  const searched = /^(?:(?:查|搜|找|搜索|查找|查询)?活动[\s:：]+|find events? (?:about )?)(.{1,60})$/u.exec(
    text,
  )
  if (searched) return { kinds: [], from: null, until: null, text: searched[1]! }
  const words = wordsOf(kinds)
  const what = [...words.keys()].map((word) => word.replaceAll(/[^\p{L}\p{N} ]/gu, '')).join('|')
  const chinese = new RegExp(
    `^(?:请问|想问|看看|查一?下|查看|查)?(${times})?(?:还)?(${has})?的?(?:(?:关于|有关)(.{1,30}?)的)?(${what})(?:安排|清单|列表|预告)?(${has})?(?:吗|呢)?$`,
    'u',
  ).exec(text)
  const english = new RegExp(`^(upcoming )?(${what})(?: (${times}))?(?: about (.{1,60}))?$`, 'u').exec(text)
  const [time, about, word] = chinese
    ? [chinese[1], chinese[3], chinese[4]]
    : [english?.[3] ?? english?.[1]?.trim(), english?.[4], english?.[2]]
  if (word === undefined) return null
  const kind = words.get(word) ?? null
  const isAsked = time !== undefined || about !== undefined || chinese?.[2] || chinese?.[5]
  if (kind !== null && !isAsked) return null
  return { kinds: kind === null ? [] : kind, ...spanOf(time, now), text: about ?? '' }
}

/** Words for events, the longest first; null: for all kinds. */
export function wordsOf(kinds: EventKinds): Map<string, string[] | null> {
  const words = new Map<string, string[] | null>([
    ['活动', null],
    ['event', null],
    ['events', null],
  ])
  for (const { name, title, words: more } of kinds.all()) {
    for (const word of [...Object.values(title), ...more].map((one) => one.normalize('NFKC').toLowerCase())) {
      const before = words.get(word)
      if (before !== null) words.set(word, [...new Set([...(before ?? []), name])])
    }
  }
  return new Map([...words].sort(([one], [other]) => other.length - one.length))
}

/** The days that a word of time means, in China. @param time undefined: none was said. */
export function spanOf(time: string | undefined, now: Date): { from: Date | null; until: Date | null } {
  if (time === undefined || /^(?:近期|最近|近来|upcoming)$/.test(time)) return { from: null, until: null }
  const today = DateTime.fromJSDate(now, { zone: defaultZone }).startOf('day')
  const span = (from: DateTime, until: DateTime) => ({ from: from.toJSDate(), until: until.toJSDate() })
  const days = ['今天', '明天', '后天'].indexOf(time)
  const ahead = days >= 0 ? days : ['today', 'tomorrow'].indexOf(time)
  if (ahead >= 0) return span(today.plus({ days: ahead }), today.plus({ days: ahead + 1 }))
  const isNext = /^(?:下|next)/.test(time)
  if (/月|month/.test(time)) {
    const named = namedMonth(time)
    const ahead = named === null ? Number(isNext) : (named - today.month + 12) % 12
    const from = today.startOf('month').plus({ months: ahead })
    return span(from, from.plus({ months: 1 }))
  }
  const monday = today.startOf('week').plus({ weeks: isNext ? 1 : 0 })
  if (time.endsWith('末')) return span(monday.plus({ days: 5 }), monday.plus({ weeks: 1 }))
  const weekday = '一二三四五六日'.indexOf(time.at(-1)!.replace('天', '日'))
  if (weekday < 0) return span(monday, monday.plus({ weeks: 1 }))
  const day = monday.plus({ days: weekday })
  // 周五 alone, on a Saturday, is the next one.
  const isPast = day < today && !/^[这本下]/.test(time)
  const from = isPast ? day.plus({ weeks: 1 }) : day
  return span(from, from.plus({ days: 1 }))
}

/** 1 to 12 of 「3月」 and 「十二月份」; null: no month is named. What passed this year is that of the next. */
function namedMonth(time: string): number | null {
  const [, digits] = /^(\d+|[一二三四五六七八九十]+)月/.exec(time) ?? []
  if (digits === undefined) return null
  const spoken = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'].indexOf(digits)
  return spoken >= 0 ? spoken + 1 : Number(digits)
}
