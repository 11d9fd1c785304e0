import { DateTime } from 'luxon'
import type { Button } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { checkInButton, ownCodeButton } from '../check-in/check-in-cards.ts'
import { registeredButtons } from './event-card.ts'
import type { OwnRegistration } from './own-registrations.ts'

/**
 * What somebody who is registered has to do by now, as lists offer it: to answer an offer, to say again that they come,
 * and on the day to check in. All else they find on the card of the event.
 */
export function dueButtons(
  { event, registration }: OwnRegistration,
  language: Language,
  now: Date,
): Button[] {
  const { row } = event
  if (row.state !== 'published') return []
  if (registration.state === 'offered') {
    return registeredButtons({ event, own: registration }, language, now)
  }
  if (registration.state !== 'confirmed') return []
  if (registration.arrangement < row.arrangement) {
    return registeredButtons({ event, own: registration }, language, now).slice(0, 1)
  }
  const at = DateTime.fromJSDate(now, { zone: row.time_zone })
  const isOnDay = at.endOf('day') >= DateTime.fromISO(row.starts_at) && at < DateTime.fromISO(row.ends_at)
  if (!isOnDay) return []
  return [row.online === 1 ? checkInButton(row.id, language) : ownCodeButton(row.id, language)]
}
