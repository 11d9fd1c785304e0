import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'

export function createAfterPart(_context: EventsContext): EventsPart {
  return {}
}
