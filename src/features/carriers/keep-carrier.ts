import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Trx } from '../../store/store.ts'
import { type Day, isDay } from '../../timers/calendar/day.ts'
import { type Carrier, type CarrierExpert, type CarrierRow, readCarrier } from './records.ts'
import { type CarrierRules, gradeOf } from './rules.ts'
import { keepWatch } from './watch.ts'

/** What is said of a carrier; all of it checked but the days. */
export interface CarrierDraft {
  kind: CarrierRow['kind']
  name: string
  /** An id. */
  organisation: string
  partner: string
  category: string
  level: CarrierRow['level']
  startsOn: Day
  endsOn: Day
  tasks: string
  needs: readonly string[]
  experts: readonly CarrierExpert[]
  /** A person's id; null: the cadres of the organisation. */
  contactPerson: string | null
  contact: string
}

/** Who does it, and when. */
export interface Doing {
  /** A person; null: the command line. */
  by: string | null
  /** Of `store.now(trx)`. */
  now: Date
  rules: CarrierRules
}

/** Adds a carrier. Throws PlainError where the contract ends before it begins, or the organisation has one of that name. */
export async function enterCarrier(trx: Trx, draft: CarrierDraft, doing: Doing): Promise<Carrier> {
  checkContract(draft)
  await checkFree(trx, draft, null)
  const { by, now } = doing
  const at = now.toISOString()
  const id = randomUUID()
  await trx
    .insertInto('carrier_entry')
    .values({
      ...{
        id,
        number: await nextNumber(trx, 'ZT', Number(dayInChina(now).slice(0, 4))),
        ...columnsOf(draft),
      },
      ...{ state: 'active', reason: '', expiry_handled_for: null, dormant_handled_on: null },
      ...{ created_by: by, created_at: at, changed_at: at },
    })
    .execute()
  await keepLists(trx, id, draft)
  return done(trx, id, 'entered', {}, doing)
}

/** Changes what is said of it. Throws PlainError as `enterCarrier` does. */
export async function changeCarrier(
  trx: Trx,
  id: string,
  draft: CarrierDraft,
  doing: Doing,
): Promise<Carrier> {
  checkContract(draft)
  mustBeActive(await lock(trx, id, doing.now))
  await checkFree(trx, draft, id)
  await trx.updateTable('carrier_entry').set(columnsOf(draft)).where('id', '=', id).execute()
  await keepLists(trx, id, draft)
  return done(trx, id, 'changed', {}, doing)
}

/** The contract goes on to another day. Throws PlainError where that is not later than the end it has. */
export async function renewCarrier(trx: Trx, id: string, endsOn: Day, doing: Doing): Promise<Carrier> {
  const row = await lock(trx, id, doing.now)
  mustBeActive(row)
  if (!isDay(endsOn)) throw new PlainError('carriers:no-day', { day: endsOn })
  if (endsOn <= row.ends_on) throw new PlainError('carriers:not-later', { day: row.ends_on })
  await trx.updateTable('carrier_entry').set({ ends_on: endsOn }).where('id', '=', id).execute()
  return done(trx, id, 'renewed', { from: row.ends_on, to: endsOn }, doing)
}

/** Something came of it. Throws PlainError for a day that is none, to come, or before the contract. */
export async function addOutcome(
  trx: Trx,
  id: string,
  { day, text }: { day: Day; text: string },
  doing: Doing,
): Promise<Carrier> {
  const row = await lock(trx, id, doing.now)
  mustBeActive(row)
  if (!isDay(day)) throw new PlainError('carriers:no-day', { day })
  if (day > dayInChina(doing.now)) throw new PlainError('carriers:outcome-to-come')
  if (day < row.starts_on) throw new PlainError('carriers:outcome-before', { day: row.starts_on })
  await trx
    .insertInto('carrier_outcome')
    .values({ id: randomUUID(), carrier: id, day, text, by: doing.by, at: doing.now.toISOString() })
    .execute()
  return done(trx, id, 'outcome', { day, text }, doing)
}

/** Grades a year, once. Throws PlainError for a year that is graded, outside the contract or to come. */
export async function gradeCarrier(
  trx: Trx,
  id: string,
  { year, score }: { year: number; score: number },
  doing: Doing,
): Promise<Carrier> {
  const row = await lock(trx, id, doing.now)
  if (!(score >= 0 && score <= 100)) throw new PlainError('carriers:no-score')
  const first = Number(row.starts_on.slice(0, 4))
  const last = Number(dayInChina(doing.now).slice(0, 4))
  if (!(Number.isInteger(year) && year >= first && year <= last)) {
    throw new PlainError('carriers:no-year', { first, last })
  }
  const known = await trx
    .selectFrom('carrier_grade')
    .select('score')
    .where('carrier', '=', id)
    .where('year', '=', year)
    .executeTakeFirst()
  if (known) throw new PlainError('carriers:graded', { year, score: known.score })
  const grade = gradeOf(doing.rules, score)
  const at = doing.now.toISOString()
  await trx
    .insertInto('carrier_grade')
    .values({ carrier: id, year, score, grade, by: doing.by, at })
    .execute()
  return done(trx, id, 'graded', { year: String(year), score: String(score) }, doing)
}

/** Somebody takes care of it: nobody is told again until the contract changes, or for another time without outcome. */
export async function markHandled(
  trx: Trx,
  id: string,
  { matter, since }: { matter: 'expiry' | 'dormant'; since: Day },
  doing: Doing,
): Promise<Carrier> {
  const row = await lock(trx, id, doing.now)
  mustBeActive(row)
  // A card of an earlier contract says nothing of the present one.
  if (matter === 'expiry' && since !== row.ends_on) throw new PlainError('carriers:settled')
  const set =
    matter === 'expiry' ? { expiry_handled_for: row.ends_on } : { dormant_handled_on: dayInChina(doing.now) }
  await trx.updateTable('carrier_entry').set(set).where('id', '=', id).execute()
  return done(trx, id, 'handled', { matter }, doing)
}

/** It ends before its time, or is revoked; why is kept. */
export async function endCarrier(
  trx: Trx,
  id: string,
  { state, reason }: { state: 'ended' | 'revoked'; reason: string },
  doing: Doing,
): Promise<Carrier> {
  mustBeActive(await lock(trx, id, doing.now))
  await trx.updateTable('carrier_entry').set({ state, reason }).where('id', '=', id).execute()
  return done(trx, id, state, { reason }, doing)
}

function columnsOf(draft: CarrierDraft) {
  const { kind, name, organisation, partner, category, level, tasks, contact } = draft
  return {
    ...{ kind, name, organisation, partner, category, level, tasks, contact },
    ...{ starts_on: draft.startsOn, ends_on: draft.endsOn, contact_person: draft.contactPerson },
  }
}

async function keepLists(trx: Trx, carrier: string, { needs, experts }: CarrierDraft): Promise<void> {
  await trx.deleteFrom('carrier_need').where('carrier', '=', carrier).execute()
  await trx.deleteFrom('carrier_expert').where('carrier', '=', carrier).execute()
  if (needs.length > 0) {
    const rows = needs.map((text, position) => ({ carrier, position, text }))
    await trx.insertInto('carrier_need').values(rows).execute()
  }
  if (experts.length > 0) {
    const rows = experts.map((expert, position) => ({ carrier, position, ...expert }))
    await trx.insertInto('carrier_expert').values(rows).execute()
  }
}

/** The history of what was done, and the timers of what is to be told from now on. */
async function done(
  trx: Trx,
  id: string,
  what: 'entered' | 'changed' | 'renewed' | 'outcome' | 'graded' | 'handled' | 'ended' | 'revoked',
  data: Record<string, string>,
  { by, now, rules }: Doing,
): Promise<Carrier> {
  await trx
    .insertInto('carrier_history')
    .values({ id: randomUUID(), carrier: id, what, data: JSON.stringify(data), by, at: now.toISOString() })
    .execute()
  const carrier = await readCarrier(trx, id)
  await keepWatch(trx, rules, carrier, now)
  return carrier
}

/** Whoever changes a carrier does so one after another. */
async function lock(trx: Trx, id: string, now: Date): Promise<CarrierRow> {
  const row = await trx
    .updateTable('carrier_entry')
    .set({ changed_at: now.toISOString() })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new PlainError('carriers:gone')
  return row
}

/** Throws PlainError where it has ended. */
export function mustBeActive({ state }: Pick<CarrierRow, 'state'>): void {
  if (state !== 'active') throw new PlainError('carriers:over')
}

function checkContract({ startsOn, endsOn }: Pick<CarrierDraft, 'startsOn' | 'endsOn'>): void {
  for (const day of [startsOn, endsOn]) if (!isDay(day)) throw new PlainError('carriers:no-day', { day })
  if (endsOn < startsOn) throw new PlainError('carriers:end-before-start', { start: startsOn, end: endsOn })
}

async function checkFree(
  trx: Trx,
  { organisation, kind, name }: CarrierDraft,
  self: string | null,
): Promise<void> {
  const other = await trx
    .selectFrom('carrier_entry')
    .select(['id', 'number'])
    .where('organisation', '=', organisation)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst()
  if (other && other.id !== self) throw new PlainError('carriers:name-taken', { name, number: other.number })
}
