import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import type { Click } from '../../../conversation/feature.ts'
import type { FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { acceptPresses } from '../presses/accept.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { ownRegistration } from './own.ts'
import { receivedCard } from './receipt-card.ts'

/** 申请取消: after the deadline the organisers decide, and they are told why. */
export function createLeaveForm(): FormDefinition {
  return {
    name: 'events.ask-to-leave',
    version: 1,
    title: 'registration:leaving.title',
    subject: 'registration:form.subject',
    seenBy: 'registration:form.seen-by',
    pages: [
      {
        name: 'reason',
        intro: ['registration:leaving.intro'],
        fields: [
          { name: 'reason', type: 'long-text', label: 'registration:reason', required: true, most: 500 },
        ],
      },
    ],
    submit,
  }
}

export async function openLeave(click: Click): Promise<Acknowledgement> {
  const { trx, action, now } = click
  const event = await eventToLeave(trx, action.account, action.value.event ?? '', now)
  return click.openForm('events.ask-to-leave', {
    context: { event: event.row.id, headline: eventHeadline(event.row) },
  })
}

/** The event that takes the registration. Throws PlainError where nobody needs to be asked. */
async function eventToLeave(db: Reads, account: Account, id: string, now: Date): Promise<Event> {
  const named = await findEvent(db, id)
  const event = named && (await findEvent(db, registersWith(named)))
  const own = event && (await ownRegistration(db, account, event.row.id))
  if (!own) throw new PlainError('registration:refused.not-registered')
  const isFree = own.state !== 'confirmed' || event.row.cancel_until > now.toISOString()
  if (isFree) throw new PlainError('registration:leaving.still-free')
  if (event.row.ends_at <= now.toISOString()) throw new PlainError('registration:refused.over')
  return event
}

async function submit(sent: Submission): Promise<Receipt> {
  const { trx, draft, account, person, language, now, values, context } = sent
  const event = await eventToLeave(trx, account, context.event ?? '', now)
  sent.onceSaid((reply) =>
    acceptPresses(
      trx,
      [
        {
          key: `form ${draft}`,
          event: event.row.id,
          press: {
            deed: { type: 'ask-to-leave', reason: String(values.reason) },
            who: person === null ? { type: 'account', account, name: '' } : { type: 'person', person },
            by: { account, person },
            ...{ team: null, language, reply },
          },
        },
      ],
      now,
    ),
  )
  return {
    ...{ number: event.row.number, card: receivedCard(eventHeadline(event.row), language), alone: true },
    toast: translate(language, 'registration:received'),
  }
}
