import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { Event } from '../records.ts'

/** Days for which who came is kept of the public after an event: its report is written by then (docs/privacy.md). */
const keptDays = 180
const day = 24 * 3600_000

/** Has the personal data of the public erased in time; again moves it to where it belongs. */
export async function keepErasure(trx: Trx, event: Event, now: Date): Promise<void> {
  await setErasure(trx, event, { at: await erasedAt(trx, event), now })
}

/** Has it erased at a moment, whatever the time. */
export async function setErasure(
  trx: Trx,
  { row }: Event,
  { at, now }: { at: Date; now: Date },
): Promise<void> {
  const id = `event erase ${row.id}`
  await setTimer(trx, { id, kind: 'events.erase', payload: { event: row.id }, at, now })
}

/** Counted from the last of all dates that a registration is for. */
export async function erasedAt(trx: Trx, { row }: Event): Promise<Date> {
  const last = await trx
    .selectFrom('event_entry')
    .select(({ fn }) => fn.max('ends_at').as('ends_at'))
    .where((where) => where.or([where('id', '=', row.id), where('registers_with', '=', row.id)]))
    .executeTakeFirst()
  return new Date(Date.parse(last?.ends_at ?? row.ends_at) + keptDays * day)
}
