import type { AnswerLine } from './ask.ts'

/** A question with what a right answer to it is; see test/data/README.md. */
export interface JudgedQuestion {
  kind: string
  /** Every clause number that a right answer may cite, primary first; empty where the document does not answer. */
  clauses: number[]
  /** Strings of the primary clause; a right answer quotes at least one. */
  must: string[]
}

/** Counts over some questions; {@link ratesOf} makes rates of them. */
export interface Tally {
  answerable: number
  hit1: number
  hit3: number
  must: number
  refusedAnswerable: number
  unanswerable: number
  refusedUnanswerable: number
  cited: number
  citedRight: number
}

/** One rate with its share of successes. */
export interface Rate {
  name: string
  successes: number
  of: number
}

export function emptyTally(): Tally {
  return {
    answerable: 0,
    hit1: 0,
    hit3: 0,
    must: 0,
    refusedAnswerable: 0,
    unanswerable: 0,
    refusedUnanswerable: 0,
    cited: 0,
    citedRight: 0,
  }
}

/** Adds one judged answer. A refusal of an answerable question counts as a miss everywhere. */
export function addToTally(tally: Tally, { clauses, must }: JudgedQuestion, answer: AnswerLine): void {
  if (clauses.length === 0) {
    tally.unanswerable++
    if (answer.refused) tally.refusedUnanswerable++
    return
  }
  tally.answerable++
  if (answer.refused) {
    tally.refusedAnswerable++
    return
  }
  const right = answer.citations.map(({ clause }) => clause !== null && clauses.includes(clause))
  if (right[0]) tally.hit1++
  if (right.slice(0, 3).includes(true)) tally.hit3++
  const quotes = answer.citations.map(({ quote }) => quote.replace(/\s+/g, ''))
  if (must.some((words) => quotes.some((quote) => quote.includes(words.replace(/\s+/g, ''))))) tally.must++
  tally.cited += right.length
  tally.citedRight += right.filter(Boolean).length
}

export function ratesOf(tally: Tally): Rate[] {
  const { answerable, unanswerable, refusedUnanswerable, refusedAnswerable } = tally
  return [
    { name: 'clause hit@1', successes: tally.hit1, of: answerable },
    { name: 'clause hit@3', successes: tally.hit3, of: answerable },
    { name: 'must-rate', successes: tally.must, of: answerable },
    { name: 'cited clauses that are right', successes: tally.citedRight, of: tally.cited },
    {
      name: 'refusal precision',
      successes: refusedUnanswerable,
      of: refusedUnanswerable + refusedAnswerable,
    },
    { name: 'refusal recall', successes: refusedUnanswerable, of: unanswerable },
  ]
}

/** Wilson's 95 % interval of a rate; nothing is known of none out of none. */
export function confidence({ successes, of }: Rate): [low: number, high: number] {
  if (of === 0) return [0, 1]
  const z = 1.96
  const share = successes / of
  const centre = share + z ** 2 / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  const scale = 1 + z ** 2 / of
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)]
}
