import { addHeld, type Held, heldOf, holds, poolFor, sizeOf } from './room.ts'
import type { Seat, Seats } from './seats.ts'

/** Somebody whose seats are counted to another pool from now on: `seat` as it is then. */
export interface Regrouped {
  from: string
  seat: Seat
}

/**
 * How those who hold seats fit into new capacity and reserves: as they sit, or else grouped anew, the first who came
 * first. Null: they do not fit.
 */
export function fitInto(seats: Seats): Regrouped[] | null {
  const held = heldOf(seats)
  if ([...held].every(([pool, taken]) => taken <= sizeOf(seats, pool)) && sizeOf(seats, '') >= 0) return []
  const regrouped: Regrouped[] = []
  const anew: Held = new Map()
  const holders = [...seats.entries.values()].filter(holds).sort((one, other) => one.seq - other.seq)
  for (const seat of holders) {
    const pool = poolFor(seats, anew, seat)
    if (pool === null) return null
    addHeld(anew, pool, seat.seats)
    if (pool !== seat.pool) regrouped.push({ from: seat.pool, seat: { ...seat, pool } })
  }
  return sizeOf(seats, '') >= 0 ? regrouped : null
}
