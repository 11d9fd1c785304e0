import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { makingActions } from './actions.ts'
import { callOffForm } from './call-off-form.ts'
import { changeForm } from './change-form.ts'
import { makingCommands } from './commands.ts'
import { copyForm } from './copy-form.ts'
import { endOfEvents } from './end-events.ts'
import { makeForm } from './make-form.ts'
import { ownEventsMine } from './own-cards.ts'
import { tellingOfChange } from './tell-of-change.ts'

/** Events are made, published, changed and called off here, and end by themselves. */
export function createMakingPart(context: EventsContext): EventsPart {
  return {
    actions: makingActions(context),
    commands: makingCommands(context),
    forms: [makeForm(context), changeForm(context), copyForm(context), callOffForm(context)],
    timers: { 'events.end': endOfEvents(context), 'events.tell-of-change': tellingOfChange },
    mine: ownEventsMine,
  }
}
