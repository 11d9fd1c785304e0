import { isVisibleTo } from '../clause.ts'
import { tentativeDoubt } from './doubt.ts'
import { pointsBack } from './follow-up.ts'
import type { LearnedHints } from './learned-hints.ts'
import { clauseAskedFor } from './named-clause.ts'
import type { Hit, SearchQuestion, SearchResult } from './search-engine.ts'
import type { SearchIndex } from './search-index.ts'

/**
 * What people settled, laid over what search finds in one index. It changes neither the index nor anything worked
 * out from it, so that search without it is search as it was.
 */
export class SettledQuestions {
  readonly #index: SearchIndex
  readonly #hints: LearnedHints
  /** The clause of each hint by its number in the index; -1 where no current version holds it. */
  readonly #clauses: Int32Array

  constructor(index: SearchIndex, hints: LearnedHints) {
    this.#index = index
    this.#hints = hints
    const keys = new Map<string, ReadonlyMap<string, number>>()
    this.#clauses = Int32Array.from(hints.hints, ({ document, key }) => {
      const known = keys.get(document) ?? this.#clausesByKey(document)
      keys.set(document, known)
      return known.get(key) ?? -1
    })
  }

  #clausesByKey(document: string): ReadonlyMap<string, number> {
    const found = this.#index.documents.find((candidate) => candidate.document === document)
    const numbers = Array.from({ length: found?.clauseCount ?? 0 }, (_, i) => found!.firstClause + i)
    return new Map(numbers.map((number) => [this.#index.readClause(number).key, number]))
  }

  #documentOf(clause: number) {
    return this.#index.documents[this.#index.documentOfClause[clause]!]!
  }

  /** What was found, with the settled clause first and no doubt left; unchanged where nothing is settled. */
  apply(
    found: SearchResult,
    { question, history = [], readers = [], limit = 5 }: SearchQuestion,
  ): SearchResult {
    // Whoever names a clause wants that one; what points back means something else each time.
    if (clauseAskedFor(question) !== null || (history.length > 0 && pointsBack(question))) return found
    const number = this.#hints.nearest(question, (hint) => {
      const clause = this.#clauses[hint]!
      return clause >= 0 && isVisibleTo(this.#documentOf(clause).visibility, readers)
    })
    if (number === null) return found
    const document = this.#documentOf(this.#clauses[number]!)
    const clause = this.#index.readClause(this.#clauses[number]!)
    const isIt = (hit: Hit) => hit.document === document && hit.clause.key === clause.key
    const best = found.hits[0]
    const settled = found.hits.find(isIt) ?? { document, clause, score: 0, chance: 0, hinted: [] }
    const first = { ...settled, score: Math.max(settled.score, best?.score ?? 1) }
    return {
      ...found,
      hits: [first, ...found.hits.filter((hit) => !isIt(hit))].slice(0, limit),
      doubt: 0,
      learned: {
        id: this.#hints.hints[number]!.id,
        changed: best === undefined || !isIt(best) || found.doubt >= tentativeDoubt,
      },
    }
  }
}
