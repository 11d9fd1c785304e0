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

/** What is compared, in this order: the score, the benefit, the criteria from `firstCriterion` on, then the time of entry. */
const [scoreStep, benefitStep, firstCriterion] = [0, 1, 2]

/** At which step two entries differ; null: at none that counts. It allocates nothing, since a sort asks it very often. */
function stepBetween(one: RankedEntry, other: RankedEntry, ties: Ties): number | null {
  if (difference(one, other, scoreStep) !== 0) return scoreStep
  if (ties === 'shared') return null
  const last = firstCriterion + one.criteria.length
  for (let step = benefitStep; step <= last; step += 1) if (difference(one, other, step) !== 0) return step
  return null
}

/** Below 0 where a step puts the first before the second. */
function difference(one: RankedEntry, other: RankedEntry, step: number): number {
  if (step === scoreStep) return (other.score ?? -1) - (one.score ?? -1)
  // Less than nothing is known of one whose benefit nobody confirmed.
  if (step === benefitStep) return (other.benefit ?? -1) - (one.benefit ?? -1)
  const at = step - firstCriterion
  if (at < one.criteria.length) return (other.criteria[at] ?? 0) - (one.criteria[at] ?? 0)
  return one.enteredAt === other.enteredAt ? 0 : one.enteredAt < other.enteredAt ? -1 : 1
}

function compareEntries(one: RankedEntry, other: RankedEntry, ties: Ties): number {
  const step = stepBetween(one, other, ties)
  return step === null ? 0 : difference(one, other, step)
}

function deciderBetween(one: RankedEntry, other: RankedEntry, ties: Ties): Decider {
  const step = stepBetween(one, other, ties)
  if (step === null) return { by: 'shared' }
  if (step === scoreStep) return { by: 'score' }
  if (step === benefitStep) return { by: 'benefit' }
  const at = step - firstCriterion
  return at < one.criteria.length ? { by: 'criterion', at } : { by: 'time' }
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
        compareEntries(one, other, ties) ||
        (one.submission < other.submission ? -1 : 1),
    )
  const placed: Placed<Entry>[] = []
  for (const [at, entry] of sorted.entries()) {
    const before = placed[at - 1]
    const after = before ? deciderBetween(before.entry, entry, ties) : null
    placed.push({ entry, place: before && after?.by === 'shared' ? before.place : at + 1, after })
  }
  return placed
}
