import { z } from 'zod'
import type { Day } from '../../timers/calendar/day.ts'
import { parseDay } from '../../timers/calendar/parse-day.ts'
import { parseTimeOfDay } from '../../timers/calendar/parse-time-of-day.ts'
import { refuse } from './refuse.ts'

export function daySchema(today: Day) {
  return z
    .string()
    .transform((text, context) => parseDay(text, today) ?? refuse(context, 'forms:problem.date'))
}

export function timeSchema() {
  return z
    .string()
    .transform((text, context) => parseTimeOfDay(text) ?? refuse(context, 'forms:problem.time'))
}
