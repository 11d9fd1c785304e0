import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { announceCommand } from './announce-command.ts'
import { announceToChosen, openGroups } from './choose-groups.ts'
import { cardRefresher } from './refresh-cards.ts'

export function createAnnouncingPart(context: EventsContext): EventsPart {
  return {
    actions: {
      announce: { reads: true, run: openGroups },
      'announce-to': { reads: false, run: (click) => announceToChosen(click, context) },
    },
    commands: [announceCommand(context)],
    timers: { 'events.refresh-cards': cardRefresher(context) },
  }
}
