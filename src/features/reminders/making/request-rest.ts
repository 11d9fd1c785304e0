import { findZone } from '../../../timers/recurrence/said-zone.ts'
import { plainSentence, type Stretch } from '../../../timers/recurrence/sentence-text.ts'
import { findTimes } from '../../../timers/recurrence/sentence-times.ts'
import type { UnreadableRequest } from './read-request.ts'

const figure = '[\\d〇零一二两三四五六七八九十]'
/** What says when, or limits it. */
const ofTime = new RegExp(
  [
    `每(?!次|位|人|家|个(?!月|周|季|星期))|逢|隔(?:天|周|月)|[单双]月|${figure}[日号点]|${figure}个?(?:周|星期|月(?!饼)|季度|年)`,
    `(?:周|星期|礼拜)[一二三四五六日天]|\\d:\\d|期间|时区|时间|^(?:之|以)?[前后]|[前后]$|^[到至~-]|[到至~-]$`,
    // 每周八: a numeral alone.
    `^${figure}+$`,
    `[a-z]+/[a-z_]+|\\b(?:utc|gmt|every|each|except|until|between)\\b`,
  ].join('|'),
  'i',
)

/**
 * A stretch beside the words that were read which speaks of time too, such as 逢单月 or 前: what it says would be lost,
 * and a reminder at the wrong time is worse than none. Null: there is none.
 */
export function unclearBeside(text: string, spans: readonly Stretch[]): UnreadableRequest | null {
  let at = 0
  for (const [from, to] of [...spans, [text.length, text.length] as const]) {
    const pieces = text.slice(at, from).split(/[,，。;；!！、\s]/)
    // Only what touches: of 3月5日的会改期了，明天提醒我 the first part is what it is about.
    const touching = [...(at > 0 ? [pieces[0]!] : []), ...(from < text.length ? [pieces.at(-1)!] : [])]
    for (const piece of touching) {
      const unclear = soundsLikeTime(piece)
      if (unclear) return unclear
    }
    at = to
  }
  return null
}

/** Says that a text was not understood, where it speaks of time; else null. */
export function soundsLikeTime(text: string): UnreadableRequest | null {
  const piece = text.normalize('NFKC').replace(/^[\s()（）]+|[\s()（）]+$/g, '')
  if (!ofTime.test(piece)) return null
  return {
    problem: 'recurrence:sentence.unclear',
    values: { piece: Array.from(piece).slice(0, 40).join('') },
  }
}

/** A last clause that says nothing but the hour or the zone, and the text without it; null: there is none. */
export function lastClause(text: string, zone: string): { clause: string; left: string } | null {
  const [whole, clause] = /[,，(（]\s*([^,，。()（）]{2,24})[)）]?[。.]?\s*$/.exec(text) ?? []
  if (whole === undefined || clause === undefined) return null
  let { plain } = plainSentence(clause)
  const cut = ([from, to]: Stretch) => {
    plain = plain.slice(0, from) + plain.slice(to)
  }
  const named = findZone(plain, zone)
  if (named) cut(named.stretch)
  const times = findTimes(plain)
  if (times && !times.guessed) cut(times.stretch)
  if (plain.trim() !== '' || (!named && !times)) return null
  return { clause, left: text.slice(0, text.length - whole.length) }
}
