import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { checkInOf } from '../check-in/attend.ts'
import { registrationOfAccount } from '../check-in/registrations.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'
import { sentenceCard } from '../registering/receipt-card.ts'

const longestComment = 1000
/** Whoever answers later remembers another event. */
const askedFor = 30 * 24 * 3600_000

/** Asks somebody who was there how it was. */
export async function openFeedback(click: Click): Promise<Acknowledgement> {
  const { trx, action, now } = click
  const { event } = await needsRater(trx, action.value.event ?? '', action.account, now)
  return click.openForm('events.feedback', {
    context: { event: event.row.id, headline: eventHeadline(event.row) },
  })
}

export const feedbackForm: FormDefinition = {
  name: 'events.feedback',
  version: 1,
  title: 'check-in:feedback.form',
  subject: 'check-in:feedback.about',
  seenBy: 'check-in:feedback.seen-by',
  pages: [
    {
      name: 'rating',
      intro: ['check-in:feedback.about'],
      fields: [
        {
          ...{ name: 'rating', type: 'select', label: 'check-in:feedback.rating', required: true },
          options: [
            { value: '5', label: 'check-in:feedback.rating-5' },
            { value: '4', label: 'check-in:feedback.rating-4' },
            { value: '3', label: 'check-in:feedback.rating-3' },
            { value: '2', label: 'check-in:feedback.rating-2' },
            { value: '1', label: 'check-in:feedback.rating-1' },
          ],
          seenBy: 'check-in:feedback.seen-by',
        },
        {
          ...{ name: 'comment', type: 'long-text', label: 'check-in:feedback.comment' },
          ...{ hint: 'check-in:feedback.comment-hint', most: longestComment },
          seenBy: 'check-in:feedback.seen-by',
        },
        {
          ...{ name: 'signed', type: 'checkbox', label: 'check-in:feedback.signed' },
          ...{ hint: 'check-in:feedback.signed-hint', seenBy: 'check-in:feedback.seen-by' },
        },
      ],
    },
  ],
  submit: submitFeedback,
}

async function submitFeedback({
  trx,
  account,
  now,
  language,
  values,
  context,
}: Submission): Promise<Receipt> {
  const { event, registration } = await needsRater(trx, context.event ?? '', account, now)
  const comment = typeof values.comment === 'string' ? values.comment : ''
  const rating = Number(values.rating)
  await keepFeedback(trx, event, registration.id, { rating, comment, signed: values.signed === true, now })
  return {
    number: event.row.number,
    card: sentenceCard(language, 'check-in:feedback.thanks'),
  }
}

/**
 * Keeps what somebody of the public says on their receipt page; their name lies sealed, so nothing is signed. Gives the
 * key of what is wrong, or of the thanks.
 */
export async function rateByReceipt(
  trx: Trx,
  event: Event,
  registration: RegistrationRow,
  { rating, comment, now }: { rating: number; comment: string; now: Date },
): Promise<{ isKept: boolean; key: string; values: Record<string, number> }> {
  const refuse = (key: string, values = {}) => ({ isKept: false, key: `check-in:feedback.${key}`, values })
  const state = await ratingOf(trx, event, registration, now)
  if (state !== 'open') return refuse(state)
  if (!Number.isInteger(rating) || rating < 1 || rating > 5) return refuse('choose')
  if (Array.from(comment).length > longestComment) return refuse('too-long', { most: longestComment })
  await keepFeedback(trx, event, registration.id, { rating, comment, signed: false, now })
  return { isKept: true, key: 'check-in:feedback.thanks', values: {} }
}

/** Keeps what one of those who were there says, once. Throws PlainError where they said it already. */
export async function keepFeedback(
  trx: Trx,
  { row }: Pick<Event, 'row'>,
  registration: string,
  given: { rating: number; comment: string; signed: boolean; now: Date },
): Promise<void> {
  const { rating, comment, signed, now } = given
  const kept = await trx
    .insertInto('event_feedback')
    .values({
      ...{ event: row.id, registration, rating, comment },
      ...{ signed: signed ? 1 : 0, at: now.toISOString() },
    })
    .onConflict((conflict) => conflict.columns(['event', 'registration']).doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 0n) throw new PlainError('check-in:feedback.given')
}

/** Throws PlainError where the account's person was not there, it is too early or too late, or they answered already. */
export async function needsRater(
  db: Reads,
  id: string,
  account: Account,
  now: Date,
): Promise<{ event: Event; registration: RegistrationRow }> {
  const event = await findEvent(db, id)
  if (!event) throw new PlainError('check-in:refused.no-event')
  const registration = await registrationOfAccount(db, event, account)
  if (!registration) throw new PlainError('check-in:feedback.not-there')
  const rating = await ratingOf(db, event, registration, now)
  if (rating !== 'open') throw new PlainError(`check-in:feedback.${rating}`)
  return { event, registration }
}

/** Whether somebody who registered can say how it was now, or why not. */
export async function ratingOf(
  db: Reads,
  { row }: Pick<Event, 'row'>,
  { id }: Pick<RegistrationRow, 'id'>,
  now: Date,
): Promise<'open' | 'not-there' | 'closed' | 'not-yet' | 'given'> {
  if (!(await checkInOf(db, row.id, id))) return 'not-there'
  if (now.getTime() > Date.parse(row.ends_at) + askedFor) return 'closed'
  if (row.state !== 'over') return 'not-yet'
  const given = await db
    .selectFrom('event_feedback')
    .select('at')
    .where('event', '=', row.id)
    .where('registration', '=', id)
    .executeTakeFirst()
  return given ? 'given' : 'open'
}
