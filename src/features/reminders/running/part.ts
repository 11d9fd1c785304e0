import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'
import { createRuns } from './run-due.ts'
import { runTimer } from './schedule.ts'
import { watching, watchTimer } from './watch-targets.ts'

/** Runs what is due. */
export function createRunningPart(context: RemindersContext): RemindersPart {
  return { timers: { [runTimer]: createRuns(context), [watchTimer]: watching(context) } }
}
