import type { Language } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { namesIn } from './plain-line.ts'

/** How many reminders there are at most, and how far before the beginning, in minutes. */
const reminderLimits = { most: 5, least: 5, farthest: 30 * 1440 }

const units: [number, RegExp, Record<Language, string>][] = [
  [10_080, /^(?:周|星期|weeks?|w)$/, { 'zh-CN': '周', en: ' weeks' }],
  [1440, /^(?:天|日|days?|d)$/, { 'zh-CN': '天', en: ' days' }],
  [60, /^(?:个?小时|时|hours?|h)$/, { 'zh-CN': '小时', en: ' hours' }],
  [1, /^(?:分钟?|minutes?|mins?|m)$/, { 'zh-CN': '分钟', en: ' minutes' }],
]

/** Minutes before the beginning, the earliest first, of 「3天、1小时」; 不提醒 or nothing: none. */
export function readReminders(text: string): { reminders: number[] } | { problem: Problem } {
  const found = new Set<number>()
  for (const piece of namesIn(text.normalize('NFKC').toLowerCase())) {
    if (/^(?:无|不提醒|不用|none|no)$/.test(piece)) continue
    const [, number = '', unit = ''] =
      /^(?:提?前|before)?\s*(\d{1,5}(?:\.\d)?)\s*(\p{L}+?)(?:之?前)?$/u.exec(piece) ?? []
    const minutes = units.find(([, pattern]) => pattern.test(unit))?.[0]
    if (minutes === undefined) return refused('reminders-unclear', { text: piece.slice(0, 40) })
    found.add(Math.round(Number(number) * minutes))
  }
  const reminders = [...found].sort((a, b) => b - a)
  const problem = problemOfReminders(reminders)
  return problem ? { problem } : { reminders }
}

/** Why they are none; null: they are. */
export function problemOfReminders(reminders: readonly number[]): Problem | null {
  const { most, least, farthest } = reminderLimits
  if (reminders.length > most) return refused('reminders-many', { most }).problem
  const isWrong = (one: number) => !Number.isInteger(one) || one < least || one > farthest
  return reminders.some(isWrong) ? refused('reminders-range', {}).problem : null
}

/** 「3天、1小时」: what `readReminders` reads again. */
export function typedReminders(reminders: readonly number[], language: Language): string {
  const pieces = reminders.map((minutes) => {
    const [size, , words] = units.find(([one]) => minutes % one === 0 && minutes >= one) ?? units.at(-1)!
    return `${minutes / size}${words[language]}`
  })
  return pieces.join(language === 'en' ? ', ' : '、')
}

function refused(key: string, values: Problem['values']): { problem: Problem } {
  return { problem: { key: `making:problem.${key}`, values } }
}
