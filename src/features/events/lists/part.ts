import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'

export function createListsPart(_context: EventsContext): EventsPart {
  return {}
}
