import { type Clause, type DocumentVersion, isVisibleTo, nobody, type Reader, stricterOf } from '../clause.ts'
import { addBm25, documentFrequency, inverseFrequency, type View, viewOf } from './bm25.ts'
import { coverageOf } from './coverage.ts'
import { doubtAbout, type Evidence } from './doubt.ts'
import { historyShare } from './follow-up.ts'
import { familiarityOf, type HintReading, readWithHints, similarityByTarget } from './hint-classifier.ts'
import { findTerm } from './inverted-index.ts'
import type { LearnedHints } from './learned-hints.ts'
import { clauseAskedFor, clausesNumbered } from './named-clause.ts'
import { type QuestionReading, readQuestion } from './question-features.ts'
import {
  type DocumentHints,
  type IndexedDocument,
  knownCharacters,
  type SearchIndex,
} from './search-index.ts'
import { SettledQuestions } from './settled-questions.ts'
import { SoundTable } from './sound.ts'
import type { Frequency } from './spelling.ts'
import type { Term } from './terms.ts'

export interface Hit {
  document: IndexedDocument
  clause: Clause
  /** Higher is better; comparable within one search only. */
  score: number
  /** The chance that the hints give it among the clauses of its document, 0 to 1; 0 without hints. */
  chance: number
  /** Passages of the clause to which similar hints lead, most similar first. */
  hinted: { passage: string; english: string | null; similarity: number }[]
}

export interface SearchResult {
  /** Best first. */
  hits: Hit[]
  /** How likely it is that the documents do not answer, 0 to 1. */
  doubt: number
  /** What the doubt was drawn from; null where nothing was found at all. */
  evidence: Evidence | null
  /** The question as it was understood, for choosing words to quote. */
  reading: QuestionReading
  /** The learned hint that settled it; its clause is then the first hit. `changed`: it would not have been. */
  learned?: { id: string; changed: boolean }
}

export interface OpenedClause {
  document: Pick<DocumentVersion, 'document' | 'version' | 'title' | 'issuers' | 'effective'>
  clause: Clause
  previous: Clause | null
  next: Clause | null
}

export interface SearchQuestion {
  question: string
  /** Earlier turns of the same person in the same conversation, oldest first. */
  history?: readonly string[]
  /** Who will read the answer; nobody counts as a guest. */
  readers?: readonly Reader[]
  limit?: number
}

/** The usual values: no others were better both on statutes and on the guideline (docs/search.md). */
const bm25 = { k1: 1.2, b: 0.75 }
/** A pair of characters says more than one, also where both are rare. */
const unigramShare = 0.7
/** What hints count beside the text, whose best score is the question's share in it; see docs/search.md. */
const similarityShare = 0.35
/** Turns before the last three are forgotten. */
const turnsRemembered = 3
/** Clauses that go on to the second look, by their words alone. */
const candidatesKept = 120
/** Circles of readers whose statistics are kept; each costs a byte for every unit of the index. */
const mostShelves = 50

/** What one circle of readers may see, with its statistics. */
interface Shelf {
  view: View
  hints: DocumentHints[]
  frequency: Frequency
}

/** What the hints of one document say of the question. */
export interface DocumentReading {
  hints: DocumentHints
  said: HintReading
  /** For each target, how similar its nearest examples are. */
  similarities: Float64Array
}

/**
 * Answers searches over one index. Synchronous, and not to be shared between threads. What a circle of readers
 * may see is worked out once and kept.
 */
export class SearchEngine {
  readonly index: SearchIndex
  readonly #sounds: SoundTable
  readonly #shelves = new Map<string, Shelf>()
  readonly #scores: Float32Array
  #settled: SettledQuestions | null = null

  constructor(index: SearchIndex) {
    this.index = index
    this.#sounds = new SoundTable(knownCharacters(index))
    this.#scores = new Float32Array(index.clauseOfUnit.length)
  }

  /** Takes these in place of the hints learned before. */
  learn(hints: LearnedHints): void {
    this.#settled = hints.hints.length > 0 ? new SettledQuestions(this.index, hints) : null
  }

  search(asked: SearchQuestion): SearchResult {
    const found = this.#searchText(asked)
    return this.#settled?.apply(found, asked) ?? found
  }

  #searchText({ question, history = [], readers = [], limit = 5 }: SearchQuestion): SearchResult {
    const shelf = this.#shelfFor(readers)
    const reading = this.#read(question, history, shelf)
    // Where no word is known there is nothing to go by, and the hints would fall back on their commonest clause.
    const known = [...reading.features.keys()].some((term) => shelf.frequency(term) > 0)
    if (shelf.view.units === 0 || !known) return { hits: [], doubt: 1, evidence: null, reading }
    const readings = shelf.hints.map((hints): DocumentReading => {
      const said = readWithHints(hints.model, reading.features)
      return { hints, said, similarities: similarityByTarget(hints.model, said) }
    })
    const hits = this.#rank(this.#scoreByWords(reading, shelf), readings, limit)
    const number = clauseAskedFor(question)
    if (number !== null) {
      const found = clausesNumbered(this.index, number, readers)
      if (found.length === 0) return { hits, doubt: 1, evidence: null, reading }
      return { hits: found, doubt: 0, evidence: null, reading }
    }
    const evidence = this.#evidence(question, reading, hits, readings, shelf)
    return { hits, doubt: evidence ? doubtAbout(evidence) : 1, evidence, reading }
  }

  /**
   * Takes over who may see what today, before the index is built anew: a document that was closed or removed must
   * not stay open for as long as building takes, or fails. Of a newer version only what both allow holds meanwhile.
   */
  restrict(current: readonly Pick<DocumentVersion, 'document' | 'version' | 'visibility'>[]): void {
    for (const document of this.index.documents) {
      const now = current.find((candidate) => candidate.document === document.document)
      if (!now) document.visibility = nobody
      else if (now.version === document.version) document.visibility = now.visibility
      else document.visibility = stricterOf(document.visibility, now.visibility)
    }
    this.#shelves.clear()
  }

  /** Whether there is such a document today and the readers may not see it; then no older version stands in for it. */
  hides(document: string, readers: readonly Reader[]): boolean {
    const found = this.index.documents.find((candidate) => candidate.document === document)
    return found !== undefined && !isVisibleTo(found.visibility, readers)
  }

  /** A clause of a current document that the readers may see, with its neighbours; null where there is none. */
  openClause(document: string, key: string, readers: readonly Reader[]): OpenedClause | null {
    const found = this.index.documents.find((candidate) => candidate.document === document)
    if (!found || !isVisibleTo(found.visibility, readers)) return null
    const end = found.firstClause + found.clauseCount
    for (let number = found.firstClause; number < end; number++) {
      const clause = this.index.readClause(number)
      if (clause.key !== key) continue
      const at = (other: number) =>
        other >= found.firstClause && other < end ? this.index.readClause(other) : null
      return { document: found, clause, previous: at(number - 1), next: at(number + 1) }
    }
    return null
  }

  #shelfFor(readers: readonly Reader[]): Shelf {
    const visible = this.index.documents.map(({ visibility }) => isVisibleTo(visibility, readers))
    const key = visible.map(Number).join('')
    let shelf = this.#shelves.get(key)
    if (!shelf) {
      shelf = this.#makeShelf(visible)
      if (this.#shelves.size >= mostShelves) this.#shelves.clear()
      this.#shelves.set(key, shelf)
    }
    return shelf
  }

  #makeShelf(visible: readonly boolean[]): Shelf {
    const { clauseOfUnit, documentOfClause, postings } = this.index
    const mask = visible.every(Boolean)
      ? null
      : Uint8Array.from(clauseOfUnit, (clause) => Number(visible[documentOfClause[clause]!]))
    const view = viewOf(postings, mask)
    const hints = this.index.hints.filter(({ document }) => visible[document])
    const frequency = (term: Term) => {
      let known = documentFrequency(postings, term, view)
      for (const { model } of hints) {
        const column = findTerm(model.terms, term)
        if (column >= 0) known += model.starts[column + 1]! - model.starts[column]!
      }
      return known
    }
    return { view, hints, frequency }
  }

  #read(question: string, history: readonly string[], { frequency }: Shelf): QuestionReading {
    const { vocabulary, commonWords } = this.index
    const read = (text: string) => readQuestion(text, vocabulary, frequency, this.#sounds, commonWords)
    const reading = read(question)
    let weight = history.length > 0 ? historyShare(question) : 0
    if (weight === 0) return reading
    const features = new Map(reading.features)
    for (const turn of history.slice(-turnsRemembered).reverse()) {
      // A turn that itself pointed back names no subject; the one that did must not count less for it.
      const vague = historyShare(turn) > 0.3
      const share = vague ? weight / 2 : weight
      for (const [term, value] of read(turn).features) {
        if (!features.has(term)) features.set(term, value * share)
      }
      if (!vague) weight /= 2
    }
    return { ...reading, features }
  }

  /** Clause numbers with the share of the question's worth that their words carry, for the best of them. */
  #scoreByWords({ features }: QuestionReading, { view }: Shelf): Map<number, number> {
    const query = new Map<Term, number>()
    let ideal = 0
    for (const [term, weight] of features) {
      const share = term < 0x10000 ? weight * unigramShare : weight
      query.set(term, share)
      const frequency = documentFrequency(this.index.postings, term, view)
      ideal += share * inverseFrequency(frequency, view.units) * (bm25.k1 + 1)
    }
    const scores = this.#scores.fill(0)
    addBm25(this.index.postings, query, view, bm25, scores)
    const best = this.#bestClauses(scores)
    return new Map(best.map(([number, score]) => [number, score / (ideal || 1)]))
  }

  #bestClauses(scores: Float32Array): [clause: number, score: number][] {
    const best = new Map<number, number>()
    const top = () => [...best].sort((a, b) => b[1] - a[1]).slice(0, candidatesKept)
    let least = 0
    for (let unit = 0; unit < scores.length; unit++) {
      const score = scores[unit]!
      if (score <= least) continue
      const clause = this.index.clauseOfUnit[unit]!
      if ((best.get(clause) ?? 0) < score) best.set(clause, score)
      if (best.size < candidatesKept * 4) continue
      const kept = top()
      best.clear()
      for (const [number, value] of kept) best.set(number, value)
      least = kept.at(-1)![1]
    }
    return top()
  }

  #rank(byWords: ReadonlyMap<number, number>, readings: readonly DocumentReading[], limit: number): Hit[] {
    const scores = new Map(byWords)
    const chances = new Map<number, number>()
    for (const { hints, said, similarities } of readings) {
      const { firstClause, clauseCount } = this.index.documents[hints.document]!
      // Whether the document settles the question at all is for the doubt to say, not for the order.
      const settled = 1 - said.chances[clauseCount]!
      const hinted = Array.from({ length: clauseCount }, (_, target) => {
        const chance = settled > 0 ? said.chances[target]! / settled : 0
        chances.set(firstClause + target, chance)
        // Where few clauses have hints, those without would be pushed down by what was learned of the others.
        return similarityShare * similarities[target]! + hints.hintedShare * chance
      })
      // A document with hints must not push aside those without on questions that are strange to its hints. What
      // is taken off is the same for all its clauses, so their order stays.
      const strangeness = 1 - familiarityOf(similarities) * settled
      const handicap = strangeness * Math.max(...hinted)
      hinted.forEach((share, target) => {
        const number = firstClause + target
        scores.set(number, (scores.get(number) ?? 0) + share - handicap)
      })
    }
    const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit)
    return best.map(([number, score]) => ({
      document: this.index.documents[this.index.documentOfClause[number]!]!,
      clause: this.index.readClause(number),
      score,
      chance: chances.get(number) ?? 0,
      hinted: readings.flatMap((reading) => this.#hintedPassages(number, reading)),
    }))
  }

  #hintedPassages(number: number, { hints, said }: DocumentReading): Hit['hinted'] {
    const { firstClause, clauseCount } = this.index.documents[hints.document]!
    const target = number - firstClause
    if (target < 0 || target >= clauseCount) return []
    return hints.passages
      .filter((passage) => passage.target === target)
      .map(({ passage, english, start, end }) => ({
        passage,
        english,
        similarity: said.similarities.subarray(start, end).reduce((most, one) => Math.max(most, one), 0),
      }))
      .sort((a, b) => b.similarity - a.similarity)
  }

  #evidence(
    question: string,
    reading: QuestionReading,
    hits: readonly Hit[],
    readings: readonly DocumentReading[],
    { view }: Shelf,
  ): Evidence | null {
    const best = hits[0]
    if (!best) return null
    const said = readings.find(({ hints }) => this.index.documents[hints.document] === best.document)
    const worth = (term: Term) =>
      inverseFrequency(documentFrequency(this.index.postings, term, view), view.units)
    return { question, best, said, coverage: coverageOf(reading, best, worth) }
  }
}
