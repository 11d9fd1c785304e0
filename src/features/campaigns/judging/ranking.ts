/** An entry as it is compared. */
export interface RankedEntry {
  submission: string
  /** Thousandths of a point; null: no review yet. */
  score: number | null
  /** 元 a year; null: not confirmed. */
  benefit: number | null
  /** The mean of each criterion in the rubric's order, thousandths of a point. */
  criteria: readonly number[]
  /** ISO text of the instant. */
  enteredAt: string
}

/** Whether equal scores are told apart, or share a place. */
export type Ties = 'resolved' | 'shared'

/** By what one entry stands before the next. `shared`: nothing, both have the same place. */
export type Decider =
  | { by: 'score' | 'benefit' | 'time' | 'shared' }
  /** @param at The criterion's place in the rubric. */
  | { by: 'criterion'; at: number }

export interface Placed<Entry extends RankedEntry = RankedEntry> {
  entry: Entry
  /** From 1; those who share a place are followed by the number of all before. */
  place: number
  /** By what it stands after the one before it; null: it is the first. */
  after: Decider | null
}

/** How two entries stand to each other: `order` below 0 puts the first before the second. */
function compareEntries(
  one: RankedEntry,
  other: RankedEntry,
  ties: Ties,
): { order: number; decider: Decider } {
  const score = (other.score ?? -1) - (one.score ?? -1)
  if (score !== 0) return { order: score, decider: { by: 'score' } }
  if (ties === 'shared') return { order: 0, decider: { by: 'shared' } }
  // Less than nothing is known of one whose benefit nobody confirmed.
  const benefit = (other.benefit ?? -1) - (one.benefit ?? -1)
  if (benefit !== 0) return { order: benefit, decider: { by: 'benefit' } }
  for (const [at, points] of one.criteria.entries()) {
    const criterion = (other.criteria[at] ?? 0) - points
    if (criterion !== 0) return { order: criterion, decider: { by: 'criterion', at } }
  }
  if (one.enteredAt !== other.enteredAt) {
    return { order: one.enteredAt < other.enteredAt ? -1 : 1, decider: { by: 'time' } }
  }
  return { order: 0, decider: { by: 'shared' } }
}

/** Ranks what was reviewed, best first; entries without a score are not among it. Pure, whatever the order given. */
export function rankEntries<Entry extends RankedEntry>(
  entries: readonly Entry[],
  ties: Ties,
): Placed<Entry>[] {
  const sorted = entries
    .filter(({ score }) => score !== null)
    .sort(
      (one, other) =>
        // Most are told apart by their score alone.
        (other.score ?? 0) - (one.score ?? 0) ||
        compareEntries(one, other, ties).order ||
        (one.submission < other.submission ? -1 : 1),
    )
  const placed: Placed<Entry>[] = []
  for (const [at, entry] of sorted.entries()) {
    const before = placed[at - 1]
    const after = before ? compareEntries(before.entry, entry, ties).decider : null
    placed.push({ entry, place: before && after?.by === 'shared' ? before.place : at + 1, after })
  }
  return placed
}
