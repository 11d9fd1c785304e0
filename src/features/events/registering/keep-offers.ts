import type { Trx } from '../../../store/store.ts'
import { cancelTimer, countTimer, setTimer } from '../../../timers/set-timer.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { Told } from './tell.ts'

/**
 * Gives each seat that was offered its end, with a timer, and takes back the timers of each offer that came to an end.
 * The end is said to the person, so it stays as it is whatever becomes of the calendar.
 */
export async function keepOffers(
  trx: Trx,
  _context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  for (const { registration, from } of told) {
    if (from !== 'offered' || registration.state === 'offered') continue
    await cancelTimer(trx, endTimer(registration.id))
    await cancelTimer(trx, halfwayTimer(registration.id))
  }
  const offered = told.filter(
    ({ registration, from }) => registration.state === 'offered' && from !== 'offered',
  )
  if (offered.length === 0) return
  const { until, halfway } = await endOf(trx, event, now)
  const ids = offered.map(({ registration }) => registration.id)
  await trx
    .updateTable('event_registration')
    .set({ offer_until: until.toISOString() })
    .where('id', 'in', ids)
    .execute()
  for (const { registration } of offered) {
    // Whoever tells them of it reads the row as it is here.
    registration.offer_until = until.toISOString()
    await keepOfferEnd(trx, registration, { at: until, now })
    if (halfway >= until) continue
    const payload = { event: event.row.id, registration: registration.id }
    const id = halfwayTimer(registration.id)
    await setTimer(trx, { id, kind: 'events.offer-halfway', payload, at: halfway, now })
  }
}

/** Has an offer end at a moment; again moves it. */
export async function keepOfferEnd(
  trx: Trx,
  { event, id }: Pick<RegistrationRow, 'event' | 'id'>,
  { at, now }: { at: Date; now: Date },
): Promise<void> {
  const payload = { event, registration: id }
  await setTimer(trx, { id: endTimer(id), kind: 'events.offer-ends', payload, at, now })
}

const endTimer = (registration: string) => `event offer ends ${registration}`
const halfwayTimer = (registration: string) => `event offer halfway ${registration}`

/** Working hours of the organisation whose event it is; an event that begins sooner ends its offers. */
async function endOf(trx: Trx, { row }: Event, now: Date): Promise<{ until: Date; halfway: Date }> {
  const after = (workingHours: number) =>
    countTimer(trx, { after: { workingHours }, organisation: row.organisation, person: null }, now)
  const begins = new Date(row.starts_at)
  const { at: counted } = await after(row.offer_hours)
  const { at: halfway } = await after(row.offer_hours / 2)
  return { until: counted < begins ? counted : begins, halfway }
}
