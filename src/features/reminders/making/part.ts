import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'

/** Reminders made by form or sentence, listed, paused, skipped, moved, tried, copied. */
export function createMakingPart(context: RemindersContext): RemindersPart {
  void context
  return {}
}
