import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'
import { aboveTimer, sendAbove } from './above.ts'
import { closeTimer, closeWhenCounted } from './close-each.ts'
import { groupTimer, postAgain } from './group-posts.ts'
import { itemActions } from './item-actions.ts'
import { itemCommands } from './item-commands.ts'
import { itemForms } from './item-forms.ts'
import { lateTimer, markLate } from './late-cards.ts'
import { listMine } from './list-mine.ts'
import { resend, resendTimer } from './resend.ts'
import { stepTimer } from './step-timer.ts'
import { takeStep } from './steps.ts'
import { tellTimer, tellWhatWaits } from './tell.ts'

/** What somebody has to acknowledge: told, told again, put off, handed over, told above. */
export function createItemsPart(context: RemindersContext): RemindersPart {
  return {
    actions: itemActions(context),
    commands: itemCommands(context),
    forms: itemForms(context),
    mine: listMine,
    timers: {
      [tellTimer]: tellWhatWaits,
      [groupTimer]: postAgain,
      [stepTimer]: takeStep,
      [aboveTimer]: sendAbove,
      [closeTimer]: closeWhenCounted,
      [resendTimer]: resend,
      [lateTimer]: markLate,
    },
  }
}
