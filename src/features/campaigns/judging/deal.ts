/** An entry that still wants reviewers. */
export interface DealtEntry {
  id: string
  /** Whose it is: none of them reviews it. */
  people: ReadonlySet<string>
  /** The branch that it comes from; null: of the organiser itself, or of none. */
  branch: string | null
  /** Who has it already, declined it or handed it on. */
  barred: ReadonlySet<string>
  /** How many reviewers it wants. */
  wanted: number
}

export interface DealtReviewer {
  person: string
  /** The branches that they belong to. */
  branches: ReadonlySet<string>
  /** How many they have already. */
  load: number
}

/** Who is to review what, and which entries want more than there are. */
export interface Dealt {
  asks: { entry: string; reviewer: string }[]
  short: { entry: string; missing: number }[]
}

/**
 * Deals entries out evenly. Nobody gets their own; one's own branch's only where there is nobody else. Pure, and the same
 * for the same in whatever order.
 */
export function dealOut(entries: readonly DealtEntry[], reviewers: readonly DealtReviewer[]): Dealt {
  const load = new Map(reviewers.map(({ person, load: has }) => [person, has]))
  const dealt: Dealt = { asks: [], short: [] }
  const open = entries.map((entry) => {
    const may = reviewers.filter(({ person }) => !entry.people.has(person) && !entry.barred.has(person))
    const outside = may.filter(({ branches }) => entry.branch === null || !branches.has(entry.branch))
    return { entry, may, outside }
  })
  // Those with the least choice first, while everybody still has little.
  open.sort(
    (one, other) => one.outside.length - other.outside.length || (one.entry.id < other.entry.id ? -1 : 1),
  )
  for (const { entry, may, outside } of open) {
    const strangers = leastLoaded(outside, entry, load, entry.wanted)
    const isStranger = new Set(outside)
    const inside = may.filter((one) => !isStranger.has(one))
    const chosen = [...strangers, ...leastLoaded(inside, entry, load, entry.wanted - strangers.length)]
    for (const { person } of chosen) {
      load.set(person, (load.get(person) ?? 0) + 1)
      dealt.asks.push({ entry: entry.id, reviewer: person })
    }
    if (chosen.length < entry.wanted) {
      dealt.short.push({ entry: entry.id, missing: entry.wanted - chosen.length })
    }
  }
  return dealt
}

function leastLoaded(
  reviewers: readonly DealtReviewer[],
  { id }: DealtEntry,
  load: ReadonlyMap<string, number>,
  count: number,
): DealtReviewer[] {
  if (count <= 0) return []
  // Among equals the pair decides, so that neighbours in one list do not always share their entries.
  return reviewers
    .map((reviewer) => ({ reviewer, has: load.get(reviewer.person) ?? 0, mix: mixOf(id, reviewer.person) }))
    .sort(
      (one, other) =>
        one.has - other.has || one.mix - other.mix || (one.reviewer.person < other.reviewer.person ? -1 : 1),
    )
    .slice(0, count)
    .map(({ reviewer }) => reviewer)
}

/** A number of two texts that looks like chance and is always the same (FNV-1a). */
function mixOf(one: string, other: string): number {
  let mix = 0x811c9dc5
  for (const text of [one, other]) {
    for (let at = 0; at < text.length; at += 1) mix = Math.imul(mix ^ text.charCodeAt(at), 0x01000193)
  }
  return mix >>> 0
}
