import { PlainError } from '../../messages/plain-error.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'

const longest = 300
const mostLines = 20
const mark = /^\s*(?:[（(]?\d{1,2}[)）、．]|\d{1,2}\.(?!\d)|[-•·*])\s*/u

/** Something that was promised, as it was typed. */
export interface PromiseLine {
  text: string
  due: Day
}

/** Needs heard, one a line; numbers and dots before them are the list's. Throws PlainError where a line is too long. */
export function parseNeeds(text: string): string[] {
  return linesOf(text)
}

/**
 * Promises, one a line: what；who；until when, or what；until when. Throws PlainError that says which line is no promise and
 * why.
 * @param today by which 下周五 is counted.
 */
export function parsePromises(text: string, today: Day): (PromiseLine & { ownerName: string })[] {
  return linesOf(text).map((line, at) => {
    const parts = line.split(/[；;|\t]/u).map((part) => part.trim())
    const [what = '', ...others] = parts
    const last = others.pop() ?? ''
    const [ownerName = '', ...more] = others
    if (what === '' || last === '' || more.length > 0) {
      throw new PlainError('liaison:promise.no-line', { line: at + 1 })
    }
    const due = parseDay(last, today)
    if (due === null) throw new PlainError('liaison:promise.no-day', { line: at + 1, day: last })
    if (due < today) throw new PlainError('liaison:promise.day-over', { line: at + 1, day: due })
    return { text: what, ownerName, due }
  })
}

function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.replace(mark, '').trim())
    .filter((line) => line !== '')
  if (lines.length > mostLines) throw new PlainError('liaison:too-many-lines', { most: mostLines })
  const long = lines.findIndex((line) => Array.from(line).length > longest)
  if (long >= 0) throw new PlainError('liaison:line-too-long', { line: long + 1, most: longest })
  return lines
}
