import { type Card, plain } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click } from '../../conversation/feature.ts'
import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { headline, openButton } from './cards.ts'
import type { SubmissionsContext } from './context.ts'
import { readSubmission, type Submission } from './records.ts'
import { partOf } from './relations.ts'
import { maySecond, secondsOf } from './support.ts'
import { addressOfAuthor, messageId } from './tell.ts'
import { viewOfRecord } from './view-record.ts'

/** The author is told at so many, each once, and not of every single one. */
const told: ReadonlySet<number> = new Set([1, 5, 10, 20, 50, 100, 200, 500, 1000])

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
  const before = (await secondsOf(trx, id, null)).count
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
  const { count } = await secondsOf(trx, id, null)
  if (count > before) await tellOfSupport(trx, context, submission, count, now)
  return {
    toast: translate(language, wanted ? 'submissions:second.given' : 'submissions:second.taken-back'),
    replace: await viewOfRecord(trx, context, submission, part, language),
  }
}

async function tellOfSupport(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  count: number,
  now: Date,
): Promise<void> {
  const to = told.has(count) ? await addressOfAuthor(trx, submission) : null
  if (!to) return
  const { language } = submission.row
  const text = translate(language, 'submissions:second.told', { count })
  const card: Card = {
    tone: 'info',
    title: headline(submission, language),
    blocks: [
      { type: 'text', runs: plain(text) },
      { type: 'buttons', buttons: [openButton(submission, language)] },
    ],
  }
  // The same again is nothing new, so one who takes it back and gives it anew makes no second message.
  const id = messageId(context, submission, `second ${count}`)
  await enqueue(trx, { id, to, card, lane: 'confirmation', now })
}
