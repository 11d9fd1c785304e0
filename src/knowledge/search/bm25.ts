import { findTerm, type Postings } from './inverted-index.ts'
import type { Term } from './terms.ts'

/** How quickly repeats of a term stop counting (k1) and how far length is evened out (b). */
export interface Bm25Settings {
  k1: number
  b: number
}

/**
 * Which units a reader may see, with what the statistics need to know of them. Frequencies are counted over
 * the visible units alone, so that not even a score tells of a document that the reader may not see.
 */
export interface View {
  /** 1 where visible; null where all are. */
  mask: Uint8Array | null
  units: number
  averageLength: number
}

export function viewOf(postings: Postings, mask: Uint8Array | null): View {
  let units = 0
  let length = 0
  for (let i = 0; i < postings.lengths.length; i++) {
    if (mask && !mask[i]) continue
    units++
    length += postings.lengths[i]!
  }
  return { mask, units, averageLength: units === 0 ? 1 : length / units }
}

/** In how many visible units a term stands. */
export function documentFrequency(postings: Postings, term: Term, view: View): number {
  const at = findTerm(postings.terms, term)
  if (at < 0) return 0
  const start = postings.starts[at]!
  const end = postings.starts[at + 1]!
  if (!view.mask) return end - start
  let count = 0
  for (let i = start; i < end; i++) if (view.mask[postings.units[i]!]) count++
  return count
}

export function inverseFrequency(frequency: number, units: number): number {
  return Math.log(1 + (units - frequency + 0.5) / (frequency + 0.5))
}

/**
 * BM25 of every unit for weighted terms, added to `scores` (one number a unit).
 * A term's share of the score is its weight times its inverse document frequency.
 */
export function addBm25(
  postings: Postings,
  query: ReadonlyMap<Term, number>,
  view: View,
  settings: Bm25Settings,
  scores: Float32Array,
): void {
  const { k1, b } = settings
  for (const [term, weight] of query) {
    const at = findTerm(postings.terms, term)
    if (at < 0) continue
    const start = postings.starts[at]!
    const end = postings.starts[at + 1]!
    const frequency = view.mask ? documentFrequency(postings, term, view) : end - start
    if (frequency === 0) continue
    const worth = weight * inverseFrequency(frequency, view.units) * (k1 + 1)
    for (let i = start; i < end; i++) {
      const unit = postings.units[i]!
      if (view.mask && !view.mask[unit]) continue
      const count = postings.counts[i]!
      const length = postings.lengths[unit]! / view.averageLength
      scores[unit]! += (worth * count) / (count + k1 * (1 - b + b * length))
    }
  }
}
