import type { EventWithSeats } from '../lists/seat-figures.ts'

/** When the card of an event will say something else by itself: registration opens or ends, it begins or is over. */
export function nextMoment(
  { event, registering }: Pick<EventWithSeats, 'event' | 'registering'>,
  now: Date,
): Date | null {
  if (event.row.state !== 'published') return null
  const at = now.toISOString()
  const { starts_at, ends_at } = event.row
  const coming = [registering.opens_at, registering.closes_at, starts_at, ends_at].filter(
    (moment): moment is string => moment !== null && moment > at,
  )
  const next = coming.sort()[0]
  return next === undefined ? null : new Date(next)
}
