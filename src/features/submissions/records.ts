import type { Account } from '../../chat/incoming.ts'
import type { FormValues } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { accountOfKey } from '../../people/address.ts'
import { type Reads, readPerson } from '../../people/people.ts'
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

/** By id or number, however it is typed. Throws PlainError where there is none. */
export async function readSubmission(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  idOrNumber: string,
): Promise<Submission> {
  const row = await db
    .selectFrom('submission')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', normaliseNumber(idOrNumber))]),
    )
    .executeTakeFirst()
  if (!row) throw new PlainError('submissions:gone')
  return openRow(db, context, row)
}

/** What a row holds, unsealed. */
export async function openRow(
  db: Reads,
  { kinds, sealer }: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  row: SubmissionRow,
): Promise<Submission> {
  const kind = kinds.of(row)
  if (row.sealed === 0) {
    const person = row.author === null ? null : await readPerson(db, row.author)
    const account = row.author_account === null ? null : accountOfKey(row.author_account)
    const values = JSON.parse(row.content) as FormValues
    const name = person?.name ?? (typeof values.guestName === 'string' ? values.guestName : '')
    return { row, kind, subject: row.subject, values, author: { person: row.author, account, name } }
  }
  const key = await db
    .selectFrom('submission_key')
    .select('wrapped')
    .where('submission', '=', row.id)
    .executeTakeFirst()
  // Erased: the rest of the record stays, for figures and numbers.
  if (!key) return { row, kind, subject: '', values: {}, author: null }
  const open = (column: string, sealed: string) => sealer.open(key.wrapped, place(row.id, column), sealed)
  return {
    row,
    kind,
    subject: open('subject', row.subject),
    values: JSON.parse(open('content', row.content)) as FormValues,
    author:
      row.author_sealed === null ? null : (JSON.parse(open('author_sealed', row.author_sealed)) as Author),
  }
}

/** Names the place of a sealed text, so that it can be opened nowhere else. */
export function place(id: string, column: string): string {
  return `submission ${id} ${column}`
}

/** `jy 2026 7` → `JY-2026-0007`; what looks otherwise comes back as it is. */
export function normaliseNumber(text: string): string {
  const typed = /^\s*([a-z]{2,4})[-–—\s]*(\d{4})[-–—\s]*(\d{1,9})\s*$/i.exec(text.normalize('NFKC'))
  if (!typed) return text
  const [, prefix = '', year = '', number = ''] = typed
  return `${prefix.toUpperCase()}-${year}-${number.padStart(4, '0')}`
}
