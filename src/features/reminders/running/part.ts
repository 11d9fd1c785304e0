import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'

/** Runs what is due. */
export function createRunningPart(context: RemindersContext): RemindersPart {
  void context
  return {}
}
