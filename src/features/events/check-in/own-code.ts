import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { askerOf, findVisible } from '../lists/visible.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'
import { refusalKeys } from './attend.ts'
import { codeCard, type OwnCode } from './check-in-cards.ts'
import { checkInTime } from './check-in-time.ts'
import { nameOf } from './names.ts'
import { personalCode, shortCode } from './personal-code.ts'
import { registrationOfAccount } from './registrations.ts'

/** The page that shows somebody's code to be scanned. */
export function codeLink(
  { publicUrl }: Pick<EventsContext, 'publicUrl'>,
  { row }: Pick<Event, 'row'>,
  registration: string,
): string {
  return `${publicUrl()}/c/${personalCode(row, registration)}`
}

/** What somebody shows at the door. */
export async function ownCodeOf(
  db: Reads,
  context: EventsContext,
  event: Event,
  registration: RegistrationRow,
): Promise<OwnCode> {
  return {
    name: await nameOf(db, context, registration),
    letters: shortCode(event.row, registration.id).replace(/^.{5}/, '$& '),
    url: codeLink(context, event, registration.id),
  }
}

/** The event and the registration with which an account can still be let in. Throws PlainError. */
export async function admittedTo(
  db: Reads,
  id: string,
  account: Account,
  now: Date,
): Promise<{ event: Event; registration: RegistrationRow }> {
  const event = await findEvent(db, id)
  if (!event || event.row.state === 'draft') throw new PlainError(refusalKeys['no-event'])
  const { row } = event
  const refuse = (reason: keyof typeof refusalKeys) =>
    new PlainError(refusalKeys[reason], { title: row.title })
  const registration = await registrationOfAccount(db, event, account)
  if (!registration) {
    // Of an event that is not for them they do not learn what it is.
    const isTheirs = await findVisible(db, await askerOf(db, account), row.id, dayInChina(now))
    throw refuse(isTheirs ? 'not-registered' : 'no-event')
  }
  if (row.state === 'cancelled') throw refuse('cancelled-event')
  if (registration.state !== 'confirmed') {
    const { state } = registration
    throw refuse(state === 'expired' || state === 'declined' ? 'cancelled' : state)
  }
  if (checkInTime(row, 'personal-code').until < now) throw refuse('past')
  return { event, registration }
}

/** 我的签到码. */
export async function showOwnCode(
  { trx, action, language, now }: Click,
  context: EventsContext,
): Promise<Acknowledgement> {
  const { event, registration } = await admittedTo(trx, action.value.event ?? '', action.account, now)
  const own = await ownCodeOf(trx, context, event, registration)
  return { beside: codeCard(event, { ...own, language, now }), besideAlone: true }
}
