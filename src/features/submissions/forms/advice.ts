import type { FilledForm } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { monthsLater } from '../../../timers/calendar/day.ts'
import type { Kind } from '../definition/schema.ts'

/** What the kind's file says of days that lie too short a time back: told, never refused. */
export function adviceNotes(
  { values, now, language }: Pick<FilledForm, 'values' | 'now' | 'language'>,
  { advice }: Pick<Kind, 'advice'>,
) {
  const today = dayInChina(now)
  return advice.flatMap(({ field, months, text }) => {
    const day = values[field]
    return typeof day === 'string' && monthsLater(day, months) > today ? [text[language]] : []
  })
}
