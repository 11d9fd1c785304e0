import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { whenOf } from '../lists/event-texts.ts'
import { sharedDates } from '../lists/shared-dates.ts'
import type { Event } from '../records.ts'

/** When an event is, and that one registration is for other dates too, for whoever is about to register. */
export async function datesText(db: Reads, event: Event, language: Language, now: Date): Promise<string> {
  const when = whenOf(event.row, language, now)
  const count = await sharedDates(db, event)
  return count < 2 ? when : translate(language, 'registration:form.dates', { when, count })
}
