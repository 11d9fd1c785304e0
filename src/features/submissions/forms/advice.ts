import type { FilledForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Kind } from '../definition/schema.ts'

/** What the kind's file says of days that lie too short a time back: told, never refused. */
export function adviceNotes(
  { values, now, language }: Pick<FilledForm, 'values' | 'now' | 'language'>,
  { advice }: Pick<Kind, 'advice'>,
) {
  const today = dayInChina(now)
  return advice.flatMap(({ field, months, text }) => {
    const day = values[field]
    return typeof day === 'string' && monthsAfter(day, months) > today ? [text[language]] : []
  })
}

/** The same day so many months later, the last of the month where it has none such. Days as `YYYY-MM-DD`. */
function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
