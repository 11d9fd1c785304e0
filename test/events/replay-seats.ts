import { carryOut } from '../../src/features/events/seats/carry-out.ts'
import type { Change, Seats } from '../../src/features/events/seats/seats.ts'

/** The seats after changes that happened. */
export function replay(seats: Seats, changes: readonly Change[]): Seats {
  const after = { ...seats, entries: new Map(seats.entries) }
  for (const change of changes) carryOut(after, change)
  return after
}
