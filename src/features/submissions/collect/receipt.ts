import { randomUUID } from 'node:crypto'
import { PlainError } from '../../../messages/plain-error.ts'
import { checkReceipt } from '../../../people/receipt-code.ts'
import type { Trx } from '../../../store/store.ts'
import { act } from '../act.ts'
import { deliver } from '../comments.ts'
import type { SubmissionsContext } from '../context.ts'
import { normaliseNumber, openRow, type Submission } from '../records.ts'
import { sealed } from '../sealed.ts'

/** What somebody typed to follow up what they sent in. */
export interface Receipt {
  number: string
  code: string
  /** The account or network address that asks, by which wrong codes are counted. */
  who: string
}

export type FetchOutcome = { outcome: 'found'; submission: Submission } | { outcome: 'wrong' | 'too-many' }

/** Code points of a comment. */
export const longestComment = 1000
const mostComments = 20

/** The record of a number and its receipt code. */
export async function fetchByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  { number, code, who }: Receipt,
  now: Date,
): Promise<FetchOutcome> {
  const wanted = normaliseNumber(number)
  const row = await trx.selectFrom('submission').selectAll().where('number', '=', wanted).executeTakeFirst()
  const hash = row?.receipt_hash ?? null
  const checked = await checkReceipt(trx, { number: wanted, code, hash, who, now })
  if (checked !== 'right') return { outcome: checked }
  return row ? { outcome: 'found', submission: await openRow(trx, context, row) } : { outcome: 'wrong' }
}

/** What an author may do once for all, known by the code alone. */
type LastWord = 'withdraw' | 'erase'

/** The action by which an author takes it back, or has it erased, now; null: it is too late, or not of that kind. */
export function lastWordOf({ kind, row }: Submission, wanted: LastWord): string | null {
  if (wanted === 'erase' && (row.sealed === 0 || row.erased_at !== null)) return null
  const found = Object.entries(kind.actions).find(
    ([, { does, from }]) => does.includes(wanted) && from.includes(row.state),
  )
  return found ? found[0] : null
}

/** Does it. Throws PlainError where it is too late. */
export async function endByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  wanted: LastWord,
  now: Date,
): Promise<void> {
  const action = lastWordOf(submission, wanted)
  if (action === null) throw new PlainError('submissions:refused.not-now')
  await act(trx, context, {
    submission: submission.row.id,
    action,
    by: 'receipt',
    seen: null,
    input: {},
    now,
  })
}

/**
 * What the author adds, put before those who have it now. Gives how many of them were reached. Throws PlainError where it
 * is empty or too long.
 */
export async function commentByReceipt(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  given: string,
  now: Date,
): Promise<number> {
  const text = given.toWellFormed().replaceAll('\0', '').trim()
  const { row, kind } = submission
  if (text === '' || Array.from(text).length > longestComment) {
    throw new PlainError('submissions:code.comment-length', { most: longestComment })
  }
  if (kind.states[row.state]?.final) throw new PlainError('submissions:refused.not-now')
  const own = trx
    .selectFrom('submission_comment')
    .select('id')
    .where('submission', '=', row.id)
    .where('part', '=', 'author')
  if ((await own.limit(mostComments).execute()).length === mostComments) {
    throw new PlainError('submissions:code.comments-full')
  }
  const id = randomUUID()
  await trx
    .insertInto('submission_comment')
    .values({
      ...{ id, submission: row.id, part: 'author', person: null, at: now.toISOString() },
      text: await sealed(trx, context, row, `comment ${id}`, text),
    })
    .execute()
  return deliver(trx, context, submission, { id, side: 'author', person: null, text }, now)
}
