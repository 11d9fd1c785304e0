import type { Trx } from '../../../store/store.ts'
import type { Event } from '../records.ts'

/** Lets people register at the door though registration has closed, while there are seats; or ends that. */
export async function setWalkIns(
  trx: Trx,
  { row }: Pick<Event, 'row'>,
  isOn: boolean,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('event_entry')
    .set({ walk_ins: isOn ? 1 : 0, changed_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
}
