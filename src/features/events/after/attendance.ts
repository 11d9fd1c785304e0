import { sql } from 'kysely'
import type { Reads } from '../../../people/people.ts'
import { type Event, registersWith } from '../records.ts'

/** How many came, of an event or of one organisation's people. */
export interface Attendance {
  /** Registrations that held a seat, and whoever was let in. */
  registered: number
  came: number
  absent: number
  /** Beside those who came, as they had registered them. */
  guests: number
  /** Of those who came: registered at the door, after registration had closed. */
  walkIns: number
}

export interface AttendanceOf extends Attendance {
  /** Null: the public. */
  organisation: string | null
  /** Empty: the public. */
  name: string
}

/** How many came, altogether and by organisation, the largest first. */
export async function attendanceOf(
  db: Pick<Reads, 'selectFrom'>,
  event: Pick<Event, 'row'>,
): Promise<Attendance & { organisations: AttendanceOf[] }> {
  const { id } = event.row
  const lead = registersWith(event)
  const { closes_at } =
    lead === id
      ? event.row
      : await db
          .selectFrom('event_entry')
          .select('closes_at')
          .where('id', '=', lead)
          .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('event_registration as registration')
    .leftJoin('event_check_in as there', (join) =>
      join.onRef('there.registration', '=', 'registration.id').on('there.event', '=', id),
    )
    .leftJoin('organisation', 'organisation.id', 'registration.organisation')
    .select(({ fn }) => [
      'registration.organisation',
      'organisation.name',
      fn.countAll<number | string>().as('registered'),
      fn.count<number | string>('there.at').as('came'),
      sql<number | string>`sum(case when there.at is null then 0 else registration.guests end)`.as('guests'),
      sql<
        number | string
      >`sum(case when there.at is not null and registration.created_at > ${closes_at} then 1 else 0 end)`.as(
        'walk_ins',
      ),
    ])
    .where('registration.event', '=', lead)
    .where(({ eb, or }) => or([eb('registration.state', '=', 'confirmed'), eb('there.at', 'is not', null)]))
    .groupBy(['registration.organisation', 'organisation.name'])
    .execute()
  const organisations = rows
    .map((row) => ({
      organisation: row.organisation,
      name: row.name ?? '',
      registered: Number(row.registered),
      came: Number(row.came),
      absent: Number(row.registered) - Number(row.came),
      guests: Number(row.guests),
      walkIns: Number(row.walk_ins),
    }))
    .sort((a, b) => b.registered - a.registered || (a.name < b.name ? -1 : 1))
  const sum = (of: keyof Attendance) => organisations.reduce((all, one) => all + one[of], 0)
  return {
    ...{ registered: sum('registered'), came: sum('came'), absent: sum('absent') },
    ...{ guests: sum('guests'), walkIns: sum('walkIns'), organisations },
  }
}
