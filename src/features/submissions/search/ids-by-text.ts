import { askedTerms } from '../../../knowledge/search/text-terms.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import { normaliseNumber } from '../records.ts'
import type { RecordCondition } from '../visible.ts'

export interface FoundPage {
  /** Null: from the first. */
  after: string | null
  size: number
}

export interface FoundIds {
  ids: string[]
  /** Null: there are no more. */
  next: string | null
}

/** As many hits are looked at first, and so many at once at the most: what few may see lies far apart. */
const firstPiece = 200
const largestPiece = 5000

/**
 * Records that hold all the words, the last changed first, or the one with this number.
 * Throws PlainError where `after` is none.
 * @param condition Which of them are let through.
 */
export async function idsByText(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'store'>,
  condition: RecordCondition,
  { after, size, text }: FoundPage & { text: string },
): Promise<FoundIds> {
  const number = normaliseNumber(text)
  const isNumber = context.kinds.everyVersion().some(({ prefix }) => number.startsWith(`${prefix}-`))
  if (isNumber) {
    const query = db.selectFrom('submission').select('id').where('number', '=', number)
    const rows = await query.where(condition).execute()
    return { ids: rows.map(({ id }) => id), next: null }
  }
  const terms = askedTerms(text)
  if (terms.length === 0) return { ids: [], next: null }
  if (after !== null && !/^\d{1,9}$/.test(after)) throw new PlainError('submissions:list.no-page')
  const found: Hit[] = []
  let before = after === null ? null : Number(after)
  let piece = firstPiece
  while (found.length <= size) {
    const seqs = await seqsWith(db, context, terms, { limit: piece, before })
    found.push(...(await letThrough(db, seqs, condition)))
    if (seqs.length < piece) break
    before = seqs.at(-1) ?? null
    piece = Math.min(piece * 5, largestPiece)
  }
  const shown = found.slice(0, size)
  const next = found.length > size ? String(shown.at(-1)?.seq) : null
  return { ids: shown.map(({ id }) => id), next }
}

interface Hit {
  id: string
  seq: number
}

async function seqsWith(
  db: Reads,
  { store }: Pick<SubmissionsContext, 'store'>,
  terms: readonly string[],
  range: { limit: number; before: number | null },
): Promise<number[]> {
  const hits = store.fullText.rowsWith('submission_words', terms, range).as('hit')
  const rows = await db.selectFrom(hits).select('hit.row').execute()
  return rows.map(({ row }) => row)
}

async function letThrough(db: Reads, seqs: readonly number[], condition: RecordCondition): Promise<Hit[]> {
  if (seqs.length === 0) return []
  const texts = await db
    .selectFrom('submission_text')
    .select(['submission', 'seq'])
    .where('seq', 'in', seqs)
    .orderBy('seq', 'desc')
    .execute()
  const ids = texts.map(({ submission }) => submission)
  const open = await db
    .selectFrom('submission')
    .select('id')
    .where('id', 'in', ids)
    .where(condition)
    .execute()
  const isOpen = new Set(open.map(({ id }) => id))
  return texts.flatMap(({ submission: id, seq }) => (isOpen.has(id) ? [{ id, seq }] : []))
}
