import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'

export function createAnnouncingPart(_context: EventsContext): EventsPart {
  return {}
}
