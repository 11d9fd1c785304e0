import { assignClause } from '../../knowledge/learned/hints.ts'
import type { Trx } from '../../store/store.ts'
import { closeGaps } from './close-gaps.ts'

/** A cadre puts an open question under the clause that settles it; it is no gap any longer, whoever asked it. */
export async function assignGap(
  trx: Trx,
  gap: { answer: string; question: string; language: string; account: string },
  clause: { document: string; key: string },
  by: string,
  now: Date,
): Promise<void> {
  const { answer, question, language, account } = gap
  await assignClause(trx, { question, language, ...clause, asker: account }, by, now)
  await closeGaps(trx, { answer, question, clause, by }, now)
}
