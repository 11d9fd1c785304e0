import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'

export function createCalendarPart(_context: EventsContext): EventsPart {
  return {}
}
