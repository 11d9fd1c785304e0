import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import { headlineFor } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import { actionFormOf } from '../forms/action-forms.ts'
import { checkAction } from '../life/life.ts'
import { readSubmission } from '../records.ts'
import { partOfAccount } from '../relations.ts'
import { standingOf } from '../standing.ts'

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
    const isOwn = part.as.includes('author')
    throw new PlainError(isOwn ? 'submissions:refused.own' : 'submissions:refused.not-yours')
  }
  return click.openForm(form, {
    context: { submission: row.id, seen: '', about: headlineFor(submission, part, language), hint: '' },
  })
}
