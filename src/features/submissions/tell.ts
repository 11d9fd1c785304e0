import type { Language } from '../../chat/language.ts'
import { enqueue, enqueueEdit, type Lane } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { changeCard, recordCard, settledCard } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { possibleActions } from './life/life.ts'
import { receiversOf } from './receivers.ts'
import type { Submission } from './records.ts'
import { partOf } from './relations.ts'
import { standingOf } from './standing.ts'

/**
 * Tells the author what became of it. What is told goes to the author alone, never into the group where it was sent in.
 * @param told The words of the action, filled in; empty: the new state alone.
 */
export async function tellAuthor(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  told: string,
  now: Date,
): Promise<void> {
  const { author, row, kind } = submission
  if (!author) return
  const to =
    (author.person === null ? null : await addressOf(trx, author.person)) ??
    (author.account ? { type: 'account' as const, account: author.account } : null)
  if (!to) return
  const part = await partOf(trx, submission, author.person, dayInChina(now))
  const own = { ...part, as: [...new Set([...part.as, 'author' as const])] }
  const possible = possibleActions(kind, await standingOf(trx, submission), own)
  await enqueue(trx, {
    id: messageId(context, submission, 'author', String(row.revision)),
    to,
    card: changeCard(submission, told, possible, row.language),
    lane: 'confirmation',
    now,
  })
}

/** Puts the record before those who must act now, each with the buttons that are theirs. */
export async function tellNext(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
  {
    why = 'new',
    to,
    lane = 'confirmation',
  }: { why?: 'new' | 'warn' | 'late'; to?: readonly string[]; lane?: Lane } = {},
): Promise<number> {
  const { row, kind, author } = submission
  const part = kind.states[row.state]?.waitsFor
  if (!part) return 0
  const today = dayInChina(now)
  const receivers =
    to ?? (part === 'author' && why === 'new' ? [] : await receiversOf(trx, submission, part, today))
  let reached = 0
  for (const person of receivers) {
    const address = await addressOf(trx, person)
    // Whoever cannot be written to finds it among 待我处理 and in the console.
    if (!address) continue
    const language = await languageOf(trx, person)
    const standing = await standingOf(trx, submission)
    const possible = possibleActions(kind, standing, await partOf(trx, submission, person, today))
    const lead = translate(language, `submissions:tell.${person === author?.person ? 'own' : why}`)
    const message = messageId(context, submission, person, `${row.revision}:${why}`)
    await enqueue(trx, {
      id: message,
      to: address,
      card: await recordCard(trx, submission, possible, language, { lead }),
      lane,
      now,
    })
    await trx
      .insertInto('submission_notice')
      .values({ message, submission: row.id, revision: row.revision, person })
      .onConflict((conflict) => conflict.column('message').doNothing())
      .execute()
    reached += 1
  }
  return reached
}

/**
 * Cards of an earlier state, and those of whoever has just acted, say what became of it; their buttons are gone.
 * @param by Null: nobody whose card it could be.
 */
export async function settleNotices(
  trx: Trx,
  submission: Submission,
  by: string | null,
  now: Date,
): Promise<void> {
  const { id, stage } = submission.row
  const sent = await trx
    .selectFrom('submission_notice')
    .selectAll()
    .where('submission', '=', id)
    .where((where) =>
      where.or([where('revision', '<', stage), ...(by === null ? [] : [where('person', '=', by)])]),
    )
    .execute()
  for (const { message, person } of sent) {
    const card = settledCard(submission, await languageOf(trx, person))
    await enqueueEdit(trx, { of: message, card, now })
    await trx.deleteFrom('submission_notice').where('message', '=', message).execute()
  }
}

/** Of a sealed record the outbox must not show whose it is: an id is then made of a tag. */
function messageId({ sealer }: SubmissionsContext, { row }: Submission, ...matter: string[]): string {
  const id = ['submission', row.id, ...matter].join(':')
  return row.sealed === 1 ? `submission:${sealer.tag(id)}` : id
}

async function languageOf(trx: Trx, person: string): Promise<Language> {
  return (await readPerson(trx, person))?.language ?? 'zh-CN'
}
