import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { follow } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { Told } from '../registering/tell.ts'
import { heldOf } from './room.ts'
import type { SeatWork } from './seat-work.ts'
import type { Seats } from './seats.ts'

/**
 * Keeps what was done to the seats of an event, and all that follows from it.
 * @param replies the cards that wait for a result, by registration.
 */
export async function keepSeats(
  trx: Trx,
  context: EventsContext,
  event: Event,
  work: SeatWork,
  { now, replies = new Map() }: { now: Date; replies?: ReadonlyMap<string, string> },
): Promise<void> {
  if (work.history.length === 0) return
  const unread = [...work.before.keys()].filter((id) => !work.rows.has(id))
  const rows = work.finish(await readRows(trx, unread))
  for (const piece of inPieces(rows)) await putRows(trx, piece)
  const at = now.toISOString()
  for (const piece of inPieces(work.history)) {
    const lines = piece.map((line) => ({ event: event.row.id, ...line, at }))
    await trx.insertInto('event_history').values(lines).execute()
  }
  await trx
    .updateTable('event_seats')
    .set(({ eb }) => ({ ...figuresOf(work.seats), revision: eb('revision', '+', 1) }))
    .where('event', '=', event.row.id)
    .execute()
  const positions = work.positions()
  const told = rows.map((registration): Told => {
    const { id } = registration
    const reason = work.reasons.get(id)
    return {
      registration,
      from: work.before.get(id) ?? null,
      position: positions.get(id) ?? null,
      reply: replies.get(id) ?? null,
      by: work.by.get(id) ?? null,
      ...(reason === undefined ? {} : { reason }),
    }
  })
  await follow(trx, context, event, told, now)
}

async function readRows(trx: Trx, ids: readonly string[]): Promise<RegistrationRow[]> {
  const rows: RegistrationRow[] = []
  for (const piece of inPieces(ids)) {
    rows.push(...(await trx.selectFrom('event_registration').selectAll().where('id', 'in', piece).execute()))
  }
  return rows
}

/** New ones and those that changed in one statement: who they are does not change, all else may. */
async function putRows(trx: Trx, rows: readonly RegistrationRow[]): Promise<void> {
  await trx
    .insertInto('event_registration')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        seq: ref('excluded.seq'),
        person: ref('excluded.person'),
        organisation: ref('excluded.organisation'),
        name: ref('excluded.name'),
        contact: ref('excluded.contact'),
        receipt_hash: ref('excluded.receipt_hash'),
        state: ref('excluded.state'),
        pool: ref('excluded.pool'),
        guests: ref('excluded.guests'),
        answers: ref('excluded.answers'),
        priority: ref('excluded.priority'),
        team: ref('excluded.team'),
        registered_by: ref('excluded.registered_by'),
        offer_until: ref('excluded.offer_until'),
        arrangement: ref('excluded.arrangement'),
        asked_to_leave_at: ref('excluded.asked_to_leave_at'),
        language: ref('excluded.language'),
        created_at: ref('excluded.created_at'),
        changed_at: ref('excluded.changed_at'),
      })),
    )
    .execute()
}

function figuresOf(seats: Seats): { taken: number; waiting: number; requested: number } {
  let taken = 0
  for (const held of heldOf(seats).values()) taken += held
  const counted = { waiting: 0, requested: 0 }
  for (const { state } of seats.entries.values()) {
    if (state === 'waiting' || state === 'requested') counted[state] += 1
  }
  return { taken, ...counted }
}
