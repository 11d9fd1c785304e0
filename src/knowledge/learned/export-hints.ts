import { stringify } from 'yaml'
import type { DocumentVersion } from '../clause.ts'
import type { LearnedHint } from '../search/learned-hints.ts'
import { normalise } from '../search/normalise.ts'
import { termsOf } from '../search/terms.ts'

/**
 * Learned questions of one document in the form of `knowledge/hints/*.yaml`, for an editor to take over into the
 * authored ones. The passage of each is the sentence that shares most with the question: a proposal, to be looked at.
 * Questions whose clause the version does not hold are left out.
 */
export function hintsAsYaml(
  { document, clauses }: DocumentVersion,
  hints: readonly Pick<LearnedHint, 'question' | 'key'>[],
): string {
  const passages = new Map<string, Map<string, string[]>>()
  for (const { key, text } of clauses) {
    for (const { question } of hints.filter((hint) => hint.key === key)) {
      const ofClause = passages.get(key) ?? new Map<string, string[]>()
      const passage = nearestSentence(text, question)
      ofClause.set(passage, [...(ofClause.get(passage) ?? []), question])
      passages.set(key, ofClause)
    }
  }
  const content = [...passages].map(([key, ofClause]) => [
    key,
    [...ofClause].map(([passage, questions]) => ({ passage, questions: [...new Set(questions)] })),
  ])
  return stringify({ document, clauses: Object.fromEntries(content) }, { lineWidth: 0 })
}

function nearestSentence(text: string, question: string): string {
  const asked = new Set(termsOf(normalise(question)))
  const sentences = text.match(/[^。；\n]+[。；]?/g)?.map((one) => one.trim()) ?? [text]
  const shared = (sentence: string) =>
    new Set(termsOf(normalise(sentence)).filter((term) => asked.has(term))).size
  return sentences.reduce((best, one) => (shared(one) > shared(best) ? one : best))
}
