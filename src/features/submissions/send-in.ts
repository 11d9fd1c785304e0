import { createHash } from 'node:crypto'
import type { Account } from '../../chat/incoming.ts'
import { accountKey } from '../../chat/keys.ts'
import type { Language } from '../../chat/language.ts'
import { publish } from '../../events/publish.ts'
import type { FormValues } from '../../forms/definition.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { routeOf } from '../../people/route.ts'
import { concealedId, sealText } from '../../seal/matters.ts'
import type { Trx } from '../../store/store.ts'
import { attachmentsOf, holdFiles, keepFiles } from './attachments.ts'
import { startClocks } from './clocks.ts'
import { askCoAuthors } from './co-authors.ts'
import type { SubmissionsContext } from './context.ts'
import { subjectOf } from './edit-content.ts'
import { expectedOf } from './expected.ts'
import { nomineeOf, placeOfNominee } from './nominee.ts'
import { nameMatter, openRow, place, type Submission, type SubmissionRow } from './records.ts'
import { mattersOf, sealed } from './sealed.ts'
import { keepText } from './search/keep-text.ts'
import { tellNext } from './tell.ts'

/** A record that is to be made. */
export interface NewSubmission {
  /** Made of the draft, the import's row…: the same again is the same record. */
  id: string
  kind: string
  version: number
  naming: SubmissionRow['naming']
  values: FormValues
  author: { account: Account | null; person: string | null; name: string }
  /** The organisation whose it is; undefined: where the author works. */
  organisation?: string | null
  enteredBy: string | null
  origin: SubmissionRow['origin']
  language: Language
  inGroup: boolean
  /** SHA-256 of number and receipt code, by the number; null: the author needs none. */
  receiptHash: ((number: string) => string) | null
  /** Of an old ledger: no time begins, and nobody is told or asked. Default false. */
  quietly?: boolean
  now: Date
}

/** Registers and numbers it, seals what is to be sealed, begins its times, tells those who must act first. */
export async function sendIn(
  trx: Trx,
  context: SubmissionsContext,
  given: NewSubmission,
): Promise<Submission> {
  const { kinds, sealer } = context
  const { author, now } = given
  const kind = kinds.of(given)
  const isSealed = kind.sealed || given.naming !== 'signed'
  // Draft and record share no id that is kept, for the draft's row says whose it is.
  const id = isSealed ? concealedId(sealer, given.id) : given.id
  const there = await trx.selectFrom('submission').selectAll().where('id', '=', id).executeTakeFirst()
  if (there) return openRow(trx, context, there)
  if (!kind.naming.includes(given.naming)) throw new PlainError('submissions:refused.naming')
  const today = dayInChina(now)
  const route = await routeOf({ db: trx, today }, author.person)
  const organisation = given.organisation === undefined ? route.organisation : given.organisation
  const fields = kind.pages.flatMap((page) => page.fields)
  const values = await keepFiles(trx, context, { id, sealed: isSealed ? 1 : 0 }, fields, given.values)
  const number = await nextNumber(trx, kind.prefix, Number(today.slice(0, 4)))
  const subject = subjectOf(kind, values)
  const whose = JSON.stringify(author)
  const nominee = nomineeOf(kind, values)
  // An old ledger says itself where its records lie.
  const { speaking } = await placeOfNominee(trx, given.quietly ? null : nominee, today)
  const row: SubmissionRow = {
    ...{ id, number, kind: kind.kind, version: kind.version, naming: given.naming },
    variety: varietyOf(kind, values),
    ...{ state: kind.start, revision: 1, stage: 1 },
    ...{ organisation, lies_with: speaking ?? organisation },
    author: isSealed ? null : author.person,
    entered_by: given.enteredBy,
    author_account: isSealed || !author.account ? null : accountKey(author.account),
    pseudonym: isSealed ? pseudonymOf(id) : '',
    sealed: isSealed ? 1 : 0,
    author_sealed: null,
    author_tag: isSealed
      ? sealer.tag(author.person ?? (author.account ? accountKey(author.account) : id))
      : null,
    subject,
    content: JSON.stringify(values),
    // Of a sealed record nothing lies open but what it takes to handle it.
    expected: isSealed ? null : expectedOf(kind, values),
    ...{ published: null, proposed: null, erased_at: null },
    language: given.language,
    in_group: given.inGroup ? 1 : 0,
    ...{ handler: null, owner: null, verifier: null, priority: null, due_day: null, benefit: null },
    ...{ award: null, nominee, granted: null, used: null },
    ...{ merged_into: null, reopened: 0 },
    receipt_hash: given.receiptHash?.(number) ?? null,
    origin: given.origin,
    ...{ submitted_at: now.toISOString(), since: now.toISOString(), due_at: null, closed_at: null },
  }
  if (isSealed) {
    const seal = (column: string, text: string, matter = id) =>
      sealText(trx, sealer, matter, place(id, column), text)
    row.subject = await seal('subject', subject)
    row.content = await seal('content', row.content)
    row.author_sealed = await seal('author_sealed', whose, nameMatter(id))
    // Whoever merely looks at it later changes nothing, so every key is made here.
    for (const matter of mattersOf(id)) await seal('key', '', matter)
  }
  await trx.insertInto('submission').values(row).execute()
  await trx
    .insertInto('submission_history')
    .values({
      submission: id,
      ...{ revision: 1, action: 'send-in', from_state: '', to_state: kind.start, part: 'author' },
      // Whoever entered it; whose it is stands in the record.
      by: given.enteredBy ?? (isSealed ? null : author.person),
      input: await sealed(trx, context, row, 'history 1', '{}'),
      at: now.toISOString(),
    })
    .execute()
  const opened = await openRow(trx, context, row)
  if (given.quietly) {
    await keepText(trx, context, opened)
    return opened
  }
  const due = await startClocks(trx, opened, now)
  const due_at = due?.toISOString() ?? null
  await trx.updateTable('submission').set({ due_at }).where('id', '=', id).execute()
  const submission = { ...opened, row: { ...opened.row, due_at } }
  await keepText(trx, context, submission)
  await holdFiles(trx, context, submission.row, attachmentsOf(submission))
  await askCoAuthors(trx, context, submission, now)
  await tellNext(trx, context, submission, now)
  if (!isSealed) {
    const sent = { submission: id, kind: row.kind, organisation, person: author.person, day: today }
    await publish(trx, 'submission.sent', sent, now)
  }
  return submission
}

function varietyOf({ pages, varieties }: Submission['kind'], values: FormValues): string {
  const field = pages.flatMap((page) => page.fields).find(({ sets }) => sets === 'variety')
  const chosen = field && values[field.name]
  return typeof chosen === 'string' ? chosen : (varieties[0]?.value ?? '')
}

/** What stands for an author: the same within a record, another in each. */
function pseudonymOf(id: string): string {
  return createHash('sha256').update(`pseudonym ${id}`).digest('hex').slice(0, 6).toUpperCase()
}
