import { inverseFrequency } from './bm25.ts'
import type { CommonWords } from './common-words.ts'
import { buildPostings, findTerm, type Postings } from './inverted-index.ts'
import { isHan, normalise } from './normalise.ts'
import { readQuestion } from './question-features.ts'
import { SoundTable } from './sound.ts'
import { isUnigram, type Term, termsOf } from './terms.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A text that people wrote, such as a proposal. */
export interface IndexedText {
  id: string
  /** Who may see it, as a word; a search names the shelves that are open. */
  shelf: string
  text: string
}

export interface FoundText {
  id: string
  /** What share of the question's worth its words carry, 0 to 1. */
  share: number
}

/** Texts of one build; it never changes but for the texts that were replaced since. */
interface Segment {
  ids: string[]
  /** Number of the shelf by text. */
  shelves: Uint32Array
  postings: Postings
  /** 1 where the text was replaced or removed. */
  gone: Uint8Array
  gaps: number
}

/** Segments of fewer texts are built into one when there are several. */
const fullSegment = 1000
const mostSmall = 8
/** The usual values, as for clauses. */
const k1 = 1.2
const b = 0.75
/** A character by itself says less than a pair, as for clauses. */
const unigramShare = 0.7
/**
 * Of a few texts it cannot be told which words are common: rarity is counted as if there were so many. By the true
 * number one proposal alone was never found to be alike, for what it shares with the question would be in all texts.
 */
const leastUnits = 300
/** A word that no text has is mostly another way to say the same, so it counts less against those that share the rest. */
const unknownShare = 0.5

/**
 * Many short texts that come and change while people search: understood as clauses are (mended spelling, pinyin,
 * ordinary words for official ones), without what is learned from hints. Frequencies are counted over the open shelves
 * alone. Kept in memory, about 1 KB a text of 150 characters; not to be shared between threads.
 */
export class TextIndex {
  readonly #words: { vocabulary: Vocabulary; commonWords: CommonWords }
  readonly #shelves = new Map<string, number>()
  readonly #places = new Map<string, { segment: Segment; at: number }>()
  readonly #sounds = new SoundTable([])
  readonly #characters = new Set<number>()
  #segments: Segment[] = []

  constructor(words: { vocabulary: Vocabulary; commonWords: CommonWords }) {
    this.#words = words
  }

  get size(): number {
    return this.#places.size
  }

  /** Takes in texts; one whose id is there is replaced. A thousand take about 50 ms. */
  add(texts: readonly IndexedText[]): void {
    const newest = [...new Map(texts.map((text) => [text.id, text])).values()]
    for (const { id } of newest) this.remove(id)
    if (newest.length === 0) return
    const lists = newest.map(({ text }) => Uint32Array.from(termsOf(normalise(text))))
    for (const list of lists) this.#hear(list)
    const shelves = Uint32Array.from(newest, ({ shelf }) => this.#numberOf(shelf))
    this.#append(
      newest.map(({ id }) => id),
      shelves,
      buildPostings(lists.map((list) => [...list])),
    )
    const small = this.#segments.filter(({ ids }) => ids.length < fullSegment)
    if (small.length > mostSmall) this.#join(small)
  }

  remove(id: string): void {
    const place = this.#places.get(id)
    if (!place) return
    place.segment.gone[place.at] = 1
    place.segment.gaps += 1
    this.#places.delete(id)
    if (place.segment.gaps === place.segment.ids.length) {
      this.#segments = this.#segments.filter((segment) => segment !== place.segment)
    }
  }

  /** The texts of these shelves that share most with the question, best first. */
  search(question: string, { shelves, limit }: { shelves: Iterable<string>; limit: number }): FoundText[] {
    const open = new Set([...shelves].flatMap((shelf) => this.#shelves.get(shelf) ?? []))
    const views = this.#segments.map((segment) => ({ segment, view: viewOf(segment, open) }))
    let units = 0
    let length = 0
    for (const { view } of views) {
      units += view.units
      length += view.length
    }
    if (units === 0) return []
    const averageLength = length / units
    const frequencies = new Map<Term, number>()
    const frequency = (term: Term) => {
      let known = frequencies.get(term)
      if (known === undefined) {
        known = views.reduce((sum, { segment, view }) => sum + countOpen(segment, view.mask, term), 0)
        frequencies.set(term, known)
      }
      return known
    }
    const { vocabulary, commonWords } = this.#words
    const { features } = readQuestion(question, vocabulary, frequency, this.#sounds, commonWords)
    let ideal = 0
    const weights = [...features].map(([term, weight]): [Term, number] => {
      const share = isUnigram(term) ? weight * unigramShare : weight
      const known = frequency(term)
      const rarity = inverseFrequency(Math.max(known, 1), Math.max(units, leastUnits))
      const worth = share * rarity * (k1 + 1) * (known === 0 ? unknownShare : 1)
      ideal += worth
      return [term, worth]
    })
    if (ideal === 0) return []
    const found: FoundText[] = []
    for (const { segment, view } of views) {
      const scores = scoresOf(segment, view.mask, weights, averageLength)
      for (const [at, score] of scores.entries()) {
        if (score > 0) found.push({ id: segment.ids[at]!, share: Math.min(1, score / ideal) })
      }
    }
    // Of equal ones the same is first at every search, however the texts came to lie.
    return found.sort((one, other) => other.share - one.share || (one.id < other.id ? -1 : 1)).slice(0, limit)
  }

  #numberOf(shelf: string): number {
    const known = this.#shelves.get(shelf) ?? this.#shelves.size
    this.#shelves.set(shelf, known)
    return known
  }

  #hear(terms: Uint32Array): void {
    for (const term of terms) {
      if (!isUnigram(term) || !isHan(term) || this.#characters.has(term)) continue
      this.#characters.add(term)
      this.#sounds.add(String.fromCharCode(term))
    }
  }

  #append(ids: string[], shelves: Uint32Array, postings: Postings): void {
    const segment = { ids, shelves, postings, gone: new Uint8Array(ids.length), gaps: 0 }
    for (const [at, id] of ids.entries()) this.#places.set(id, { segment, at })
    this.#segments.push(segment)
  }

  /** Builds small segments into one, without the texts that are gone. */
  #join(small: readonly Segment[]): void {
    const lists = small.flatMap((segment) => termLists(segment))
    const kept = small.flatMap(({ ids, shelves, gone }) =>
      ids.flatMap((id, at) => (gone[at] ? [] : [{ id, shelf: shelves[at]! }])),
    )
    this.#segments = this.#segments.filter((segment) => !small.includes(segment))
    this.#append(
      kept.map(({ id }) => id),
      Uint32Array.from(kept, ({ shelf }) => shelf),
      buildPostings(lists),
    )
  }
}

/** The terms of each text that is not gone, out of the postings. */
function termLists({ postings, gone }: Segment): Term[][] {
  const lists: Term[][] = Array.from(gone, () => [])
  for (const [number, term] of postings.terms.entries()) {
    for (let i = postings.starts[number]!; i < postings.starts[number + 1]!; i++) {
      for (let count = postings.counts[i]!; count > 0; count--) lists[postings.units[i]!]!.push(term)
    }
  }
  return lists.filter((_, at) => !gone[at])
}

interface OpenTexts {
  /** 1 where the text is open. */
  mask: Uint8Array
  units: number
  length: number
}

function viewOf({ shelves, gone, postings }: Segment, open: ReadonlySet<number>): OpenTexts {
  const mask = new Uint8Array(shelves.length)
  const view = { mask, units: 0, length: 0 }
  for (let at = 0; at < shelves.length; at++) {
    if (gone[at] || !open.has(shelves[at]!)) continue
    mask[at] = 1
    view.units += 1
    view.length += postings.lengths[at]!
  }
  return view
}

function countOpen({ postings }: Segment, mask: Uint8Array, term: Term): number {
  const number = findTerm(postings.terms, term)
  if (number < 0) return 0
  let count = 0
  for (let i = postings.starts[number]!; i < postings.starts[number + 1]!; i++) {
    count += mask[postings.units[i]!]!
  }
  return count
}

function scoresOf(
  { postings, ids }: Segment,
  mask: Uint8Array,
  weights: readonly [Term, number][],
  averageLength: number,
): Float32Array {
  const scores = new Float32Array(ids.length)
  for (const [term, worth] of weights) {
    const number = findTerm(postings.terms, term)
    if (number < 0) continue
    for (let i = postings.starts[number]!; i < postings.starts[number + 1]!; i++) {
      const unit = postings.units[i]!
      if (!mask[unit]) continue
      const count = postings.counts[i]!
      const evened = 1 - b + (b * postings.lengths[unit]!) / averageLength
      scores[unit]! += (worth * count) / (count + k1 * evened)
    }
  }
  return scores
}
