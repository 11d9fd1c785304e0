import { randomUUID } from 'node:crypto'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day, isDay } from '../../timers/calendar/day.ts'
import { readProfile } from '../organisations/port.ts'
import type { Doing, Liaison } from './context.ts'
import { syncDuties } from './duties.ts'
import { noteHistory } from './history.ts'
import { type HolderRow, holdersFrom, isThere, nameOfPerson } from './records.ts'
import { type LiaisonRole, type LiaisonRules, neededRoles } from './rules.ts'
import { beginWatch } from './watch.ts'

/** Who is to look after what, and from when. */
export interface Assignment {
  /** Ids. */
  organisation: string
  person: string
  role: LiaisonRole
  from: Day
}

/**
 * Whether an assignment can be made. Throws PlainError where the organisation is none of those that are looked after, needs
 * nobody in that role, the person has left, or the day is none from which anybody is assigned (too far away, or before that of whoever does it).
 */
export async function checkAssignment(
  db: Reads,
  rules: LiaisonRules,
  { organisation, person, role, from }: Assignment,
  today: Day,
): Promise<void> {
  const place = await db
    .selectFrom('organisation')
    .select(['name', 'kind'])
    .where('id', '=', organisation)
    .executeTakeFirst()
  if (!place) throw new PlainError('liaison:gone')
  if (!rules.kinds.includes(place.kind)) throw new PlainError('liaison:no-point', { name: place.name })
  refuseFarDay(from, today)
  const hasAssociation = (await readProfile(db, organisation)).association === 'founded'
  if (!neededRoles(hasAssociation).includes(role)) {
    throw new PlainError(hasAssociation ? 'liaison:has-association' : 'liaison:no-association', {
      name: place.name,
    })
  }
  // A role that begins later is one too.
  const day = from > today ? from : today
  if (!(await isThere(db, person, day))) {
    throw new PlainError('liaison:person-left', { name: await nameOfPerson(db, person) })
  }
  for (const one of await holdersFrom(db, from, { organisation })) {
    // Since then somebody has been doing it. Who was assigned today by mistake is replaced today.
    const isOver = one.from_day >= from && one.from_day <= today && from < today
    if (one.role !== role || one.person === person || !isOver) continue
    const name = await nameOfPerson(db, one.person)
    throw new PlainError('liaison:before-holder', { name, day: one.from_day })
  }
}

/** Assignments are as old as records of them, and nobody plans further than a year. */
const daysBack = 3653
const daysAhead = 366

function refuseFarDay(day: Day, today: Day): void {
  if (!isDay(day)) throw new PlainError('liaison:no-day', { day })
  const [first, last] = [addDays(today, -daysBack), addDays(today, daysAhead)]
  if (day < first || day > last) throw new PlainError('liaison:day-far', { first, last })
}

/** What has not begun by then is over before its first day, by which it counts as never made; its duties refer to it. */
async function endAfter(trx: Trx, { id }: Pick<HolderRow, 'id'>, until: Day): Promise<void> {
  await trx.updateTable('liaison_holder').set({ until_day: until }).where('id', '=', id).execute()
}

/**
 * Makes somebody look after an organisation in a role; whoever did so in that role ends with the day before. Throws
 * PlainError as `checkAssignment` does. Gives `same` where they do already.
 */
export async function assign(
  trx: Trx,
  context: Liaison,
  given: Assignment,
  doing: Doing,
): Promise<'assigned' | 'same'> {
  const today = dayInChina(doing.now)
  await checkAssignment(trx, context.rules, given, today)
  const { organisation, person, role, from } = given
  const first = from < today ? from : today
  const others = (await holdersFrom(trx, first, { organisation })).filter((one) => one.role === role)
  const last = others.at(-1)
  if (last?.person === person && last.until_day === null && last.from_day <= from) return 'same'
  for (const other of others) {
    const until = addDays(from, -1)
    if (other.until_day !== null && other.until_day <= until) continue
    await endAfter(trx, other, until)
  }
  await trx
    .insertInto('liaison_holder')
    .values({
      ...{ id: randomUUID(), organisation, role, person, from_day: from, until_day: null },
      ...{ by: doing.by, at: doing.now.toISOString() },
    })
    .execute()
  await noteHistory(trx, organisation, 'assigned', { role, person, from }, doing)
  await syncDuties(trx, context, organisation, doing)
  await beginWatch(trx, doing.now)
  return 'assigned'
}

/** Somebody looks after an organisation no more after a day. Throws PlainError where the assignment has ended. */
export async function endHolder(
  trx: Trx,
  context: Liaison,
  id: string,
  until: Day,
  doing: Doing,
): Promise<HolderRow> {
  const today = dayInChina(doing.now)
  refuseFarDay(until, today)
  const row = (await holdersFrom(trx, today)).find((one) => one.id === id)
  if (!row) throw new PlainError('liaison:ended')
  await endAfter(trx, row, until)
  await noteHistory(trx, row.organisation, 'ended', { role: row.role, person: row.person, until }, doing)
  await syncDuties(trx, context, row.organisation, doing)
  return row
}

/**
 * Hands all that somebody looks after over to another, from a day on.
 * @param may Whether whoever does it may for an organisation; the others stay.
 * @returns The organisations.
 */
export async function handOver(
  trx: Trx,
  context: Liaison,
  { from, to, day }: { from: string; to: string; day: Day },
  may: (organisation: string) => Promise<boolean>,
  doing: Doing,
): Promise<string[]> {
  const done = new Set<string>()
  for (const { organisation, role } of await holdersFrom(trx, dayInChina(doing.now), { person: from })) {
    if (!(await may(organisation))) continue
    await assign(trx, context, { organisation, role, person: to, from: day }, doing)
    done.add(organisation)
  }
  if (done.size === 0) throw new PlainError('liaison:nothing-to-hand-over')
  return [...done]
}

/** Sets how often a year a duty is due for an organisation. Throws PlainError below the least that the rules ask for. */
export async function setFrequency(
  trx: Trx,
  context: Liaison,
  { organisation, duty, times }: { organisation: string; duty: string; times: number },
  doing: Doing,
): Promise<void> {
  const rule = context.rules.duties.find(({ key }) => key === duty)
  if (!rule) throw new PlainError('liaison:gone')
  if (!(Number.isInteger(times) && times >= rule.least && times <= 12)) {
    throw new PlainError('liaison:no-frequency', { least: rule.least, most: 12 })
  }
  const row = { organisation, duty, times, by: doing.by, at: doing.now.toISOString() }
  await trx
    .insertInto('liaison_frequency')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation', 'duty']).doUpdateSet(row))
    .execute()
  await noteHistory(trx, organisation, 'frequency', { duty, times: String(times) }, doing)
  await syncDuties(trx, context, organisation, doing)
}

/** How many organisations somebody looks after, today and later. */
export async function countPoints(db: Reads, person: string, today: Day): Promise<number> {
  const held = await holdersFrom(db, today, { person })
  return new Set(held.map(({ organisation }) => organisation)).size
}
