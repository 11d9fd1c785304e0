import type { Feature, Whose } from '../../conversation/feature.ts'
import { createAfterPart } from './after/part.ts'
import { createAnnouncingPart } from './announcing/part.ts'
import { createCalendarPart } from './calendar-entries/part.ts'
import { createCheckInPart } from './check-in/part.ts'
import type { EventsContext } from './context.ts'
import { createListsPart } from './lists/part.ts'
import { createMakingPart } from './making/part.ts'
import type { EventsPart } from './part.ts'
import { createPressPart } from './presses/press-part.ts'
import type { Settler } from './presses/settler.ts'
import { adoptRegistrations } from './registering/adopt.ts'
import { createRegisteringPart } from './registering/part.ts'

/** Forums, contests, open days, trainings: made, announced, registered for, attended. */
export function createEvents(context: EventsContext, settler: Settler): { feature: Feature } {
  const parts: EventsPart[] = [
    createMakingPart(context),
    createAnnouncingPart(context),
    createPressPart(settler),
    createRegisteringPart(context),
    createListsPart(context),
    createCalendarPart(context),
    createCheckInPart(context),
    createAfterPart(context),
  ]
  const joined = <T>(of: (part: EventsPart) => Record<string, T> | undefined): Record<string, T> =>
    Object.assign({}, ...parts.map(of))
  const feature: Feature = {
    name: 'events',
    actions: joined((part) => part.actions),
    commands: parts.flatMap(({ commands = [] }) => commands),
    forms: parts.flatMap(({ forms = [] }) => forms),
    async mine(whose: Whose) {
      const found = []
      for (const { mine } of parts) if (mine) found.push(...(await mine(whose)))
      return found
    },
    timers: joined((part) => part.timers),
    subscriptions: { 'guest.known': (trx, known, now) => adoptRegistrations(trx, context, known, now) },
  }
  return { feature }
}
