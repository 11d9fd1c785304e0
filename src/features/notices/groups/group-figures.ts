import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import { eventsBetween } from '../../events/port.ts'
import { itemsDue } from '../../planning/port.ts'
import { countSentIn } from '../../submissions/port.ts'

const mostListed = 5

/** What happened in a period and what comes in the next, for an organisation with all below it. */
export interface GroupFigures {
  /** First days of the period and of the next; the day after the next. */
  from: Day
  until: Day
  next: Day
  submissions: number
  events: number
  notices: number
  /** What is due: lines with a day first, the nearest first. */
  due: { day: Day; title: string }[]
  dueCount: number
}

/** In few statements; sealed submissions are counted by nobody. */
export async function readGroupFigures(
  db: Reads,
  organisation: string,
  { from, until, next }: Pick<GroupFigures, 'from' | 'until' | 'next'>,
): Promise<GroupFigures> {
  const places = await placesOf(db, organisation)
  const [begins, ends, farthest] = [from, until, next].map((day) => instantOf(day)) as [
    string,
    string,
    string,
  ]
  const submissions = await countSentIn(db, places, { from: begins, until: ends })
  const notices = await countNotices(db, places, { from: begins, until: ends })
  const events = await eventsBetween(db, places, { from: begins, until: farthest })
  const items = await itemsDue(db, places, { from: until, until: next })
  const held = events.filter(({ startsAt }) => startsAt < ends)
  const coming = events
    .filter(({ startsAt }) => startsAt >= ends)
    .map(({ title, startsAt }) => ({ title, day: dayOf(startsAt) }))
  const due = [...coming, ...items].toSorted((a, b) => (a.day < b.day ? -1 : 1))
  return {
    ...{ from, until, next, submissions, events: held.length },
    ...{ notices, due: due.slice(0, mostListed), dueCount: due.length },
  }
}

/** What was done in a period alone, in few statements. */
export async function readDone(
  db: Reads,
  organisation: string,
  { from, until }: Pick<GroupFigures, 'from' | 'until'>,
): Promise<Pick<GroupFigures, 'submissions' | 'events' | 'notices'>> {
  const places = await placesOf(db, organisation)
  const period = { from: instantOf(from), until: instantOf(until) }
  return {
    submissions: await countSentIn(db, places, period),
    events: (await eventsBetween(db, places, period)).length,
    notices: await countNotices(db, places, period),
  }
}

/** An organisation with all below it. */
async function placesOf(db: Reads, organisation: string): Promise<string[]> {
  const ids = new Set([organisation])
  for (const { id, parent } of await listOrganisations(db))
    if (parent !== null && ids.has(parent)) ids.add(id)
  return [...ids]
}

async function countNotices(
  db: Reads,
  places: readonly string[],
  { from, until }: { from: string; until: string },
) {
  const { count } = await db
    .selectFrom('notice')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('organisation', 'in', places)
    .where('sent_at', '>=', from)
    .where('sent_at', '<', until)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The first moment of a day in China. */
const instantOf = (day: Day) => new Date(`${day}T00:00:00+08:00`).toISOString()

const dayOf = (instant: string) => new Date(Date.parse(instant) + 8 * 3600_000).toISOString().slice(0, 10)

/** The last whole period before a day, and the one that the day lies in. */
export function periodsAt(today: Day, rhythm: 'week' | 'month', weekday: number): [Day, Day, Day] {
  if (rhythm === 'week') {
    const monday = addDays(today, 1 - weekday)
    return [addDays(monday, -7), monday, addDays(monday, 7)]
  }
  const first = `${today.slice(0, 7)}-01`
  const before = `${addDays(first, -1).slice(0, 7)}-01`
  return [before, first, `${addDays(first, 31).slice(0, 7)}-01`]
}
