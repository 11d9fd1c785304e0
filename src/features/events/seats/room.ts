import type { Seat, Seats } from './seats.ts'

/** Whether it holds seats. */
export function holds({ state }: Pick<Seat, 'state'>): boolean {
  return state === 'confirmed' || state === 'offered'
}

/** Seats that are held, by pool; empty: the general ones. */
export type Held = Map<string, number>

export function heldOf({ entries }: Pick<Seats, 'entries'>): Held {
  const held: Held = new Map()
  for (const seat of entries.values()) if (holds(seat)) addHeld(held, seat.pool, seat.seats)
  return held
}

export function addHeld(held: Held, pool: string, seats: number): void {
  held.set(pool, (held.get(pool) ?? 0) + seats)
}

/** How many seats a pool has; without a capacity nothing is kept for anybody, for there is enough. */
export function sizeOf({ capacity, reserved }: Pick<Seats, 'capacity' | 'reserved'>, pool: string): number {
  if (capacity === null) return pool === '' ? Number.POSITIVE_INFINITY : 0
  if (pool !== '') return reserved.get(pool) ?? 0
  let general = capacity
  for (const seats of reserved.values()) general -= seats
  return general
}

type Asked = Pick<Seat, 'seats' | 'reserves'>

/** The first pool that has as many seats free: those reserved for them, the nearest first, then the general ones. */
export function poolFor(seats: Seats, held: Held, asked: Asked): string | null {
  return poolsOf(asked).find((pool) => sizeOf(seats, pool) - (held.get(pool) ?? 0) >= asked.seats) ?? null
}

/** Whether they would find seats in an empty house. */
export function couldFit(seats: Seats, asked: Asked): boolean {
  return poolsOf(asked).some((pool) => sizeOf(seats, pool) >= asked.seats)
}

function poolsOf({ reserves }: Asked): string[] {
  return [...reserves, '']
}

/** Who waits, in the order in which they get a seat: greater priority first, then who came first. */
export function waitingList({ entries }: Pick<Seats, 'entries'>): Seat[] {
  return [...entries.values()]
    .filter(({ state }) => state === 'waiting')
    .sort((one, other) => other.priority - one.priority || one.seq - other.seq)
}
