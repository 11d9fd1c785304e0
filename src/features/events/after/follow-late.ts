import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import { renewFigures } from './figures.ts'
import { creditHours, takeBackHours } from './hours.ts'
import { thank } from './thank.ts'

/** What somebody gets whose check-in became known after the end: entered from paper, or kept by a phone without network. */
export async function followLate(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registration: RegistrationRow,
  now: Date,
): Promise<void> {
  if (registration.person !== null) await creditHours(trx, event, [registration.person], now)
  await thank(trx, context, event, [registration], now)
  await renewFigures(trx, context, event, now)
}

/** The other way: it was found after the end that somebody was not there. */
export async function unfollow(
  trx: Trx,
  context: EventsContext,
  event: Event,
  { person }: Pick<RegistrationRow, 'person'>,
  now: Date,
): Promise<void> {
  if (person !== null) await takeBackHours(trx, event.row.id, person)
  await renewFigures(trx, context, event, now)
}
