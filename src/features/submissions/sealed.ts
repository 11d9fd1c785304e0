import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Reads } from '../../people/people.ts'
import { openText, sealText } from '../../seal/matters.ts'
import { sealCard } from '../../seal/sealed-card.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import { place, type SubmissionRow } from './records.ts'

/** A text as it is kept beside a record: encrypted where the record is sealed, nothing where it was erased. */
export async function sealed(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  row: Pick<SubmissionRow, 'id' | 'sealed' | 'erased_at'>,
  column: string,
  text: string,
): Promise<string> {
  if (row.sealed === 0) return text
  return row.erased_at === null ? sealText(trx, sealer, row.id, place(row.id, column), text) : ''
}

/** The same back; empty where the record was erased. */
export async function unsealed(
  db: Reads,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  row: Pick<SubmissionRow, 'id' | 'sealed'>,
  column: string,
  kept: string,
): Promise<string> {
  if (row.sealed === 0 || kept === '') return kept
  return (await openText(db, sealer, row.id, place(row.id, column), kept)) ?? ''
}

/**
 * A card about a record, as it may be said or handed back: where the record is sealed it lies nowhere in the open, and
 * is opened on its way to the platform.
 */
export async function sealedCard(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  row: Pick<SubmissionRow, 'id' | 'sealed'>,
  card: Card,
  language: Language,
): Promise<Card> {
  return row.sealed === 0 ? card : sealCard(trx, sealer, row.id, card, language)
}
