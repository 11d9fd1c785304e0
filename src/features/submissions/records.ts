import type { Account } from '../../chat/incoming.ts'
import type { FormValues } from '../../forms/definition.ts'
import type { Reads } from '../../people/people.ts'
import type { SubmissionTable } from '../../store/tables/submissions.ts'
import type { SubmissionsContext } from './context.ts'
import type { Kind } from './definition/schema.ts'

export type SubmissionRow = SubmissionTable

/** A record as the house works with it: what is sealed is open here, so it is handed to nobody as a whole. */
export interface Submission {
  row: SubmissionRow
  kind: Kind
  /** One line. */
  subject: string
  /** By field name, as the form checked them. */
  values: FormValues
  /** Null where nobody can be named: erased. */
  author: Author | null
}

/** Whoever sent it in. */
export interface Author {
  /** Null: a guest. */
  person: string | null
  /** Where they are told; null: nowhere. */
  account: Account | null
  /** Of a guest, as they gave it; else the person's name. */
  name: string
}

/** By id or number. Throws PlainError `submissions:gone` where there is none. */
export async function readSubmission(
  _db: Reads,
  _context: SubmissionsContext,
  _idOrNumber: string,
): Promise<Submission> {
  throw new Error('not made yet')
}
