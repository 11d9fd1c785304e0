import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { feedCommands } from './feed-commands.ts'
import { keepingCalendars } from './keep-all.ts'
import { remindingOfEvents, remindingSome } from './remind.ts'
import { remindGroups } from './remind-organisers.ts'

export function createCalendarPart(context: EventsContext): EventsPart {
  return {
    actions: { 'remind-groups': remindGroups },
    commands: feedCommands(context),
    timers: {
      'events.keep-calendars': keepingCalendars(context),
      'events.remind': remindingOfEvents(context),
      'events.remind-some': remindingSome(context),
    },
  }
}
