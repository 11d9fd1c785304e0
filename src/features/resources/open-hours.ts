import type { Language } from '../../chat/language.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { formatWorkingHours, parseWorkingHours, type Span } from '../../timers/calendar/working-hours.ts'

/** Stretches of minutes from midnight by weekday, from 1, Monday, to 7, Sunday; a weekday without any is closed. */
export type OpenHours = ReadonlyMap<number, readonly Span[]>

const week = [1, 2, 3, 4, 5, 6, 7] as const
const chineseDays = '一二三四五六日'
const englishDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
/** More is no table of hours. */
const longest = 300

/**
 * Reads `周一至周五 09:00-12:00 14:00-17:00；周六 09:00-12:00`, `1-5 09:00-17:00`, `Mon-Fri 09:00-17:00`; hours without
 * days hold every day. Throws PlainError `resources:wrong.hours` where it is no such text.
 */
export function parseOpenHours(text: string): OpenHours {
  const hours = new Map<number, readonly Span[]>()
  const pieces = text
    .slice(0, longest)
    .normalize('NFKC')
    .split(/[;\n]+/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
  for (const piece of pieces) {
    const at = piece.search(/\d{1,2}:\d\d/)
    const days = at < 0 ? null : parseDays(piece.slice(0, at))
    if (days === null || days.some((day) => hours.has(day))) throw wrong(text)
    const spans = spansOf(piece.slice(at), text)
    for (const day of days) hours.set(day, spans)
  }
  if (hours.size === 0) throw wrong(text)
  return hours
}

/** As they are kept: `1-5 09:00-17:00; 6 09:00-12:00`. What `parseOpenHours` gives of it is the same again. */
export function formatOpenHours(hours: OpenHours): string {
  return groupsOf(hours)
    .map(({ days, spans }) => `${runsOf(days).map(run).join(',')} ${spans}`)
    .join('; ')
}

/** As people read them: `周一至周五 09:00-17:00；周六 09:00-12:00`. */
export function showOpenHours(hours: OpenHours, language: Language): string {
  const name = (day: number) =>
    language === 'en' ? capital(englishDays[day - 1]!) : `周${chineseDays[day - 1]}`
  const show = ([first, last]: [number, number]) => {
    if (first === last) return name(first)
    return language === 'en' ? `${name(first)}–${name(last)}` : `${name(first)}至${name(last)}`
  }
  const [comma, semicolon] = language === 'en' ? [', ', '; '] : ['、', '；']
  return groupsOf(hours)
    .map(({ days, spans }) => `${runsOf(days).map(show).join(comma)} ${spans}`)
    .join(semicolon)
}

/** Weekdays that have the same hours, in the order of the first of them. */
function groupsOf(hours: OpenHours): { days: number[]; spans: string }[] {
  const groups = new Map<string, number[]>()
  for (const day of week) {
    const spans = hours.get(day)
    if (!spans) continue
    const key = formatWorkingHours(spans)
    groups.set(key, [...(groups.get(key) ?? []), day])
  }
  return [...groups].map(([spans, days]) => ({ days, spans }))
}

/** 1, 2, 3, 6 → [1, 3], [6, 6]. */
function runsOf(days: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
}

function run([first, last]: [number, number]): string {
  return first === last ? String(first) : `${first}-${last}`
}

function parseDays(text: string): number[] | null {
  let plain = text
    .toLowerCase()
    .replaceAll(/每[天日]|daily|every ?day/g, '1-7')
    .replaceAll(/工作日|weekdays/g, '1-5')
    .replaceAll(/周末|weekends?/g, '6-7')
    .replaceAll(/星期|礼拜|周|:\s*$/g, '')
    .replaceAll('天', '日')
    .replaceAll(/\s*(?:[-~–—]|至|到)\s*/g, '-')
  for (const [at, name] of englishDays.entries())
    plain = plain.replaceAll(new RegExp(`${name}[a-z]*`, 'g'), String(at + 1))
  for (const [at, name] of [...chineseDays].entries()) plain = plain.replaceAll(name, String(at + 1))
  const pieces = plain.split(/[\s,、]+/).filter((piece) => piece !== '')
  if (pieces.length === 0) return [...week]
  const days = new Set<number>()
  for (const piece of pieces) {
    const [, first, last = first] = /^([1-7])(?:-([1-7]))?$/.exec(piece) ?? []
    if (first === undefined || Number(last) < Number(first)) return null
    for (let day = Number(first); day <= Number(last); day += 1) days.add(day)
  }
  return [...days]
}

function spansOf(text: string, all: string): Span[] {
  try {
    return parseWorkingHours(text)
  } catch (error) {
    throw error instanceof PlainError ? wrong(all) : error
  }
}

function wrong(text: string): PlainError {
  return new PlainError('resources:wrong.hours', { text: text.slice(0, 80) })
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
