import { PlainError } from '../../../messages/plain-error.ts'
import { bareName } from '../../../people/people.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import { parseDay } from '../../../timers/calendar/parse-day.ts'

/** What was decided, as a line of the minutes has it. */
export interface DecisionLine {
  text: string
  /** As written. */
  owner: string
  due: Day
}

const mostLines = 30
const longest = 300

/**
 * Reads decisions, one a line: what, who, until when, parted by semicolons of either width. Empty lines are passed over.
 * @param held The day of the meeting: nothing is due before it, and days without a year are counted from it.
 * Throws PlainError with the number of the line that cannot be read.
 */
export function parseDecisions(typed: string, held: Day): DecisionLine[] {
  const lines = typed
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [{ line: line.trim(), at: at + 1 }]))
  if (lines.length > mostLines) throw new PlainError('planning:duty.too-many-decisions', { most: mostLines })
  return lines.map(({ line, at }) => {
    const parts = line.split(/[;；]/).map((part) => part.trim())
    const [text = '', owner = '', due = ''] = parts
    if (parts.length !== 3 || text === '' || owner === '' || Array.from(text).length > longest) {
      throw new PlainError('planning:duty.decision-line', { line: at, most: longest })
    }
    const day = parseDay(due, held)
    if (day === null) throw new PlainError('planning:duty.decision-day', { line: at, day: due.slice(0, 40) })
    if (day < held) throw new PlainError('planning:duty.decision-early', { line: at, day })
    return { text, owner: bareName(owner).slice(0, 60), due: day }
  })
}
