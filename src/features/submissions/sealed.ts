import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Reads } from '../../people/people.ts'
import { openText, sealText } from '../../seal/matters.ts'
import { sealCard, sealCardOfMany } from '../../seal/sealed-card.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { Part } from './life/life.ts'
import { nameMatter, place, type SubmissionRow } from './records.ts'

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
 * is opened on its way to the platform. Cards for the author lie under another key than those for others: by a key that
 * both have, whoever reads the rows without `DATA_KEY` would find from the record to the account that sent it in.
 */
export async function sealedCard(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  row: Pick<SubmissionRow, 'id' | 'sealed' | 'erased_at'>,
  card: Card,
  language: Language,
  whose: 'author' | 'others' = 'others',
): Promise<Card> {
  // Of what was erased nothing is left to hide, and no new key is made.
  if (row.sealed === 0 || row.erased_at !== null) return card
  return sealCard(trx, sealer, whose === 'author' ? row.id : othersMatter(row.id), card, language)
}

/** As `sealedCard`, of a card that names several records. */
export async function sealedListCard(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  rows: readonly Pick<SubmissionRow, 'id' | 'sealed' | 'erased_at'>[],
  card: Card,
  language: Language,
  whose: 'author' | 'others',
): Promise<Card> {
  const secret = rows.filter(({ sealed, erased_at }) => sealed === 1 && erased_at === null)
  const matters = secret.map(({ id }) => (whose === 'author' ? id : othersMatter(id)))
  return sealCardOfMany(trx, sealer, matters, card, language)
}

/** The side on which somebody reads a record. */
export function readingSide({ as }: Pick<Part, 'as'>): 'author' | 'others' {
  return as.includes('author') ? 'author' : 'others'
}

/** The matter of what those who work on a record are shown. */
function othersMatter(id: string): string {
  return `${id} others`
}

/** Everything under which something of a record lies. */
export function mattersOf(id: string): string[] {
  return [id, nameMatter(id), othersMatter(id)]
}
