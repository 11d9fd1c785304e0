import { withoutFraming } from './framing.ts'
import { normalise } from './normalise.ts'
import type { QuestionReading } from './question-features.ts'
import type { Hit } from './search-engine.ts'
import { type Term, termsOf } from './terms.ts'

/** Share of the worth of the question's words, framing aside, that stand in the clause or its headings, 0 to 1. */
export function coverageOf(
  reading: QuestionReading,
  { clause, document }: Hit,
  worth: (term: Term) => number,
): number {
  const own = new Set(termsOf(normalise([document.title, ...clause.path, clause.text].join(' '))))
  const bare = new Set(termsOf(withoutFraming(reading.meant)))
  let all = 0
  let covered = 0
  for (const [term, weight] of reading.features) {
    if (weight >= 0.7 && !bare.has(term)) continue
    const value = worth(term)
    if (weight >= 0.7) all += value
    if (own.has(term)) covered += value * weight
  }
  return all === 0 ? 0 : Math.min(1, covered / all)
}
