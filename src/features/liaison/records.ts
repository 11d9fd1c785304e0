import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import { isInForce, membershipsInForce, toMembership } from '../../people/memberships.ts'
import type { Reads } from '../../people/people.ts'
import type {
  LiaisonHolderTable,
  LiaisonPromiseTable,
  LiaisonVisitTable,
} from '../../store/tables/liaison.ts'
import type { Day } from '../../timers/calendar/day.ts'

export type HolderRow = Selectable<LiaisonHolderTable>
export type VisitRow = Selectable<LiaisonVisitTable>
export type PromiseRow = Selectable<LiaisonPromiseTable>

/** A promise with where it was made. */
export interface PlacedPromise extends PromiseRow {
  /** The visited organisation. */
  organisation: string
  /** Of the visit. */
  number: string
  by: string
}

/** Whether somebody looks after the organisation on a day. */
export function holdsOn(
  { from_day, until_day }: Pick<HolderRow, 'from_day' | 'until_day'>,
  day: Day,
): boolean {
  return from_day <= day && (until_day === null || day <= until_day)
}

/** Assignments that hold on a day or will, the last one of each place and role last. */
export async function holdersFrom(
  db: Reads,
  day: Day,
  { organisation, person }: { organisation?: string; person?: string } = {},
): Promise<HolderRow[]> {
  let rows = db
    .selectFrom('liaison_holder')
    .selectAll()
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', day)]))
  if (organisation !== undefined) rows = rows.where('organisation', '=', organisation)
  if (person !== undefined) rows = rows.where('person', '=', person)
  const found = await rows.orderBy('from_day').orderBy('at').orderBy('id').execute()
  return found.filter(({ from_day, until_day }) => until_day === null || from_day <= until_day)
}

/** Whether somebody still belongs to the house: holds any role anywhere on a day. */
export async function isThere(db: Reads, person: string, day: Day): Promise<boolean> {
  return (await membershipsInForce(db, person, day)).length > 0
}

/** Of everybody who belongs to the house on a day. */
export async function peopleThere(db: Reads, day: Day): Promise<Set<string>> {
  const rows = await db.selectFrom('membership').selectAll().execute()
  return new Set(rows.map(toMembership).flatMap((one) => (isInForce(one, day) ? [one.person] : [])))
}

/** A visit with all that came of it. */
export interface VisitRecord {
  row: VisitRow
  organisation: string
  /** The name of who made it. */
  by: string
  needs: { position: number; text: string; submission: string | null }[]
  promises: (PromiseRow & { ownerName: string })[]
  photos: { position: number; name: string; type: string; size: number; blob: string }[]
}

/** Throws PlainError `liaison:gone` where there is none. */
export async function readVisit(db: Reads, id: string): Promise<VisitRecord> {
  const row = await db.selectFrom('liaison_visit').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('liaison:gone')
  const needs = await db
    .selectFrom('liaison_need')
    .select(['position', 'text', 'submission'])
    .where('visit', '=', id)
    .orderBy('position')
    .execute()
  const promises = await db
    .selectFrom('liaison_promise')
    .innerJoin('person', 'person.id', 'liaison_promise.owner')
    .selectAll('liaison_promise')
    .select('person.name as ownerName')
    .where('visit', '=', id)
    .orderBy('position')
    .execute()
  const photos = await db
    .selectFrom('liaison_photo')
    .select(['position', 'name', 'type', 'size', 'blob'])
    .where('visit', '=', id)
    .orderBy('position')
    .execute()
  const organisation = await nameOfOrganisation(db, row.organisation)
  return { row, organisation, by: await nameOfPerson(db, row.by), needs, promises, photos }
}

/** Throws PlainError `liaison:gone` where there is none. */
export async function nameOfOrganisation(db: Reads, id: string): Promise<string> {
  const row = await db.selectFrom('organisation').select('name').where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('liaison:gone')
  return row.name
}

/** Empty where there is nobody. */
export async function nameOfPerson(db: Reads, id: string): Promise<string> {
  const row = await db.selectFrom('person').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? ''
}
