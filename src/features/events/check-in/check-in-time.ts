import type { EventRow } from '../records.ts'

const minute = 60_000

/** Doors open well before the beginning: helpers let people in while the hall is being set up. */
const doorsBefore = 3 * 60 * minute
/** Where people check in by themselves they are there already, or about to join. */
const selfBefore = { 'event-code': 60 * minute, button: 30 * minute }
/** Codes still hold for whoever comes out late, or was let in while the network was away. */
const codesAfter = 60 * minute
/** Lists on paper are entered later. */
const byHandAfter = 30 * 24 * 60 * minute

type Times = Pick<EventRow, 'starts_at' | 'ends_at'>

export interface CheckInTime {
  from: Date
  until: Date
}

/** When somebody may check in this way: from `from` on, and no later than `until`. */
export function checkInTime(
  { starts_at, ends_at }: Times,
  how: 'personal-code' | 'event-code' | 'button' | 'by-hand',
): CheckInTime {
  const [starts, ends] = [Date.parse(starts_at), Date.parse(ends_at)]
  const before = how === 'event-code' || how === 'button' ? selfBefore[how] : doorsBefore
  const after = how === 'by-hand' ? byHandAfter : how === 'personal-code' ? codesAfter : 0
  return { from: new Date(starts - before), until: new Date(ends + after) }
}

/** Whether a moment lies in it. */
export function isWithin({ from, until }: CheckInTime, at: Date): boolean {
  return from <= at && at <= until
}
