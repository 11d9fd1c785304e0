import { readFileSync } from 'node:fs'
import type { ComposeClause } from '../../src/features/policy/compose/clause-text.ts'
import { parseDocument } from '../../src/knowledge/parse/parse-document.ts'

const raw = readFileSync(new URL('../data/guideline-raw.txt', import.meta.url), 'utf8')

/** The guideline as the model gets it, in reading order: the preamble, then the seventeen clauses. */
export const guidelineClauses: ComposeClause[] = parseDocument(raw, 'txt').clauses.map((clause) => ({
  document: 'guideline',
  key: clause.key,
  label: clause.label,
  title: '关于加强国有企业科协组织建设的意见',
  text: clause.text,
}))

/** The clause of that number, 1 to 17. */
export function clauseNumber(number: number): ComposeClause {
  return guidelineClauses[number]!
}
