import type { EventsContext } from '../context.ts'
import type { EventsPart } from '../part.ts'
import { actByCode, codeCommand } from './code-command.ts'
import { registrationCommands } from './commands.ts'
import { decideActions, reasonForms } from './decide-actions.ts'
import { offerTimers } from './end-offers.ts'
import { eraseTimers } from './erase.ts'
import { createLeaveForm, openLeave } from './leave-form.ts'
import { requestsToDecide } from './mine.ts'
import { notMine } from './not-mine.ts'
import { openRegister } from './open-register.ts'
import { othersCommand } from './others-command.ts'
import { createOthersForm, openOthers } from './others-form.ts'
import { createRegisterForm } from './register-form.ts'
import { requestTimers } from './requests.ts'
import { teamTimers } from './team.ts'

/** Who comes: their form, what they are told, offers, and what organisers decide. */
export function createRegisteringPart(context: EventsContext): EventsPart {
  return {
    actions: {
      ...decideActions(context),
      'register-form': { reads: false, run: openRegister },
      'ask-to-leave': { reads: false, run: openLeave },
      'register-others': { reads: false, run: openOthers },
      'by-code': { reads: false, run: actByCode },
      'not-mine': { reads: false, run: (click) => notMine(click, context) },
    },
    commands: [...registrationCommands(context), othersCommand(context), codeCommand(context)],
    forms: [createRegisterForm(), createLeaveForm(), createOthersForm(context), ...reasonForms(context)],
    mine: requestsToDecide,
    timers: {
      ...offerTimers(context),
      ...requestTimers(context),
      ...teamTimers(context),
      ...eraseTimers(context),
    },
  }
}
