import { PlainError } from '../../messages/plain-error.ts'

/** A stretch of work within a day, in minutes from midnight by the clock of the place. */
export interface Span {
  from: number
  to: number
}

/** What holds where nobody has said otherwise. */
export const defaultHours = '08:30-12:00 13:30-17:30'
export const defaultZone = 'Asia/Shanghai'

const mostSpans = 4

/**
 * Reads `08:30-12:00 13:30-17:30`, also with 、 or commas between and ～ or 至 within; `24:00` is the day's end.
 * Throws PlainError where it is no such text, or the spans are out of order or touch.
 */
export function parseWorkingHours(text: string): Span[] {
  const plain = text.normalize('NFKC').replaceAll(/\s*(?:[-~–—～]|至|到)\s*/g, '-')
  const spans = plain
    .split(/[\s,、;；]+/)
    .filter((piece) => piece !== '')
    .map((piece) => parseSpan(piece, text))
  const ordered = spans.every(({ from, to }, i) => from < to && (i === 0 || spans[i - 1]!.to < from))
  if (spans.length === 0 || spans.length > mostSpans || !ordered) throw invalid(text)
  return spans
}

/** The spans as they are kept and shown. */
export function formatWorkingHours(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(' ')
}

function parseSpan(piece: string, text: string): Span {
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)$/.exec(piece) ?? []
  const minutes = (hour: string | undefined, minute: string | undefined) => {
    const value = Number(hour) * 60 + Number(minute)
    if (!(Number(minute) < 60 && value <= 24 * 60)) throw invalid(text)
    return value
  }
  return { from: minutes(fromHour, fromMinute), to: minutes(toHour, toMinute) }
}

function invalid(text: string): PlainError {
  return new PlainError('calendar:hours.invalid', { text: text.slice(0, 80), example: defaultHours })
}

function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
