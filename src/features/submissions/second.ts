import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { SubmissionsContext } from './context.ts'
import { readSubmission } from './records.ts'
import { partOf } from './relations.ts'
import { maySecond } from './support.ts'
import { viewOfRecord } from './view-record.ts'

/** Gives or takes back somebody's support. Throws PlainError where it is not theirs to give. */
export async function second(click: Click, context: SubmissionsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const submission = await readSubmission(trx, context, action.value.submission ?? '')
  const part = await partOf(trx, submission, person, dayInChina(now))
  if (part.as.length === 0) throw new PlainError('submissions:gone')
  if (person === null || !maySecond(submission, part)) throw new PlainError('submissions:refused.second')
  const wanted = action.value.wanted === 'yes'
  const { id } = submission.row
  if (wanted) {
    await trx
      .insertInto('submission_second')
      .values({ submission: id, person, at: now.toISOString(), merged_from: null })
      .onConflict((conflict) => conflict.columns(['submission', 'person']).doNothing())
      .execute()
  } else {
    await trx
      .deleteFrom('submission_second')
      .where('submission', '=', id)
      .where('person', '=', person)
      .execute()
  }
  return {
    toast: translate(language, wanted ? 'submissions:second.given' : 'submissions:second.taken-back'),
    replace: await viewOfRecord(trx, context, submission, part, language),
  }
}
