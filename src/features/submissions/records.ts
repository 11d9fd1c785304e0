import type { Account } from '../../chat/incoming.ts'
import type { FormValues } from '../../forms/definition.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { accountOfKey } from '../../people/address.ts'
import type { Reads } from '../../people/people.ts'
import { openText } from '../../seal/matters.ts'
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
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  row: SubmissionRow,
): Promise<Submission> {
  const [submission] = await openRows(db, context, [row])
  return submission!
}

/** The same for many, in their order; the authors are read at once. */
export async function openRows(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  rows: readonly SubmissionRow[],
): Promise<Submission[]> {
  const authors = [...new Set(rows.flatMap(({ author }) => author ?? []))]
  const people =
    authors.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', authors).execute()
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const opened: Submission[] = []
  for (const row of rows) {
    opened.push(row.sealed === 0 ? plainRow(context, row, names) : await sealedRow(db, context, row))
  }
  return opened
}

/** The records of these ids, in their order; what is none is left out. */
export async function readSubmissions(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  ids: readonly string[],
): Promise<Submission[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('submission').selectAll().where('id', 'in', ids).execute()
  const opened = new Map((await openRows(db, context, rows)).map((one) => [one.row.id, one]))
  return ids.flatMap((id) => opened.get(id) ?? [])
}

function plainRow(
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  row: SubmissionRow,
  names: ReadonlyMap<string, string>,
): Submission {
  const account = row.author_account === null ? null : accountOfKey(row.author_account)
  const values = JSON.parse(row.content) as FormValues
  const guest = typeof values.guestName === 'string' ? values.guestName : ''
  const name = row.author === null ? guest : (names.get(row.author) ?? guest)
  return {
    row,
    kind: kinds.of(row),
    subject: row.subject,
    values,
    author: { person: row.author, account, name },
  }
}

async function sealedRow(
  db: Reads,
  { kinds, sealer }: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  row: SubmissionRow,
): Promise<Submission> {
  const open = (column: string, sealed: string, matter = row.id) =>
    sealed === '' ? null : openText(db, sealer, matter, place(row.id, column), sealed)
  const author = await open('author_sealed', row.author_sealed ?? '', nameMatter(row.id))
  const content = await open('content', row.content)
  // Erased: the rest of the record stays, for figures and numbers.
  return {
    ...{ row, kind: kinds.of(row) },
    subject: (await open('subject', row.subject)) ?? '',
    values: content === null ? {} : (JSON.parse(content) as FormValues),
    author: author === null ? null : (JSON.parse(author) as Author),
  }
}

/** The matter under which an author's name lies: it can be erased while the record goes on. */
export function nameMatter(id: string): string {
  return `${id} name`
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
