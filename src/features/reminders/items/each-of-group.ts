import { randomUUID } from 'node:crypto'
import type { IncomingFile } from '../../../chat/incoming.ts'
import { nextNumbers } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Trx } from '../../../store/store.ts'
import type { ItemRow } from '../records.ts'
import { joinCards } from './cards-kept.ts'
import { keepEvidence } from './evidence.ts'
import { noteItem } from './history.ts'
import { renewCards } from './renew-cards.ts'

/** The open item of a group of which each is asked; null: it is another kind, or closed. Held until the transaction ends. */
export async function heldOfEach(trx: Trx, item: string): Promise<ItemRow | null> {
  const row = await trx
    .updateTable('reminder_item')
    .set((set) => ({ step: set.ref('step') }))
    .where('id', '=', item)
    .where('state', '=', 'open')
    .where('person', 'is', null)
    .where('chat', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('reminder')
          .select('reminder.id')
          .whereRef('reminder.id', '=', 'reminder_item.reminder')
          .where('reminder.each', '=', 1),
      ),
    )
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/**
 * Counts that somebody of the group has: an item of their own, acknowledged already, beside the one of the group, which
 * stays open until whoever keeps the reminder closes it, or its time for that has come.
 */
export async function countOne(
  trx: Trx,
  shared: ItemRow,
  { by, note, files, now }: { by: string; note: string; files: readonly IncomingFile[]; now: Date },
): Promise<'acknowledged' | 'already'> {
  const before = await trx
    .selectFrom('reminder_item')
    .select('id')
    .where('run', '=', shared.run)
    .where('position', '=', shared.position)
    .where('person', '=', by)
    .executeTakeFirst()
  if (before) return 'already'
  const at = now.toISOString()
  const year = Number(dayInChina(now).slice(0, 4))
  const [number] = await nextNumbers(trx, 'DB', year, { count: 1, digits: 6 })
  const own: ItemRow = {
    ...shared,
    ...{ id: randomUUID(), number: number!, person: by, state: 'acknowledged', note },
    ...{ opened_at: at, closed_at: at, closed_by: by, snoozed_until: null },
  }
  await trx.insertInto('reminder_item').values(own).execute()
  await keepEvidence(trx, own.id, files)
  await joinCards(trx, shared.id, own.id, ['group'])
  await noteItem(trx, own, { what: 'acknowledged', data: note === '' ? {} : { note }, by, now })
  await renewCards(trx, [shared.id], now)
  return 'acknowledged'
}
