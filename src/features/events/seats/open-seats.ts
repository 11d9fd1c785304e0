import type { Trx } from '../../../store/store.ts'
import { activeStates, type Event } from '../records.ts'
import { reservesOf } from './eligible.ts'
import { SeatWork } from './seat-work.ts'
import type { Seat } from './seats.ts'
import { type Standing, standingsOf } from './standing.ts'

/**
 * The seats of an event as they stand, for a transaction that holds the lock on them.
 * @param newly organisations for which seats are about to be reserved. Default: none.
 */
export async function openSeats(
  trx: Trx,
  { row }: Event,
  now: Date,
  newly: readonly string[] = [],
): Promise<SeatWork> {
  const reserves = await trx
    .selectFrom('event_reserve')
    .select(['organisation', 'seats'])
    .where('event', '=', row.id)
    .orderBy('organisation')
    .execute()
  const reserved = new Map(reserves.map(({ organisation, seats }) => [organisation, seats]))
  const places = new Set([...reserved.keys(), ...newly])
  const rows = await trx
    .selectFrom('event_registration')
    .select(['id', 'seq', 'state', 'priority', 'guests', 'pool', 'person'])
    .where('event', '=', row.id)
    .where('state', 'in', activeStates)
    .orderBy('seq')
    .execute()
  // Where nothing is reserved it is all the same to which organisation anybody belongs.
  const standings: ReadonlyMap<string, Standing> =
    places.size === 0
      ? new Map()
      : await standingsOf(
          trx,
          rows.flatMap(({ person }) => person ?? []),
          now,
        )
  const entries = rows.map(({ id, seq, state, priority, guests, pool, person }): [string, Seat] => {
    const posts = standings.get(person ?? '')?.posts ?? []
    return [id, { id, seq, state, priority, seats: 1 + guests, reserves: reservesOf(posts, places), pool }]
  })
  const isOver = row.state !== 'published' && row.state !== 'draft'
  return new SeatWork(
    {
      capacity: row.capacity,
      reserved,
      mode: row.mode,
      hasWaitingList: row.has_waiting_list === 1,
      closed: isOver || (row.walk_ins === 1 ? row.ends_at : row.starts_at) <= now.toISOString(),
      entries: new Map(entries),
    },
    now,
  )
}
