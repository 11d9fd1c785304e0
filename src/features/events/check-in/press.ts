import type { Acknowledgement } from '../../../chat/form-view.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { findEvent } from '../records.ts'
import { sentenceCard } from '../registering/receipt-card.ts'
import { sealPublic } from '../registering/sealed-cards.ts'
import { checkIn, refusalKeys, undoCheckIn } from './attend.ts'
import { answerText, byHandCard } from './check-in-cards.ts'
import { holdsTicket } from './event-code.ts'
import { nameOf } from './names.ts'
import { eventFor } from './organiser.ts'
import { readRegistration, registrationOfAccount } from './registrations.ts'

/** 签到 of whoever takes part online: from half an hour before the beginning to the end. */
export async function pressCheckIn(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, action, now } = click
  const event = await findEvent(trx, action.value.event ?? '')
  if (!event) throw new PlainError(refusalKeys['no-event'])
  // In the hall a button would let in whoever sits at home: there it takes the code on the screen.
  const ticket = action.value.ticket ?? ''
  const hasTicket = holdsTicket(event.row, accountKey(action.account), ticket, now)
  if (event.row.online !== 1 && !hasTicket) throw new PlainError('check-in:refused.not-online')
  const registration = await registrationOfAccount(trx, event, action.account)
  const answer = await checkIn(trx, context, event, registration, {
    how: hasTicket ? 'event-code' : 'button',
    ...{ by: null, at: now, now },
  })
  return { toast: answerText(event, answer, click.language, now) }
}

/** Lets in one of several of the same name. */
export async function pressPerson(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, language, now } = click
  const { event, person, registration } = await chosen(click)
  const answer = await checkIn(trx, context, event, registration, {
    how: 'by-hand',
    by: person,
    at: now,
    now,
  })
  const name = await nameOf(trx, context, registration)
  const card = byHandCard(event, answer, { name, registration: registration.id, language, now })
  return { replace: await sealPublic(trx, context, [registration], card, language) }
}

/** Takes a check-in back. */
export async function pressUndo(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, language, now } = click
  const { event, person, registration } = await chosen(click)
  const isUndone = await undoCheckIn(trx, context, event, registration, { by: person, at: now, now })
  const name = await nameOf(trx, context, registration)
  const key = isUndone ? 'check-in:by-hand.taken-back' : 'check-in:by-hand.not-there'
  const card = sentenceCard(language, key, { name })
  return { replace: await sealPublic(trx, context, [registration], card, language) }
}

/** The event, whoever presses, and whom it is about. Throws PlainError for whoever may not. */
async function chosen({ trx, action, now }: Click) {
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const event = await eventFor(trx, action.value.event ?? '', person, 'event.check-in', now)
  const registration = await readRegistration(trx, event, action.value.registration ?? '')
  if (!registration || person === null) {
    throw new PlainError(refusalKeys['not-registered'], { title: event.row.title })
  }
  return { event, person, registration }
}
