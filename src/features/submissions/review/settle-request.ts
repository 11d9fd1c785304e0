import { enqueue, enqueueEdit } from '../../../delivery/outbox.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { headline, textCard } from '../cards.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Submission } from '../records.ts'
import { sealedCard } from '../sealed.ts'
import { languageOf, messageId } from '../tell.ts'

/** Somebody need not review any more: the cards by which they were asked say so, and they are told once. */
export async function settleRequest(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  person: string,
  now: Date,
): Promise<void> {
  const { row } = submission
  const language = await languageOf(trx, person)
  const text = translate(language, 'review:request.withdrawn')
  const card = await sealedCard(trx, context, row, textCard(text, headline(submission, language)), language)
  const sent = await trx
    .selectFrom('submission_notice')
    .select('message')
    .where('submission', '=', row.id)
    .where('person', '=', person)
    .execute()
  for (const { message } of sent) {
    await enqueueEdit(trx, { of: message, card, now })
    await trx.deleteFrom('submission_notice').where('message', '=', message).execute()
  }
  const to = await addressOf(trx, person)
  if (!to) return
  const id = messageId(context, submission, person, `${row.revision + 1}:unasked`)
  await enqueue(trx, { id, to, card, lane: 'confirmation', now })
}
