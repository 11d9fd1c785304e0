import { parseDay } from '../../../timers/calendar/parse-day.ts'
import { localTimeOf } from '../../../timers/recurrence/local-time.ts'
import { readSentence } from '../../../timers/recurrence/read-sentence.ts'
import type { LocalTime } from '../../../timers/recurrence/rule.ts'

/** What may be said of a reminder that there is. */
export const courses = ['pause', 'resume', 'skip', 'move', 'end'] as const

export type Course = (typeof courses)[number]

/** What somebody says is to become of a reminder. */
export interface SaidCourse {
  course: Course
  /** Its number, TX-2026-0001; null: it is named by words of its title. */
  number: string | null
  /** Words of its title; empty: none. */
  title: string
  /** To when its next time is moved, as said; empty: not said. */
  to: string
}

const number = 'tx-\\d{4}-\\d{4,6}'
const verbs: readonly (readonly [Course, string])[] = [
  ['pause', '暂停|停一停|先停|pause'],
  ['resume', '恢复|继续|resume'],
  [
    'skip',
    '跳过(?:一次|下一?次|这一?次|本次)?|(?:下|这|本)(?:一)?次(?:不发|不用提醒|别提醒|跳过)|skip(?: (?:once|the next|next))?',
  ],
  ['end', '结束|终止|取消|删除|不再提醒|end|stop|cancel|delete'],
  ['move', '(?:改期|移动|改到|推迟到|提前到|挪到|改至)(?:一次)?(?:到|至)?|move|reschedule'],
]
const mark = '(?:提醒|reminder)'

/**
 * Reads 暂停 TX-2026-0001, 跳过一次交月报的提醒, TX-2026-0001 改到明天下午三点, “end reminder TX-2026-0001”. Null: it says
 * nothing of a reminder. Without a number the word 提醒 has to stand there: 取消 alone means much else.
 */
export function readCourse(text: string): SaidCourse | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[。.!！]+$/, '')
  if (plain.length > 200) return null
  for (const [course, verb] of verbs) {
    const found =
      new RegExp(
        `^(?:请|帮我|把|please )*(?:${verb})[\\s:：]*${mark}?\\s*(${number})\\s*(?:的)?${mark}?\\s*(?:(?:到|至|to)?\\s*(.*))?$`,
        'i',
      ).exec(plain) ??
      new RegExp(
        `^(?:请|帮我|把|将)*\\s*${mark}?\\s*(${number})\\s*(?:的)?${mark}?(?:的?下一?次|这一?次)?\\s*(?:${verb})\\s*(?:到|至|to)?\\s*(.*)$`,
        'i',
      ).exec(plain)
    if (found) {
      const [, said = '', to = ''] = found
      if (to !== '' && course !== 'move') continue
      return { course, number: said.toUpperCase(), title: '', to: to.trim() }
    }
    const named =
      new RegExp(
        `^(?:请|帮我|please )*(?:${verb})\\s*(?:掉|一下)?[“"「《]?([^“”"]{1,60}?)[”"」》]?(?:的|这条|这个)?提醒$`,
        'i',
      ).exec(plain) ??
      new RegExp(
        `^(?:请|帮我)*(?:把|将)[“"「《]?([^“”"]{1,60}?)[”"」》]?(?:的|这条|这个)?提醒(?:的?下一?次|这一?次)?\\s*(?:${verb})(?:掉|一下|吧|一次)?\\s*(.*)$`,
        'i',
      ).exec(plain)
    if (named && !/^(?:我的|所有|全部|列表)?$/.test(named[1]!.trim())) {
      const to = (named[2] ?? '').trim()
      if (to !== '' && course !== 'move') continue
      return { course, number: null, title: named[1]!.trim(), to }
    }
  }
  return null
}

/** To when a time is moved, by the reminder's clock; a day alone keeps the hour. Null: it was not understood. */
export function readMoved(said: string, next: LocalTime, now: Date, zone: string): LocalTime | null {
  const read = readSentence(said, now, zone)
  if (!read || 'problem' in read || read.rule.type !== 'once' || read.zone !== zone || !read.sure) return null
  const left = read.spans.reduceRight((text, [from, to]) => text.slice(0, from) + text.slice(to), said)
  if (left.replaceAll(/[\s,，的]/g, '') !== '') return null
  const [day = '', hour = ''] = read.rule.at.split('T')
  if (read.hasTime) {
    // 下午三点 alone: of the day for which it stood.
    const isHourAlone = parseDay(said.split(/[\d点:]/)[0] ?? '', localTimeOf(now, zone).slice(0, 10)) === null
    return isHourAlone && !/[日号天周月]|day|week|\d{4}/i.test(said)
      ? `${next.slice(0, 10)}T${hour}`
      : read.rule.at
  }
  return `${day}T${next.slice(11)}`
}
