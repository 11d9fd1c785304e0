import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { colleaguesNamed } from '../../../people/colleagues.ts'
import { bareName, type Reads } from '../../../people/people.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { parseDay } from '../../../timers/calendar/parse-day.ts'
import { readHolders } from './holders.ts'
import type { ItemWords } from './parse-words.ts'
import { endOfDelay, openingOn } from './telling-time.ts'

type Until = (ItemWords & { do: 'put-off' })['until']

/** Until when is meant, by the clock and the days of whoever has the item. Throws PlainError where it cannot be read. */
export async function readUntil(
  db: Reads,
  until: Until,
  { person, now }: { person: string; now: Date },
): Promise<Date> {
  const holder = (await readHolders(db, [person], now)).get(person)
  if (!holder) throw new PlainError('reminding:gone')
  if (typeof until === 'string') return endOfDelay(until, holder, now)
  if ('hours' in until) return new Date(now.getTime() + until.hours * 3_600_000)
  const day = parseDay(until.day, dayIn(holder.zone, now))
  if (day === null) throw new PlainError('reminding:delay.unclear', { text: until.day })
  return openingOn(day, holder)
}

/** The one colleague of the house of this name. Throws PlainError where there is none, or several have it. */
export async function findColleague(db: Reads, by: string, name: string, now: Date): Promise<string> {
  const today = dayInChina(now)
  const bare = bareName(name)
  const house = await houseOfPerson(db, by, today)
  const [first, ...others] =
    (await colleaguesNamed(db, { names: [bare], organisations: house, today })).get(bare) ?? []
  if (first === undefined) throw new PlainError('reminding:hand-over.unknown', { name })
  if (others.length > 0) throw new PlainError('reminding:hand-over.several', { name })
  return first
}
