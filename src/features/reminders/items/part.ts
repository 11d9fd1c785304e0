import type { RemindersContext } from '../context.ts'
import type { RemindersPart } from '../part.ts'

/** What somebody has to acknowledge: told, told again, put off, handed over, told above. */
export function createItemsPart(context: RemindersContext): RemindersPart {
  void context
  return {}
}
