import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { endOfEvents } from './keep-end.ts'

export function createMakingPart(context: EventsContext): EventsPart {
  return { timers: { 'events.end': endOfEvents(context) } }
}
