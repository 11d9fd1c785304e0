import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { ResourceBookingTable, ResourceTable } from '../../store/tables/resources.ts'
import type { OpenHours } from './open-hours.ts'
import { parseOpenHours } from './open-hours.ts'

export type ResourceRow = ResourceTable
export type BookingRow = ResourceBookingTable

/** A resource as rules look at it. */
export interface Resource {
  row: ResourceRow
  hours: OpenHours
  /** Own closed days, `YYYY-MM-DD`. */
  closed: ReadonlySet<string>
}

export const shares = ['own', 'house', 'region', 'public'] as const satisfies ResourceRow['share'][]
export const resourceStates = ['open', 'paused', 'retired'] as const satisfies ResourceRow['state'][]

/** Bookings that go on: what is asked, offered or agreed. */
export const openStates = ['requested', 'proposed', 'confirmed'] as const satisfies BookingRow['state'][]

export async function toResource(db: Reads, row: ResourceRow): Promise<Resource> {
  const days = await db
    .selectFrom('resource_closed_day')
    .select('day')
    .where('resource', '=', row.id)
    .orderBy('day')
    .execute()
  return { row, hours: parseOpenHours(row.hours), closed: new Set(days.map(({ day }) => day)) }
}

/** Throws PlainError `resources:gone` where there is none. */
export async function readResource(db: Reads, id: string): Promise<Resource> {
  const row = await db.selectFrom('resource_entry').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('resources:gone')
  return toResource(db, row)
}

/** What organisations have that was not taken out, by number. */
export async function resourcesOf(db: Reads, organisations: ReadonlySet<string>): Promise<ResourceRow[]> {
  const rows = await db
    .selectFrom('resource_entry')
    .selectAll()
    .where('state', '!=', 'retired')
    .orderBy('number')
    .execute()
  return rows.filter(({ organisation }) => organisations.has(organisation))
}

/** Throws PlainError `resources:gone` where there is none. */
export async function readBooking(db: Reads, id: string): Promise<BookingRow> {
  const row = await db.selectFrom('resource_booking').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('resources:gone')
  return row
}

/** How often resources were used, and by how many people, by resource: of bookings whose time is over. */
export async function useOf(
  db: Reads,
  resources: readonly string[],
): Promise<Map<string, { times: number; people: number; rating: number | null }>> {
  if (resources.length === 0) return new Map()
  const rows = await db
    .selectFrom('resource_booking')
    .select(({ fn }) => [
      'resource',
      fn.countAll<number | string>().as('times'),
      fn.sum<number | string>('people').as('people'),
      fn.avg<number | string | null>('rating').as('rating'),
    ])
    .where('resource', 'in', resources)
    .where('state', '=', 'over')
    .groupBy('resource')
    .execute()
  return new Map(
    rows.map(({ resource, times, people, rating }) => [
      resource,
      { times: Number(times), people: Number(people), rating: rating === null ? null : Number(rating) },
    ]),
  )
}
