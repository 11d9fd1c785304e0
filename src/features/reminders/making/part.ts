import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'
import { forgetTimer } from './draft-of-request.ts'
import { openDutyFiles } from './duty-files.ts'
import { createEnterForm } from './enter-form.ts'
import { forgetDrafts } from './forget-drafts.ts'
import { makingActions } from './making-actions.ts'
import { makingCommands } from './making-commands.ts'
import { moveForm } from './move-form.ts'

/** Reminders made by form or sentence, listed, paused, skipped, moved, tried, copied. */
export function createMakingPart(context: RemindersContext): RemindersPart {
  const files = openDutyFiles(context.knowledgeDir)
  return {
    actions: makingActions(context, files),
    commands: makingCommands(context, files),
    forms: [createEnterForm(files), moveForm],
    timers: { [forgetTimer]: forgetDrafts },
  }
}
