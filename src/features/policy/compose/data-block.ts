import type { ComposeClause } from './clause-text.ts'

/** What a model is given at most, in characters: past this a question is no question, a clause no clause. */
const limits = { question: 1000, earlier: 300, turns: 3, clause: 6000, clauses: 8 }

/**
 * Question and clauses as one message of data. Each part stands between lines that carry the nonce of this
 * request, which nobody who writes a question or a document can know; the brackets of these lines are taken
 * out of the data, so that it cannot even look like one.
 */
export function dataBlock(
  nonce: string,
  question: string,
  history: readonly string[],
  clauses: readonly ComposeClause[],
): string {
  const part = (name: string, text: string) => `⟦${nonce} ${name}⟧\n${text}\n⟦${nonce} end⟧`
  const earlier = history
    .slice(-limits.turns)
    .map((turn) => part('earlier question', clean(turn, limits.earlier)))
  const given = clauses.slice(0, limits.clauses).map((clause) => {
    const name = clean(`clause ${clause.document}/${clause.key}`, 200).replace(/\n/g, ' ')
    return part(name, clean(`${clause.title}\n${clause.text}`, limits.clause))
  })
  return [...given, ...earlier, part('question', clean(question, limits.question))].join('\n')
}

/** Without characters that a person does not see but a model reads, and without the brackets of our own lines. */
function clean(text: string, length: number): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t]/gu, '')
    .replace(/[⟦⟧]/gu, ' ')
    .slice(0, length)
    .toWellFormed()
}
