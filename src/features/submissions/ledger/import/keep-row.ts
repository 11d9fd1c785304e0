import { createHash } from 'node:crypto'
import type { Language } from '../../../../chat/language.ts'
import { concealedId } from '../../../../seal/matters.ts'
import type { Trx } from '../../../../store/store.ts'
import type { SubmissionsContext } from '../../context.ts'
import type { Kind } from '../../definition/schema.ts'
import type { SubmissionRow } from '../../records.ts'
import { sealed } from '../../sealed.ts'
import { sendIn } from '../../send-in.ts'
import { cellNames } from './cell-values.ts'
import type { LedgerRow } from './parse-row.ts'
import type { Names } from './who-and-where.ts'

/** What by itself tells a row from all others: the same again is the same record, whatever became of it since. */
export function rowKey(
  kind: Kind,
  { originalNumber, subject, author, organisation, submitted }: LedgerRow,
): string {
  const identity = JSON.stringify([kind.kind, originalNumber, subject, author, organisation, submitted])
  return `import-${createHash('sha256').update(identity).digest('hex').slice(0, 40)}`
}

/** The number of the record that a row became before; null: it is new. */
export async function numberOfRow(
  trx: Trx,
  { sealer }: Pick<SubmissionsContext, 'sealer'>,
  key: string,
): Promise<string | null> {
  const row = await trx
    .selectFrom('submission')
    .select('number')
    .where('id', 'in', [key, concealedId(sealer, key)])
    .executeTakeFirst()
  return row?.number ?? null
}

export interface KeepOptions {
  kind: Kind
  names: Names
  organisation: string | null
  /** Who imports; null: at the machine itself. */
  by: string | null
  language: Language
  /** `YYYY-MM-DD`: when it was sent in. */
  submitted: string
  now: Date
}

/** Makes a record of a row: numbered by its year, in the state it has, with its history; nobody is told. */
export async function keepRow(
  trx: Trx,
  context: SubmissionsContext,
  row: LedgerRow,
  { kind, names, organisation, by, language, submitted, now }: KeepOptions,
): Promise<string> {
  const [first = '', ...others] = cellNames(row.author)
  const author = first === '' ? null : names.person(first, organisation)
  const together = [...new Set([...others, ...row.coAuthors])]
  const unknown = together.filter((name) => names.person(name, organisation) === null)
  const { row: made } = await sendIn(trx, context, {
    ...{ id: rowKey(kind, row), kind: kind.kind, version: kind.version },
    naming: kind.naming.includes('signed') ? 'signed' : kind.naming[0]!,
    values: {
      ...row.values,
      ...(row.originalNumber === '' ? {} : { originalNumber: row.originalNumber }),
      ...(author === null && first !== '' ? { guestName: first } : {}),
      ...(unknown.length > 0 ? { coAuthorNames: unknown } : {}),
    },
    author: { account: null, person: author, name: first },
    ...{ organisation, enteredBy: by, origin: 'import', language, inGroup: false, receiptHash: null },
    quietly: true,
    now: new Date(`${submitted}T00:00:00+08:00`),
  })
  await keepStanding(trx, context, made, row, { kind, names, organisation, by, now })
  if (made.sealed === 0) await keepCoAuthors(trx, made, together, { names, organisation })
  return made.number
}

async function keepStanding(
  trx: Trx,
  context: SubmissionsContext,
  made: SubmissionRow,
  row: LedgerRow,
  { kind, names, organisation, by, now }: Pick<KeepOptions, 'kind' | 'names' | 'organisation' | 'by' | 'now'>,
): Promise<void> {
  const at = now.toISOString()
  const states = row.states.length > 0 ? row.states : [kind.start]
  let from = kind.start
  for (const [i, to] of states.entries()) {
    const revision = i + 2
    await trx
      .insertInto('submission_history')
      .values({
        ...{ submission: made.id, revision, action: 'import', from_state: from, to_state: to },
        ...{ by, part: 'handler', at },
        input: await sealed(trx, context, made, `history ${revision}`, '{}'),
      })
      .execute()
    from = to
  }
  const person = (name: string) => (name === '' ? null : names.person(cellNames(name)[0] ?? '', organisation))
  const closed =
    row.closed === null ? made.submitted_at : new Date(`${row.closed}T00:00:00+08:00`).toISOString()
  await trx
    .updateTable('submission')
    .set({
      ...{ state: from, revision: states.length + 1, stage: states.length + 1 },
      ...{ benefit: row.benefit, granted: row.granted, used: row.used, award: row.award, due_day: row.due },
      ...{ handler: person(row.handler), owner: person(row.owner), verifier: person(row.verifier) },
      since: row.closed === null ? made.submitted_at : closed,
      closed_at: kind.states[from]?.final ? closed : null,
    })
    .where('id', '=', made.id)
    .execute()
}

/** An old ledger says who had it together: they are not asked again. */
async function keepCoAuthors(
  trx: Trx,
  { id, author }: SubmissionRow,
  together: readonly string[],
  { names, organisation }: Pick<KeepOptions, 'names' | 'organisation'>,
): Promise<void> {
  const people = new Set(together.flatMap((name) => names.person(name, organisation) ?? []))
  for (const person of people) {
    if (person === author) continue
    await trx
      .insertInto('submission_author')
      .values({ submission: id, person, confirmed: 1, merged_from: null })
      .onConflict((conflict) => conflict.columns(['submission', 'person']).doNothing())
      .execute()
  }
}
