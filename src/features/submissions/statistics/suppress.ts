/** Fewer than so many sealed records are no figure: whoever knows the unit would know who it was. */
export const fewest = 5

/** What is counted of one kind: how many sealed records, by organisation (empty: nobody's) and month (`2026-03`). */
export type SealedCounts = ReadonlyMap<string, ReadonlyMap<string, number>>

/** An organisation of the tree; null as parent: a root. */
export interface Node {
  id: string
  parent: string | null
}

/** All organisations together, with what is nobody's. */
export const house = 'house'

/** What lies with an organisation itself, without those below it. */
export function ownOf(organisation: string): string {
  return `own ${organisation}`
}

/**
 * Which counts of sealed records may be shown, of whom and for which time (`2026`, `2026-Q1`, `2026-03`), so that none
 * under five is shown, and none can be worked out from others.
 *
 * Counts add up in two ways: the units of an organisation to its own, the months of a quarter to it. So all units of
 * one organisation are shown for all months of one quarter together, or none of them: one that is small hides its whole
 * family, and what stands below it. Which are shown hangs on the counts alone, never on who asks or for what, so that
 * answers to several questions give away no more than one.
 */
export class Suppression {
  readonly #counts: SealedCounts
  readonly #children = new Map<string, string[]>()
  readonly #parents = new Map<string, string>()
  readonly #cells = new Map<string, number>()
  readonly #shown = new Map<string, boolean>()
  /** Organisations below, itself included, by node. */
  readonly #within = new Map<string, string[]>()

  constructor(organisations: readonly Node[], counts: SealedCounts) {
    this.#counts = counts
    for (const { id, parent } of organisations) this.#add(id, parent ?? house)
    // What lies with an organisation that has others below it is one of its parts.
    for (const { id } of organisations) if (this.#children.has(id)) this.#add(ownOf(id), id)
    this.#add(ownOf(house), house)
  }

  /** The count, or null where it is not shown; 0 is a count like others. Throws where the node is unknown. */
  shown(node: string, time: string): number | null {
    return this.#isShown(node, time) ? this.#count(node, time) : null
  }

  #add(node: string, parent: string): void {
    const siblings = this.#children.get(parent)
    if (siblings) siblings.push(node)
    else this.#children.set(parent, [node])
    this.#parents.set(node, parent)
  }

  #isShown(node: string, time: string): boolean {
    const key = `${node} ${time}`
    const known = this.#shown.get(key)
    if (known !== undefined) return known
    const [parent, longer] = [this.#parents.get(node), longerTime(time)]
    if (parent === undefined && node !== house) throw new Error(`no organisation ${node}`)
    const family = parent === undefined ? [node] : this.#children.get(parent)!
    const times = longer === null ? [time] : timesWithin(longer)
    const isShown =
      (parent === undefined || this.#isShown(parent, time)) &&
      (longer === null || this.#isShown(node, longer)) &&
      family.every((one) => times.every((when) => isLarge(this.#count(one, when))))
    this.#shown.set(key, isShown)
    return isShown
  }

  #count(node: string, time: string): number {
    const key = `${node} ${time}`
    const known = this.#cells.get(key)
    if (known !== undefined) return known
    let sum = 0
    for (const organisation of this.#organisationsOf(node)) {
      const months = this.#counts.get(organisation)
      for (const [month, count] of months ?? []) if (isWithin(month, time)) sum += count
    }
    this.#cells.set(key, sum)
    return sum
  }

  #organisationsOf(node: string): string[] {
    const known = this.#within.get(node)
    if (known) return known
    const own = node.startsWith('own ') ? node.slice(4) : node
    const below = (this.#children.get(node) ?? []).flatMap((child) => this.#organisationsOf(child))
    const all = [...new Set([own === house ? '' : own, ...below])]
    this.#within.set(node, all)
    return all
  }
}

function isLarge(count: number): boolean {
  return count === 0 || count >= fewest
}

/** 2026-03 → 2026-Q1 → 2026 → null. */
function longerTime(time: string): string | null {
  if (time.length === 4) return null
  return time.includes('Q') ? time.slice(0, 4) : quarterOf(time)
}

function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`
}

function timesWithin(time: string): string[] {
  if (time.length === 4) return [1, 2, 3, 4].map((quarter) => `${time}-Q${quarter}`)
  const first = (Number(time.slice(6)) - 1) * 3 + 1
  return [0, 1, 2].map((i) => `${time.slice(0, 4)}-${String(first + i).padStart(2, '0')}`)
}

function isWithin(month: string, time: string): boolean {
  return time.includes('Q') ? quarterOf(month) === time : month.startsWith(time)
}
