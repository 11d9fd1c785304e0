import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { momentText, placeText, whenOf } from '../lists/event-texts.ts'
import type { Event, EventRow } from '../records.ts'

type When = Pick<EventRow, 'starts_at' | 'ends_at' | 'time_zone'>
type Where = Pick<EventRow, 'place' | 'link'>

/** One thing that changed and matters to those who come. Kept as JSON while they are told. */
export type Difference =
  | { what: 'when'; from: When; to: When }
  | { what: 'where'; from: Where; to: Where }
  | { what: 'cancel-until'; from: string; to: string; zone: string }
  | { what: 'title' | 'cost' | 'contacts' | 'materials'; from: string; to: string }
  | { what: 'description' }

/** What those registered are told of an event. */
export type Notice =
  /** `dates`: how many of its series, which one registration is for. */
  | { type: 'changed'; differences: Difference[]; again: boolean; dates: number }
  | { type: 'called-off'; reason: string; dates: number }

/** What changed for those who come, the time first. */
export function differencesOf({ row: from }: Event, { row: to }: Event): Difference[] {
  const found: Difference[] = []
  const when = ({ starts_at, ends_at, time_zone }: EventRow): When => ({ starts_at, ends_at, time_zone })
  const where = ({ place, link }: EventRow): Where => ({ place, link })
  if (isOther(when(from), when(to))) found.push({ what: 'when', from: when(from), to: when(to) })
  if (isOther(where(from), where(to))) found.push({ what: 'where', from: where(from), to: where(to) })
  for (const what of ['title', 'cost', 'contacts', 'materials'] as const) {
    if (from[what] !== to[what]) found.push({ what, from: from[what], to: to[what] })
  }
  if (from.cancel_until !== to.cancel_until) {
    found.push({ what: 'cancel-until', from: from.cancel_until, to: to.cancel_until, zone: to.time_zone })
  }
  if (from.description !== to.description) found.push({ what: 'description' })
  return found
}

/** Whether somebody who said that they come must be asked again. */
export function asksAgain(differences: readonly Difference[]): boolean {
  return differences.some(({ what }) => what === 'when' || what === 'where')
}

/** Characters of a text that was there before, and of the one in its place. */
const longest = 300

/** 「时间：3月13日（周五）14:00–16:00 → 3月14日（周六）14:00–16:00」, a line for each thing. */
export function differenceLines(differences: readonly Difference[], language: Language, now: Date): string[] {
  return differences.map((one) => {
    const name = translate(language, `making:changed.${one.what}`)
    if (one.what === 'description') return translate(language, 'making:changed.anew', { name })
    const [from, to] = sidesOf(one, language, now)
    const none = translate(language, 'making:changed.none')
    const values = { name, from: short(from) || none, to: short(to) || none }
    // A place that stays while its link is another reads the same on both sides.
    const isSame = values.from === values.to
    return translate(language, isSame ? 'making:changed.anew' : 'making:changed.line', values)
  })
}

function sidesOf(
  one: Exclude<Difference, { what: 'description' }>,
  language: Language,
  now: Date,
): [string, string] {
  switch (one.what) {
    case 'when':
      return [whenOf(one.from, language, now), whenOf(one.to, language, now)]
    case 'where':
      return [placeText(one.from, language), placeText(one.to, language)]
    case 'cancel-until': {
      const at = (instant: string) => momentText(instant, { time_zone: one.zone }, language, now)
      return [at(one.from), at(one.to)]
    }
    default:
      return [one.from, one.to]
  }
}

function isOther(one: object, other: object): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}

function short(text: string): string {
  const letters = Array.from(text)
  return letters.length > longest ? `${letters.slice(0, longest).join('')}……` : text
}
