/** What is counted of records that are not sealed, in one organisation and month. */
export interface Tally {
  number: number
  admitted: number
  decided: number
  adopted: number
  declined: number
  completed: number
  /** 元 a year: as the authors expect, and as verifiers confirmed. */
  expected: number
  benefit: number
  /** 元 of support: applied for, granted of it, and accounted for of that. */
  applied: number
  granted: number
  accounted: number
  /** Ids of those who sent something in, alone or together. */
  people: Set<string>
}

export const outcomes = ['admitted', 'decided', 'adopted', 'declined', 'completed'] as const

/** What is summed in 元. */
const sums = ['expected', 'benefit', 'applied', 'granted', 'accounted'] as const

export function emptyTally(): Tally {
  return {
    ...{ number: 0, admitted: 0, decided: 0, adopted: 0, declined: 0, completed: 0 },
    ...{ expected: 0, benefit: 0, applied: 0, granted: 0, accounted: 0 },
    people: new Set(),
  }
}

/** Adds one to another, in place. */
export function addTally(into: Tally, other: Tally): void {
  into.number += other.number
  for (const outcome of outcomes) into[outcome] += other[outcome]
  // In 分, so that sums of parts are the sum of all to the last digit.
  for (const sum of sums) into[sum] = Math.round((into[sum] + other[sum]) * 100) / 100
  for (const person of other.people) into.people.add(person)
}

/** One row of the statistics. */
export interface Figures {
  /** Sent in, with those sealed records whose count may be shown. */
  number: number
  /** Some sealed records are not in `number`: too few of them to be shown. */
  withheld: boolean
  /** Heads that count. */
  heads: number
  /** Of them, who sent something in. */
  participants: number
  admitted: number
  decided: number
  adopted: number
  declined: number
  completed: number
  expected: number
  benefit: number
  applied: number
  granted: number
  accounted: number
  /** `number` of each head; null without heads. */
  perHead: number | null
  /** Shares from 0 to 1: participants of heads, adopted of decided, completed of adopted; null of nothing. */
  participation: number | null
  adoption: number | null
  completion: number | null
}

/**
 * @param sealed How many sealed records may be shown beside; null: some may not.
 * @param heads Ids of those who count.
 */
export function figuresOf(
  tally: Tally,
  { sealed, withheld }: { sealed: number; withheld: boolean },
  heads: ReadonlySet<string>,
): Figures {
  const { people, ...counts } = tally
  const participants = [...people].filter((person) => heads.has(person)).length
  const number = counts.number + sealed
  return {
    ...{ ...counts, number, withheld, heads: heads.size, participants },
    perHead: share(number, heads.size),
    participation: share(participants, heads.size),
    adoption: share(counts.adopted, counts.decided),
    completion: share(counts.completed, counts.adopted),
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
