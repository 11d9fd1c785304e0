import type { Trx } from '../../store/store.ts'
import { followHandedOver } from './asked-form.ts'
import type { RemindersContext } from './context.ts'
import { acknowledge } from './items/acknowledge.ts'
import { changeReminder, createReminder, endReminder, type ReminderDraft } from './making/keep-reminder.ts'
import { type Reminder, readReminders } from './records.ts'

export { isAskedFor, itemInContext } from './asked-form.ts'
export { superiorsOf } from './items/superiors.ts'
export type { ReminderDraft } from './making/keep-reminder.ts'
export type { Step, Target } from './records.ts'

/** A reminder that another feature has made for one of its matters. */
export type OwnReminder = ReminderDraft & { origin: string }

/** What other features do with reminders. A form by which one is acknowledged calls `acknowledged` in its `submit`. */
export interface RemindersPort {
  /**
   * Keeps the reminder of a matter as given: made, or changed where there is one by this origin. One that has ended goes on
   * where the new rule has times to come.
   */
  keep(trx: Trx, reminder: OwnReminder, options: { by: string | null; now: Date }): Promise<void>
  /** Ends the reminder of a matter with all its open items. Without effect where there is none. */
  end(trx: Trx, origin: string, now: Date): Promise<void>
  /** What it asked for was done another way: its open items are acknowledged, it goes on. */
  done(trx: Trx, origin: string, options: { by: string | null; note: string; now: Date }): Promise<void>
  /**
   * A form that a reminder had opened was sent in: its item is acknowledged, by now perhaps a colleague's.
   * @param item the form's context's `item`; absent: without effect.
   */
  acknowledged(
    trx: Trx,
    item: string | undefined,
    options: { by: string | null; note: string; now: Date },
  ): Promise<void>
}

export function createRemindersPort(context: RemindersContext): RemindersPort {
  return {
    async keep(trx, reminder, doing) {
      const before = await ofOrigin(trx, reminder.origin)
      if (before) await changeReminder(trx, before, reminder, { ...doing, revives: true })
      else await createReminder(trx, reminder, doing)
    },
    async end(trx, origin, now) {
      const reminder = await ofOrigin(trx, origin)
      if (reminder) await endReminder(trx, context, reminder, { by: null, now })
    },
    async done(trx, origin, { by, note, now }) {
      const open = await trx
        .selectFrom('reminder_item')
        .innerJoin('reminder', 'reminder.id', 'reminder_item.reminder')
        .select('reminder_item.id')
        .where('reminder.origin', '=', origin)
        .where('reminder_item.state', '=', 'open')
        .orderBy('reminder_item.number')
        .execute()
      for (const { id } of open) await acknowledge(trx, context, { item: id, by, note, whole: true, now })
    },
    async acknowledged(trx, item, { by, note, now }) {
      if (item === undefined) return
      await acknowledge(trx, context, { item: await followHandedOver(trx, item), by, note, now })
    },
  }
}

async function ofOrigin(trx: Trx, origin: string): Promise<Reminder | null> {
  const row = await trx.selectFrom('reminder').select('id').where('origin', '=', origin).executeTakeFirst()
  return row ? ((await readReminders(trx, [row.id]))[0] ?? null) : null
}
