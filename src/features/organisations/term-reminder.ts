import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { translate } from '../../messages/translate.ts'
import { lineOf } from '../../people/route.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day, monthsLater } from '../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { nextWorkingDay } from '../../timers/calendar/working-days.ts'
import type { RemindersPort } from '../reminders/port.ts'
import type { Profile } from './profile.ts'

/** A new board takes about half a year to prepare. */
const monthsBefore = 6

/** By which its reminder is found. */
function originOf(organisation: string): string {
  return `organisations.term:${organisation}`
}

/**
 * Reminds the cadres of an election (换届) half a year before the term ends, on a working day; at once, that is the next
 * working day, where that has passed. Without an end of the term nobody is reminded.
 */
export async function keepTermReminder(
  trx: Trx,
  { organisation, termEndsOn }: Pick<Profile, 'organisation' | 'termEndsOn'>,
  { by, now, reminders }: { by: string | null; now: Date; reminders: RemindersPort },
): Promise<void> {
  if (termEndsOn === null) return reminders.end(trx, originOf(organisation), now)
  const today = dayInChina(now)
  const wanted = monthsLater(termEndsOn, -monthsBefore)
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, today)
  // The day itself if somebody works on it, else the next on which somebody does.
  const { day } = nextWorkingDay(calendar, wanted > today ? addDays(wanted, -1) : today)
  const { name } = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  await reminders.keep(
    trx,
    {
      origin: originOf(organisation),
      title: inBothLanguages((to) => translate(to, 'organisations:term.title', { name })),
      text: inBothLanguages((to) => translate(to, 'organisations:term.text', { name, day: termEndsOn })),
      ...{ organisation, owner: null, rule: { type: 'once', at: `${day}T09:00` } },
      targets: [
        { kind: 'role', role: 'cadre', organisation: await keeperOf(trx, organisation, today), below: false },
      ],
      means: { type: 'done' },
      // It is about half a year: late is better than not at all.
      ...{ usefulFor: 60 * 24 * 30, each: false },
    },
    { by, now },
  )
}

/** The nearest organisation, from this one up, that has a cadre; itself where none has. */
async function keeperOf(trx: Trx, organisation: string, today: Day): Promise<string> {
  const line = await lineOf(trx, organisation)
  const held = await trx
    .selectFrom('membership')
    .select('organisation')
    .where('organisation', 'in', line)
    .where('role', '=', 'cadre')
    .where(({ or, eb }) => or([eb('until_day', 'is', null), eb('until_day', '>=', today)]))
    .execute()
  return line.find((id) => held.some((one) => one.organisation === id)) ?? organisation
}
