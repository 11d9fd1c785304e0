import { missingDetails } from './asked-detail.ts'
import type { DocumentReading, Hit } from './search-engine.ts'

/** What is known of how well the best clause answers. */
export interface Evidence {
  question: string
  best: Hit
  /** What the hints of its document say; undefined where it has none. */
  said: DocumentReading | undefined
  /** Share of the worth of the question's words that the clause carries, 0 to 1. */
  coverage: number
}

/** From this doubt on the bot says that the documents do not answer; the weights below are made for it. */
export const refusalDoubt = 0.5
/** From this doubt on an answer is shown as the nearest there is, for the person to judge. */
export const tentativeDoubt = 0.3

/**
 * Weights of a logistic regression on the development and tuning questions (bench/fit-doubt.ts prints them; a
 * fivefold cross-validation stands in docs/search.md). In the order of {@link hintedEvidence}.
 */
const hintedWeights = [-0.32, 1.09, 12.3, 3.4, 1.37, 0]

/**
 * For documents without hints there is only the wording. Questions of laymen share few words with the clause that
 * answers them (a quarter of their worth is usual, a tenth is not rare), so only the plainly strange is refused:
 * a wrong refusal helps nobody, while a doubtful clause is shown as such.
 */
const plainWeights = { bias: 2, coverage: -17, missing: 1.5 }

/** Below both, neither the clause's words nor its hints have to do with the question: chatter, orders to a machine. */
const strange = { coverage: 0.04, chance: 0.2 }

/**
 * The evidence as numbers: a constant, how far the learned chance speaks for “not settled” (log odds), how much
 * nearer the nearest unsettled example is than the nearest settled one, whether an asked-for detail (an amount, a
 * date) is missing in the clause, how clear the first place is, and the covered share of the words.
 */
export function hintedEvidence({
  question,
  best,
  said,
  coverage,
}: Evidence & { said: DocumentReading }): number[] {
  const unsettled = said.similarities.length - 1
  const settled = Math.max(...said.similarities.subarray(0, unsettled))
  const chance = Math.min(0.999, Math.max(0.001, said.said.chances[unsettled]!))
  return [
    1,
    Math.log(chance / (1 - chance)),
    said.similarities[unsettled]! - settled,
    missingDetails(question, best.clause.text).length > 0 ? 1 : 0,
    best.chance,
    coverage,
  ]
}

/** How likely it is that the documents do not answer, 0 to 1. */
export function doubtAbout(evidence: Evidence): number {
  const { question, best, said, coverage } = evidence
  if (said) {
    if (coverage < strange.coverage && best.chance < strange.chance) return 1
    return logistic(
      hintedEvidence({ ...evidence, said }).reduce((sum, value, i) => sum + value * hintedWeights[i]!, 0),
    )
  }
  const missing = missingDetails(question, best.clause.text).length > 0 ? plainWeights.missing : 0
  return logistic(plainWeights.bias + plainWeights.coverage * coverage + missing)
}

function logistic(sum: number): number {
  return 1 / (1 + Math.exp(-sum))
}
