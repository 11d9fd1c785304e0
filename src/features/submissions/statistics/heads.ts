import type { Reads } from '../../../people/people.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { CountingRules } from './rules.ts'

/** Who counts as a head in an organisation and below it, on a day. */
export interface Heads {
  /** @param organisations Ids; @returns ids of people, each once however many roles they hold. */
  of(organisations: ReadonlySet<string>, day: Day): Set<string>
}

/** Reads all roles that were ever held: who left or had not come is seen for each day. */
export async function readHeads(db: Reads, { newcomersAfter, heads }: CountingRules): Promise<Heads> {
  const rows = await db
    .selectFrom('membership')
    .select(['person', 'organisation', 'from_day', 'until_day'])
    .where('role', 'in', [...heads])
    .execute()
  const held = rows.map(({ person, organisation, from_day, until_day }) => ({
    ...{ person, organisation, until: until_day },
    counts: from_day === null ? null : monthsLater(from_day, newcomersAfter),
  }))
  return {
    of(organisations, day) {
      const people = new Set<string>()
      for (const { person, organisation, counts, until } of held) {
        if ((counts !== null && counts > day) || (until !== null && until < day)) continue
        if (organisations.has(organisation)) people.add(person)
      }
      return people
    },
  }
}

/** The same day some months later, or the last of that month. */
function monthsLater(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
