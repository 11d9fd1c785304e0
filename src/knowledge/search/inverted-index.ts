import type { Term } from './terms.ts'

/**
 * Which units contain a term and how often, in four flat arrays: they are written to a file as they are and
 * opened again without being parsed (58,000 articles open in the time it takes to read the file).
 */
export interface Postings {
  /** All terms, ascending. */
  terms: Uint32Array
  /** Where the postings of `terms[i]` begin; one longer than `terms`. */
  starts: Uint32Array
  /** Unit numbers, ascending within a term. */
  units: Uint32Array
  /** How often, capped at 255. */
  counts: Uint8Array
  /** Terms in each unit: its length. */
  lengths: Uint32Array
}

/** Inverts units given as term lists, in order: the first is unit 0. */
export function buildPostings(units: Iterable<readonly Term[]>): Postings {
  const termNumbers = new Map<Term, number>()
  const termOf: Term[] = []
  const frequencies: number[] = []
  const lengths: number[] = []
  const rows: Uint32Array[] = []
  for (const list of units) {
    const counts = new Map<number, number>()
    for (const term of list) {
      let number = termNumbers.get(term)
      if (number === undefined) {
        number = termOf.length
        termNumbers.set(term, number)
        termOf.push(term)
        frequencies.push(0)
      }
      counts.set(number, (counts.get(number) ?? 0) + 1)
    }
    const row = new Uint32Array(counts.size * 2)
    let at = 0
    for (const [number, count] of counts) {
      row[at++] = number
      row[at++] = Math.min(count, 255)
      frequencies[number]!++
    }
    rows.push(row)
    lengths.push(list.length)
  }
  return invert(termOf, frequencies, rows, lengths)
}

function invert(termOf: Term[], frequencies: number[], rows: Uint32Array[], lengths: number[]): Postings {
  const order = new Uint32Array(termOf.length).map((_, i) => i).sort((a, b) => termOf[a]! - termOf[b]!)
  const terms = new Uint32Array(order.length)
  const starts = new Uint32Array(order.length + 1)
  const place = new Uint32Array(order.length)
  let total = 0
  order.forEach((number, i) => {
    terms[i] = termOf[number]!
    starts[i] = total
    place[number] = total
    total += frequencies[number]!
  })
  starts[order.length] = total
  const units = new Uint32Array(total)
  const counts = new Uint8Array(total)
  rows.forEach((row, unit) => {
    for (let i = 0; i < row.length; i += 2) {
      const at = place[row[i]!]!++
      units[at] = unit
      counts[at] = row[i + 1]!
    }
  })
  return { terms, starts, units, counts, lengths: Uint32Array.from(lengths) }
}

/** The term's place among ascending terms, or -1. */
export function findTerm(terms: Uint32Array, term: Term): number {
  let low = 0
  let high = terms.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const value = terms[middle]!
    if (value === term) return middle
    if (value < term) low = middle + 1
    else high = middle - 1
  }
  return -1
}
