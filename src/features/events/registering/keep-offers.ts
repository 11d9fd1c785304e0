import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimers, countTimer, setTimer, setTimers } from '../../../timers/set-timer.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { Told } from './tell.ts'

/**
 * Gives each seat that was offered its end, with a timer, and takes back the timers of each offer that came to an end.
 * The end is said to the person, so it stays as it is whatever becomes of the calendar.
 */
export async function keepOffers(trx: Trx, event: Event, told: readonly Told[], now: Date): Promise<void> {
  const ended = told.filter(
    ({ registration, from }) => from === 'offered' && registration.state !== 'offered',
  )
  await cancelTimers(
    trx,
    ended.flatMap(({ registration: { id } }) => [endTimer(id), halfwayTimer(id)]),
  )
  const offered = told.filter(
    ({ registration, from }) => registration.state === 'offered' && from !== 'offered',
  )
  if (offered.length === 0) return
  const { until, halfway } = await endOf(trx, event, now)
  const registrations = offered.map(({ registration }) => registration)
  for (const piece of inPieces(registrations)) {
    await trx
      .updateTable('event_registration')
      .set({ offer_until: until.toISOString() })
      .where(
        'id',
        'in',
        piece.map(({ id }) => id),
      )
      .execute()
  }
  // Whoever tells them of it reads the rows as they are here.
  for (const registration of registrations) registration.offer_until = until.toISOString()
  await setTimers(
    trx,
    registrations.flatMap((registration) => {
      const end = endOfOffer(registration, { at: until, now })
      const reminder = {
        ...end,
        id: halfwayTimer(registration.id),
        kind: 'events.offer-halfway',
        at: halfway,
      }
      return halfway < until ? [end, reminder] : [end]
    }),
  )
}

/** Has an offer end at a moment; again moves it. */
export async function keepOfferEnd(
  trx: Trx,
  registration: Pick<RegistrationRow, 'event' | 'id'>,
  moment: { at: Date; now: Date },
): Promise<void> {
  await setTimer(trx, endOfOffer(registration, moment))
}

function endOfOffer({ event, id }: Pick<RegistrationRow, 'event' | 'id'>, moment: { at: Date; now: Date }) {
  return {
    id: endTimer(id),
    kind: 'events.offer-ends',
    payload: { event, registration: id },
    ...moment,
  }
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
