import type { Reads } from '../../../people/people.ts'
import { type Day, monthsLater } from '../../../timers/calendar/day.ts'
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
