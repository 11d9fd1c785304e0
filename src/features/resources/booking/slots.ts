import type { Instant } from '../../../store/tables.ts'

/** A time that is taken, or wanted: from the beginning up to the end, which is no part of it. */
export interface Slot {
  starts_at: Instant
  ends_at: Instant
  people: number
}

/** Slots that lie within one that is wanted, in part at least. One that ends when the other begins does not. */
export function overlapping<Taken extends Slot>(wanted: Slot, taken: readonly Taken[]): Taken[] {
  return taken.filter(({ starts_at, ends_at }) => starts_at < wanted.ends_at && wanted.starts_at < ends_at)
}

/**
 * Whether a slot fits beside those that are taken. Pure.
 * @param together People who may be there at one time; null: nobody else may be.
 */
export function fits(wanted: Slot, taken: readonly Slot[], together: number | null): boolean {
  const others = overlapping(wanted, taken)
  if (together === null) return others.length === 0
  return mostAtOnce(wanted, others) + wanted.people <= together
}

/** The most people of others at any moment of a slot. It grows only where one of them begins. */
function mostAtOnce({ starts_at }: Slot, others: readonly Slot[]): number {
  const moments = [starts_at, ...others.map((other) => other.starts_at)].filter((at) => at >= starts_at)
  return Math.max(
    0,
    ...moments.map((at) =>
      others
        .filter((other) => other.starts_at <= at && at < other.ends_at)
        .reduce((sum, { people }) => sum + people, 0),
    ),
  )
}
