import { randomUUID } from 'node:crypto'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Effect } from '../effects.ts'
import type { SubmissionRow } from '../records.ts'
import { sealed } from '../sealed.ts'
import { openObjections } from './objections.ts'
import { tellWord } from './tell-handlers.ts'

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
