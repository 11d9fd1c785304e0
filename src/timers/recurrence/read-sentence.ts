import { PlainError } from '../../messages/plain-error.ts'
import { dayIn, weekdayOf } from '../calendar/day.ts'
import { chineseRhythms } from './chinese-rhythms.ts'
import { englishRhythms } from './english-rhythms.ts'
import { localTimeOf } from './local-time.ts'
import { readPastedRrule } from './rrule-parts.ts'
import type { Rule } from './rule.ts'
import { findZone } from './said-zone.ts'
import { beforePatterns, oncePatterns } from './sentence-days.ts'
import type { Reading, ReadingTime, SentencePattern } from './sentence-drafts.ts'
import { readLimits } from './sentence-limits.ts'
import { finishRule } from './sentence-rule.ts'
import { inOriginal, read as mark, number, numberOf, plainSentence, type Stretch } from './sentence-text.ts'
import { findTimes } from './sentence-times.ts'

/** When a sentence says that something happens. */
export interface SaidRule {
  rule: Rule
  /** IANA name: the one that the sentence names, else the speaker's. */
  zone: string
  /** Which stretches of the sentence said it, in order. */
  spans: Stretch[]
  /** Nothing of it was guessed, such as the day of 每季度. */
  sure: boolean
  /** The sentence names the hour; else it is nine o'clock. */
  hasTime: boolean
}

/** Why the time of a sentence cannot be a rule: a message key and its values. */
export interface UnreadableTime {
  problem: string
  values: Record<string, string>
}

const usualTime = '09:00'
/** UTF-16 units that are looked at. */
const longest = 1_000

const pasted = /(?:dtstart[;:]\S+\s+)?(?:rrule:)?freq=[a-z]+(?:;[a-z]+=[\w,+-]+)*/
const moving =
  /(春节|除夕|大年三十|元宵节?|清明节?|端午节?|中秋节?|重阳节?|七夕|农历|腊月|正月|spring festival|lunar new year|mid-autumn)/

const around = '(?:的|都|在|于|到|,|、)*'
const movingBefore = new RegExp(
  `${moving.source}节?(?:之|以)?(?:[前后]|期间)(?:\\d|[一二三四五六七八九十两])*(?:个?(?:工作日|天|日|周))?${around}${mark}`,
)
const movingAfter = new RegExp(`${mark}${around}${moving.source}`)
const movingOnce = new RegExp(`${mark}${around}${moving.source}节?(?:之|以)?(?:[前后]|当天|期间)`)
const noHour = new RegExp(`^[的在,]?(${number})(?:[点时](?!间|候|长)(?:(${number})分?)?|:(\\d\\d))`)
const noWeekday = /^[八九十\d]/

const besideDay = /^[(（]?(?:周|星期|礼拜)([一二三四五六日天])[)）]?(?![一二三四五六七八九十])/

const rhythms: readonly SentencePattern[] = [...beforePatterns, ...chineseRhythms, ...englishRhythms]

/**
 * Reads when something is to happen, in Chinese or English: 每月最后一个工作日上午九点, 每周一三五早上8点半, 下周一上午10点,
 * 12月25日前5个工作日, “every last working day of the month at 9am”, “tomorrow at 3pm”, or an RRULE. Null: it says nothing of it.
 * Pure; the rule is still to be checked (`checkRule`): it may be over, or come too often.
 * @param own IANA name, by whose clock 明天 and the times are meant unless the sentence names another.
 */
export function readSentence(text: string, now: Date, own: string): SaidRule | UnreadableTime | null {
  const sentence = plainSentence(text.slice(0, longest))
  const named = findZone(sentence.plain, own)
  const zone = named?.zone ?? own
  const time: ReadingTime = { today: dayIn(zone, now), now: localTimeOf(now, zone) }
  const used: Stretch[] = []
  let left = sentence.plain
  const take = (stretch: Stretch): void => {
    used.push(stretch)
    left = left.slice(0, stretch[0]) + mark.repeat(stretch[1] - stretch[0]) + left.slice(stretch[1])
  }
  if (named) take(named.stretch)
  const spans = () => joined(used).map((stretch) => inOriginal(sentence, stretch))
  const rrule = pasted.exec(left)
  if (rrule) {
    take([rrule.index, rrule.index + rrule[0].length])
    const said = findTimes(left)
    if (said) take(said.stretch)
    return readRrule(rrule[0], zone, { time, spans, times: said?.times ?? [] })
  }
  const isNoZone = named !== null && named.zone === null
  const limits = readLimits(left, time.today)
  const first = firstOf(rhythms, limits.left, time)
  const reading = first ?? firstOf(oncePatterns, left, time)
  if (first) {
    for (const stretch of limits.stretches) take(stretch)
  }
  if (reading) take(reading.stretch)
  if (reading?.draft.type === 'once') {
    // 11月27日（周五）: said twice, and right or wrong.
    const [said, weekday = ''] = besideDay.exec(left.slice(reading.stretch[1])) ?? []
    if (said && weekdayOf(reading.draft.day) !== '一二三四五六日'.indexOf(weekday.replace('天', '日')) + 1) {
      return {
        problem: 'recurrence:sentence.weekday',
        values: { day: reading.draft.day, said: `周${weekday}` },
      }
    }
    if (said) take([reading.stretch[1], reading.stretch[1] + said.length])
  }
  const lunar = movingIn(left, reading)
  if (lunar !== null) return { problem: 'recurrence:sentence.moving', values: { name: lunar } }
  const said = findTimes(left)
  if (said) take(said.stretch)
  if (!reading && !said) return null
  const wrong =
    reading &&
    wrongBeside(left, reading.stretch, /(?:周|星期|礼拜)$/.test(sentence.plain.slice(0, reading.stretch[1])))
  if (wrong) return wrong
  if (isNoZone) {
    const [from, to] = inOriginal(sentence, named.stretch)
    return { problem: 'recurrence:sentence.zone', values: { name: text.slice(from, to) } }
  }
  const times = said?.times ?? [usualTime]
  const rule = finishRule(reading?.draft ?? null, times, first ? limits : null, time)
  const severalLost = times.length > 1 && rule.type !== 'rrule'
  const sure = (reading?.sure ?? true) && !said?.guessed && !severalLost
  return { rule, zone, spans: spans(), sure, hasTime: said !== null || reading?.draft.type === 'at' }
}

/**
 * A festival of the lunar calendar that says when, whatever else was read: 每年春节前三天 is not each year's usual day. One
 * that only belongs to what is to be done, as in 每周一检查春节期间值班, is none. Null: there is none.
 */
function movingIn(left: string, reading: Reading | null): string | null {
  const plain = moving.exec(left)
  if (!reading || !plain) return plain?.[0] ?? null
  const isOnce = reading.draft.type === 'once' || reading.draft.type === 'at'
  const found = [movingBefore, ...(isOnce ? [movingOnce] : [movingAfter])].map((one) => one.exec(left))
  return found.find((one) => one !== null)?.[1] ?? null
}

/** What touches the time that was read and would be one itself, if there were such an hour or weekday: 25点, 每周八. */
function wrongBeside(left: string, [, to]: Stretch, endsInWeek: boolean): UnreadableTime | null {
  const rest = left.slice(to)
  const [clock, hour, minute, figures] = noHour.exec(rest) ?? []
  if (clock !== undefined && (numberOf(hour) > 23 || numberOf(minute ?? figures) > 59)) {
    return { problem: 'recurrence:sentence.no-such-time', values: { piece: clock.replace(/^[的在,]/, '') } }
  }
  const [weekday] = (endsInWeek && noWeekday.exec(rest)) || []
  return weekday === undefined
    ? null
    : { problem: 'recurrence:sentence.no-such-time', values: { piece: `周${weekday}` } }
}

function firstOf(
  patterns: readonly SentencePattern[],
  plain: string,
  time: ReadingTime,
): (Reading & { stretch: Stretch }) | null {
  for (const [pattern, read] of patterns) {
    const match = pattern.exec(plain)
    const reading = match && read(match, time)
    if (reading) return { ...reading, stretch: [match.index, match.index + match[0].length] }
  }
  return null
}

function readRrule(
  text: string,
  zone: string,
  { time, spans, times }: { time: ReadingTime; spans: () => Stretch[]; times: readonly string[] },
): SaidRule | UnreadableTime {
  try {
    const { rrule, from } = readPastedRrule(
      text.toUpperCase().replaceAll(/TZID=[^:]+/g, `TZID=${zone}`),
      zone,
    )
    const start = from ?? `${time.today}T${times[0] ?? usualTime}`
    const rule: Rule = { type: 'rrule', rrule, from: start, onDayOff: 'send' }
    return { rule, zone, spans: spans(), sure: true, hasTime: from !== null || times.length > 0 }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    const values = Object.entries(error.values).map(([name, value]) => [name, String(value)])
    return { problem: error.key, values: Object.fromEntries(values) as Record<string, string> }
  }
}

/** Stretches in order, those that touch as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last && from <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], to)]
    else all.push([from, to])
  }
  return all
}
