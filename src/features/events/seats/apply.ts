import { fitInto } from './fit-into.ts'
import { addHeld, couldFit, heldOf, holds, poolFor, waitingList } from './room.ts'
import type { Change, Seat, SeatCommand, SeatRefusal, SeatResult, Seats } from './seats.ts'

/**
 * What a command does to the seats of an event. Whoever waits and fits has been offered a seat by the end of each
 * command, so whoever comes and finds a free one passes nobody who could have had it.
 */
export function apply(seats: Seats, command: SeatCommand): SeatResult {
  switch (command.type) {
    case 'register':
      return register(seats, command.seat)
    case 'cancel':
      return end(seats, command.id, ['requested', 'confirmed', 'waiting', 'offered'], 'cancelled')
    case 'decline':
      return end(seats, command.id, ['offered'], 'cancelled')
    case 'expire':
      return end(seats, command.id, ['offered'], 'expired')
    case 'refuse':
      return end(seats, command.id, ['requested'], 'declined')
    case 'accept':
      return accept(seats, command.id)
    case 'approve':
      return approve(seats, command.id)
    case 'guests':
      return resize(seats, command.id, command.seats)
    case 'capacity':
      return changeCapacity(seats, command)
    case 'close':
      return close(seats)
  }
}

function register(seats: Seats, asked: Omit<Seat, 'state' | 'pool'>): SeatResult {
  if (seats.entries.has(asked.id)) return refused('already')
  if (seats.closed) return refused('closed')
  if (!couldFit(seats, asked)) return refused('too-many-seats')
  const enter = (state: Seat['state'], pool = ''): SeatResult => ({
    changes: [{ type: 'registered', seat: { ...asked, state, pool } }],
  })
  if (seats.mode === 'approval') return enter('requested')
  const pool = poolFor(seats, heldOf(seats), asked)
  if (pool !== null) return enter('confirmed', pool)
  return seats.hasWaitingList ? enter('waiting') : refused('full')
}

function approve(seats: Seats, id: string): SeatResult {
  const seat = seats.entries.get(id)
  if (!seat) return refused('not-registered')
  if (seat.state !== 'requested') return refused('not-requested')
  if (seats.closed) return refused('closed')
  const pool = poolFor(seats, heldOf(seats), seat)
  if (pool !== null) return { changes: [moved(seat, 'confirmed', pool)] }
  return seats.hasWaitingList ? { changes: [moved(seat, 'waiting')] } : refused('full')
}

function accept(seats: Seats, id: string): SeatResult {
  const seat = seats.entries.get(id)
  if (!seat) return refused('not-registered')
  if (seat.state !== 'offered') return refused('not-offered')
  if (seats.closed) return refused('closed')
  return { changes: [moved(seat, 'confirmed', seat.pool)] }
}

function end(seats: Seats, id: string, from: Seat['state'][], to: Seat['state']): SeatResult {
  const seat = seats.entries.get(id)
  if (!seat) return refused('not-registered')
  if (!from.includes(seat.state)) return refused(from[0] === 'requested' ? 'not-requested' : 'not-offered')
  const held = heldOf(seats)
  if (holds(seat)) addHeld(held, seat.pool, -seat.seats)
  return { changes: [moved(seat, to), ...offers(seats, held, (one) => (one.id === id ? null : one))] }
}

function resize(seats: Seats, id: string, size: number): SeatResult {
  const seat = seats.entries.get(id)
  if (!seat) return refused('not-registered')
  if (size === seat.seats) return { changes: [] }
  if (size > seat.seats && seats.closed) return refused('closed')
  const resized = { ...seat, seats: size }
  if (!couldFit(seats, resized)) return refused('too-many-seats')
  const held = heldOf(seats)
  if (holds(seat)) {
    addHeld(held, seat.pool, -seat.seats)
    // Where they sit is kept as long as it goes.
    const pool = poolFor(seats, held, { ...resized, reserves: [seat.pool, ...seat.reserves] })
    if (pool === null) return refused('too-many-seats')
    resized.pool = pool
    addHeld(held, pool, size)
  }
  const change: Change = { type: 'resized', id, seats: size, pool: resized.pool }
  return { changes: [change, ...offers(seats, held, (one) => (one.id === id ? resized : one))] }
}

function changeCapacity(
  seats: Seats,
  { capacity, reserved }: Pick<Seats, 'capacity' | 'reserved'>,
): SeatResult {
  const after: Seats = { ...seats, capacity, reserved }
  const moves = fitInto(after)
  if (moves === null) return refused('below-taken')
  const held = heldOf(seats)
  for (const { from, seat } of moves) {
    addHeld(held, from, -seat.seats)
    addHeld(held, seat.pool, seat.seats)
  }
  return {
    changes: [
      { type: 'capacity', capacity, reserved: [...reserved] },
      ...moves.map(
        ({ seat: { id, seats: size, pool } }): Change => ({ type: 'resized', id, seats: size, pool }),
      ),
      ...offers(after, held, (one) => one),
    ],
  }
}

function close(seats: Seats): SeatResult {
  const unsettled = [...seats.entries.values()].filter(({ state }) => state !== 'confirmed')
  if (seats.closed && unsettled.length === 0) return { changes: [] }
  return { changes: [{ type: 'closed' }, ...unsettled.map((seat) => moved(seat, 'expired'))] }
}

/** Offers to whoever waits and fits, in their order. */
export function offerFree(seats: Seats): Change[] {
  return offers(seats, heldOf(seats), (one) => one)
}

/** @param as how somebody stands by then; null: they wait no longer. */
function offers(seats: Seats, held: Map<string, number>, as: (seat: Seat) => Seat | null): Change[] {
  if (seats.closed) return []
  const changes: Change[] = []
  for (const seat of waitingList(seats)) {
    const now = as(seat)
    const pool = now && poolFor(seats, held, now)
    if (!now || pool === null) continue
    addHeld(held, pool, now.seats)
    changes.push(moved(now, 'offered', pool))
  }
  return changes
}

function moved({ id, state }: Seat, to: Seat['state'], pool = ''): Change {
  return { type: 'moved', id, from: state, to, pool }
}

function refused(reason: SeatRefusal): SeatResult {
  return { refused: reason }
}
