import { randomUUID } from 'node:crypto'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../../people/people.ts'
import { headline } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Effect } from '../effects.ts'
import { actionFormOf } from '../forms/action-forms.ts'
import { checkAction } from '../life/life.ts'
import { readSubmission, type Submission, type SubmissionRow } from '../records.ts'
import { partOfAccount } from '../relations.ts'
import { sealed, unsealed } from '../sealed.ts'
import { standingOf } from '../standing.ts'
import { tellWord } from './tell-handlers.ts'

/** An objection as those who settle it read it. */
export interface Objection {
  id: string
  person: string | null
  /** Empty: a guest's. */
  name: string
  /** Whether the author may know whose it is. */
  named: boolean
  text: string
}

/** Those that were not answered yet, the oldest first. */
export async function openObjections(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  { row }: Pick<Submission, 'row'>,
): Promise<Objection[]> {
  const rows = await db
    .selectFrom('submission_objection')
    .selectAll()
    .where('submission', '=', row.id)
    .where('settled', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const open: Objection[] = []
  for (const { id, person, named, text } of rows) {
    open.push({
      ...{ id, person, named: named === 1 },
      name: person === null ? '' : ((await readPerson(db, person))?.name ?? ''),
      text: await unsealed(db, context, row, `objection ${id}`, text),
    })
  }
  return open
}

/** Keeps an objection; each person has one open at a time. Input: `objection`, `named` (`named` or else hidden). */
export async function keepObjection({ trx, context, submission, part, input, now }: Effect): Promise<void> {
  const { row } = submission
  const open = await openObjections(trx, context, submission)
  if (open.some(({ person }) => person === part.person)) throw new PlainError('review:refused.objected')
  const id = randomUUID()
  await trx
    .insertInto('submission_objection')
    .values({
      ...{ id, submission: row.id, person: part.person, settled: null, upheld: 0, at: now.toISOString() },
      named: input.named === 'named' ? 1 : 0,
      text: await sealed(trx, context, row, `objection ${id}`, String(input.objection ?? '')),
    })
    .execute()
}

/**
 * Answers the oldest objection; where the action leads on it is upheld, and all that are open are answered with it.
 * Objectors are told. Input: `finding`. Where others are left, buttons made for this one are old.
 */
export async function answerObjection({
  trx,
  context,
  submission,
  action,
  input,
  now,
}: Effect): Promise<Partial<SubmissionRow>> {
  const { row } = submission
  const open = await openObjections(trx, context, submission)
  const isUpheld = action.to !== 'same'
  const answered = isUpheld ? open : open.slice(0, 1)
  if (answered.length === 0) throw new PlainError('submissions:refused.not-now')
  const finding = String(input.finding ?? '')
  for (const { id, person } of answered) {
    const settled = await sealed(trx, context, row, `finding ${id}`, finding)
    await trx
      .updateTable('submission_objection')
      .set({ settled, upheld: isUpheld ? 1 : 0 })
      .where('id', '=', id)
      .execute()
    if (person === null) continue
    const key = isUpheld ? 'review:objection.upheld' : 'review:objection.answered'
    const word = { to: [person], matter: `objection ${id}` }
    await tellWord(
      trx,
      context,
      submission,
      { ...word, text: (language) => translate(language, key, { finding }) },
      now,
    )
  }
  return open.length > answered.length ? { stage: row.revision + 1 } : {}
}

/**
 * 提出异议 on a public notice, by whoever reads it. What is objected is kept whatever becomes of the record while it is
 * written, as long as it is on notice.
 */
export async function openObjection(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  if (person === null) throw new PlainError('review:refused.sign-in')
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const { row, kind } = submission
  const part = await partOfAccount(trx, submission, { account: action.account, person }, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  const name = Object.keys(kind.actions).find((one) => kind.actions[one]?.does.includes('object')) ?? ''
  const checked = checkAction(kind, await standingOf(trx, submission), part, name)
  const form = actionFormOf(kind, name)
  if (typeof checked === 'string' || form === null) {
    if (checked === 'not-now') throw new PlainError('review:refused.notice-over')
    throw new PlainError(checked === 'own' ? 'submissions:refused.own' : 'submissions:refused.not-yours')
  }
  return click.openForm(form, {
    context: { submission: row.id, seen: '', about: headline(submission, language), hint: '' },
  })
}
