import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { eventQuestion } from './event-question.ts'
import { listCommands, showEvent } from './list-commands.ts'
import { turnPage } from './list-pages.ts'
import { mineOfEvents } from './mine.ts'
import { peopleCommands, showPeople } from './people-commands.ts'

/** What people read of events, each as far as it is theirs to see. */
export function createListsPart(context: EventsContext): EventsPart {
  return {
    actions: {
      show: { reads: true, run: (click) => showEvent(click, context) },
      list: { reads: true, run: (click) => turnPage(click, context) },
      people: { reads: true, run: (click) => showPeople(click, context) },
    },
    commands: [...peopleCommands(context), ...listCommands(context), eventQuestion(context)],
    mine: mineOfEvents,
  }
}
