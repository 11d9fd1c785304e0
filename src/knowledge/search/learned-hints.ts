import { likeness, type QuestionShape, sameQuestion, shapeOf } from './question-likeness.ts'

/** A question that people have settled: this clause answers it. */
export interface LearnedHint {
  id: string
  question: string
  document: string
  key: string
  /** Who said so: a cadre, or two people whom the answer helped. */
  source: 'cadre' | 'thanks'
  /** When, as an ISO instant. */
  at: string
}

/**
 * A slip costs at most two pairs of neighbours, so a question that is the same shares one of any three. The rarest
 * three are looked at: thousands of hints then cost a few comparisons.
 */
const pairsLookedAt = 3

/** Learned questions, to be looked up by a question that is the same or nearly so. */
export class LearnedHints {
  readonly hints: readonly LearnedHint[]
  readonly #shapes: QuestionShape[]
  readonly #byExact = new Map<string, number[]>()
  readonly #byPair = new Map<string, number[]>()

  constructor(hints: readonly LearnedHint[]) {
    this.hints = hints
    this.#shapes = hints.map(({ question }) => shapeOf(question))
    this.#shapes.forEach(({ exact, pairs }, number) => {
      addTo(this.#byExact, exact, number)
      for (const pair of pairs) addTo(this.#byPair, pair, number)
    })
  }

  /**
   * The number of the hint that is nearest to the question, of those allowed: a cadre's before one from thanks, a
   * later one before an earlier. Null where none is near enough.
   */
  nearest(question: string, allowed: (number: number) => boolean): number | null {
    if (this.hints.length === 0) return null
    const shape = shapeOf(question)
    if (shape.exact === '') return null
    const exact = (this.#byExact.get(shape.exact) ?? []).filter(allowed)
    if (exact.length > 0) return exact.sort((a, b) => this.#compare(a, b))[0]!
    const near = this.#candidates(shape)
      .filter(allowed)
      .map((number) => ({ number, alike: likeness(shape, this.#shapes[number]!) }))
      .filter(({ alike }) => alike >= sameQuestion)
      .sort((a, b) => b.alike - a.alike || this.#compare(a.number, b.number))
    return near[0]?.number ?? null
  }

  #candidates({ pairs }: QuestionShape): number[] {
    const postings = [...pairs]
      .map((pair) => this.#byPair.get(pair) ?? [])
      .sort((a, b) => a.length - b.length)
      .slice(0, pairsLookedAt)
    return [...new Set(postings.flat())]
  }

  #compare(a: number, b: number): number {
    const [one, other] = [this.hints[a]!, this.hints[b]!]
    return (
      Number(other.source === 'cadre') - Number(one.source === 'cadre') ||
      compareText(other.at, one.at) ||
      compareText(one.id, other.id)
    )
  }
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

function addTo(lists: Map<string, number[]>, key: string, number: number): void {
  const list = lists.get(key)
  if (list) list.push(number)
  else lists.set(key, [number])
}
