import type { Account, Conversation } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { FormValues } from '../../forms/definition.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { Submission, SubmissionRow } from './records.ts'

/** A record that is to be made. */
export interface NewSubmission {
  /** Made of the draft, the import's row…: the same again is the same record. */
  id: string
  kind: string
  version: number
  naming: SubmissionRow['naming']
  values: FormValues
  author: { account: Account | null; person: string | null; name: string }
  /** Null: the author's own. */
  organisation: string | null
  enteredBy: string | null
  origin: SubmissionRow['origin']
  language: Language
  conversation: Conversation | null
  inGroup: boolean
  now: Date
}

/** Registers and numbers it, seals what is to be sealed, sets the clocks, tells those who must act first. */
export async function sendIn(
  _trx: Trx,
  _context: SubmissionsContext,
  _given: NewSubmission,
): Promise<{
  submission: Submission /** For who has no account; null: not needed. */
  receiptCode: string | null
}> {
  throw new Error('not made yet')
}
