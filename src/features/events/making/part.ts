import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'

export function createMakingPart(_context: EventsContext): EventsPart {
  return {}
}
