import type { Language } from '../../chat/language.ts'
import { explainFounding } from '../../guideline/explain-founding.ts'
import { adviseFounding, isBorneByClause } from '../../guideline/founding-rule.ts'
import { asksAboutFounding, readSituation } from '../../guideline/read-situation.ts'
import { asksForDetail } from '../../knowledge/search/asked-detail.ts'
import type { Hit } from '../../knowledge/search/search-engine.ts'

/** The rule in words, and the clause that bears it. */
export interface Ruling {
  text: string
  hit: Hit
}

/**
 * Clause 10 applied to the numbers in a question. Null where the question tells of no staff, and where no clause
 * found bears the rule: on another document, or after the guideline has changed, nothing is ruled. A clause that
 * was found but not chosen counts only for a question that is plainly about founding.
 */
export function applyFoundingRule(
  question: string,
  chosen: readonly Hit[],
  found: readonly Hit[],
  language: Language,
): Ruling | null {
  const situation = readSituation(question)
  // Who asks for an amount, a date or papers wants another answer than the rule.
  if (!situation || asksForDetail(question)) return null
  const advice = adviseFounding(situation)
  const hit = (asksAboutFounding(question) ? found : chosen).find(
    ({ document, clause }) => document.document === 'guideline' && isBorneByClause(advice, clause.text),
  )
  return hit ? { text: explainFounding(advice, language), hit } : null
}
