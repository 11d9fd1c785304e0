import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { checkInCommands } from './check-in-command.ts'
import { showOwnCode } from './own-code.ts'
import { pressCheckIn, pressPerson, pressUndo } from './press.ts'

export function createCheckInPart(context: EventsContext): EventsPart {
  const action = (run: (click: Click, context: EventsContext) => ReturnType<ActionHandler['run']>) => ({
    reads: false,
    run: (click: Click) => run(click, context),
  })
  return {
    actions: {
      'my-code': { ...action(showOwnCode), reads: true },
      'check-in': action(pressCheckIn),
      'check-in-person': action(pressPerson),
      'undo-check-in': action(pressUndo),
    },
    commands: checkInCommands(context),
  }
}
