import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'

/** Forgets what nobody confirmed: nothing hangs on it yet. Without effect where it counts by now. */
export async function forgetDraft(trx: Trx, reminder: string): Promise<void> {
  const draft = await trx
    .selectFrom('reminder')
    .select('id')
    .where('id', '=', reminder)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (!draft) return
  await trx.deleteFrom('reminder_target').where('reminder', '=', draft.id).execute()
  await trx.deleteFrom('reminder').where('id', '=', draft.id).execute()
}

/** A week after a sentence was shown back. */
export const forgetDrafts: TimerHandler = (trx, { reminder }) => forgetDraft(trx, reminder ?? '')
