import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import type { Settler } from '../presses/settler.ts'

export function createRegisteringPart(_context: EventsContext, _settler: Settler): EventsPart {
  return {}
}
