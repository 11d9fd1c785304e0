import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { SubmissionsContext } from '../context.ts'
import { readSubmission } from '../records.ts'
import { partOfAccount } from '../relations.ts'
import { viewOfRecord } from '../view-record.ts'
import { circulation, originsOf } from './showcase-groups.ts'

/**
 * 停止发送: what has not gone out yet stays here, and may be sent again. Throws PlainError to whoever does not handle it.
 */
export async function stopShowcase(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { account, value } = action
  const submission = await readSubmission(trx, context, value.submission ?? '')
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const part = await partOfAccount(trx, submission, { account, person }, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  if (!part.as.includes('handler')) throw new PlainError('submissions:refused.not-yours')
  const { id } = submission.row
  const before = await goingOut(trx, id)
  for (const origin of new Set(before.map((one) => one.origin))) await circulation.stop(trx, origin, now)
  const isFewer = (await goingOut(trx, id)).length < before.length
  return {
    toast: translate(
      language,
      isFewer ? 'submissions:showcase.stopped' : 'submissions:showcase.stopped-late',
    ),
    replace: await viewOfRecord(trx, context, submission, part, language),
  }
}

/** The groups that have it, or to which it goes. */
async function goingOut(trx: Trx, submission: string) {
  const posted = await circulation.chats(trx, originsOf(submission))
  return posted.filter(({ state }) => state === 'waiting' || state === 'sent')
}
