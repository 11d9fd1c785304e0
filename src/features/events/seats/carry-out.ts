import type { Change, Seat, Seats } from './seats.ts'

const isOver: ReadonlySet<Seat['state']> = new Set(['cancelled', 'expired', 'declined'])

/** Seats that are worked on by one transaction alone. */
export interface OpenSeats extends Seats {
  entries: Map<string, Seat>
}

/** Carries one change out where it stands. The changes of a history, one after another, give the seats as they are. */
export function carryOut(seats: OpenSeats, change: Change): void {
  switch (change.type) {
    case 'registered':
      seats.entries.set(change.seat.id, change.seat)
      return
    case 'moved': {
      const seat = entryOf(seats, change.id)
      if (isOver.has(change.to)) seats.entries.delete(change.id)
      else seats.entries.set(change.id, { ...seat, state: change.to, pool: change.pool })
      return
    }
    case 'resized':
      seats.entries.set(change.id, {
        ...entryOf(seats, change.id),
        seats: change.seats,
        pool: change.pool,
      })
      return
    case 'capacity':
      seats.capacity = change.capacity
      seats.reserved = new Map(change.reserved)
      return
    case 'closed':
      seats.closed = true
  }
}

function entryOf({ entries }: Seats, id: string): Seat {
  const seat = entries.get(id)
  if (!seat) throw new Error(`no registration ${id} that could change`)
  return seat
}
