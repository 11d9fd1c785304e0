import { IANAZone } from 'luxon'
import { placesOfPerson } from '../../../people/actor.ts'
import { zoneOf } from '../../../people/directory.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { enteredZone } from '../../../timers/calendar/work-calendar.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'

/**
 * By whose clock somebody says 九点: that of their organisation where it, or one above it, has its own; else that of the
 * person, as it was entered or as the directory of their platform says; else China's. IANA name.
 * @param today Day of China.
 */
export async function zoneOfMaker(db: Reads, person: string, today: string): Promise<string> {
  for (const { path } of await placesOfPerson(db, person, today)) {
    const own = await enteredZone(db, path)
    if (own !== null) return own
  }
  const entered = (await readPerson(db, person))?.timeZone ?? defaultZone
  if (entered !== defaultZone) return entered
  const said = await zoneOf(db, person)
  return said !== '' && IANAZone.isValidZone(said) ? said : defaultZone
}
