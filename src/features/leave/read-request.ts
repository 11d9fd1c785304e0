import { addDays, type Day } from '../../timers/calendar/day.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'

/** What Chinese days are written with; nothing else may stand beside 请假, or it is a question about leave. */
const han =
  '[\\d零〇一二两三四五六七八九十廿年月日号周星期礼拜上下本这个今明昨前后大天底末到至起止从自全\\-–—~/.,() ]'
const word =
  '(?:\\d[\\d/.-]*(?:st|nd|rd|th)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\\.?|today|tomorrow|day|after|next|this|the|of|on|to|until|till|through|end|month|-|–|~)'
const inChinese = new RegExp(
  `^我?(?:想|要|打算|申请)?(${han}{0,50})(?:请|休)(?:年|事|病|探亲|婚|产|陪产|丧)?休?假:?(${han}{0,50})$`,
)
const inEnglish = new RegExp(
  `^(?:i(?:'m| am|'ll be| will be)? )?(?:(?:take|taking|request|requesting|on) )?(?:(?:annual|sick) leave|leave|vacation|off)(?: on| from)? (${word}(?:,? ${word}){0,12})$`,
)

/** Messages that ask for leave and name days; compared with a message in half width and lower case. */
export const leaveRequest = new RegExp(
  `${inChinese.source.replace('^', '^(?=.{0,110}[\\d一二三四五六七八九十日天周底末])')}|${inEnglish.source}`,
)

/**
 * The first and the last day that a message asks for: 请假 12月1日到12月5日, 我下周一请假, “leave Dec 1 to Dec 5”. Null where
 * they cannot be read. The last may come before the first: that is for whoever enters them to refuse.
 */
export function readLeaveRequest(text: string, today: Day): { first: Day; last: Day } | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/[。.!?]+$/, '')
  const [, before = '', after = ''] = inChinese.exec(plain) ?? []
  const days = (inEnglish.exec(plain)?.[1] ?? `${before.trim()} ${oneDay.test(after.trim()) ? '' : after}`)
    .replace(/^\s*[从自]/, '')
    .replace(/起?(?:全天)?\s*$/, '')
    .trim()
  return days === '' ? null : readSpan(days, today)
}

/** Behind 请假 it says what a single day means anyway. */
const oneDay = /^(?:一|1|全)天$/

const between = /\s*(?:到|至|止|~|–|—+|\s-\s|\s(?:to|until|till|through)\s)\s*/
/** A dash alone parts two days only where neither could hold it: 12月1日-5日, 12/1-12/5, or two full dates. */
const dashes = [
  /^(.*[日号])\s*-\s*(.+)$/,
  /^(\d{1,2}\/\d{1,2})\s*-\s*(.+)$/,
  /^(\d{4}-\d{1,2}-\d{1,2})\s*-\s*(.+)$/,
]

function readSpan(text: string, today: Day): { first: Day; last: Day } | null {
  const whole = parseDay(text, today)
  if (whole) return { first: whole, last: whole }
  const dashed = dashes.map((pattern) => pattern.exec(text)).find((match) => match !== null)
  const pieces = dashed ? dashed.slice(1) : text.split(between).filter((piece, i) => piece !== '' || i === 0)
  if (pieces.length !== 2) return null
  // 请假到周五: from today on.
  const first = pieces[0] === '' ? today : parseDay(pieces[0]!, today)
  if (!first) return null
  const end = pieces[1]!.replace(/^(\d{1,2})$/, '$1日')
  // 12月30日到1月2日: the end is the next such day after the beginning.
  const last = parseDay(end, today, { from: first })
  return last === null ? null : { first, last }
}

/** How many days it is, the first and the last one included. */
export function lengthInDays({ first, last }: { first: Day; last: Day }): number {
  return Math.round((Date.parse(addDays(last, 1)) - Date.parse(first)) / 86_400_000)
}
