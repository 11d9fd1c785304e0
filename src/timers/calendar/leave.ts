import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day } from './day.ts'
import { markStale } from './stale.ts'

/** Days on which a person does not work; both are included. */
export interface Leave {
  id: string
  person: string
  first: Day
  last: Day
  /** Why, as entered; may be empty. */
  note: string
}

export interface NewLeave extends Leave {
  /** Who entered it: a person's id; null: on the machine. */
  by: string | null
}

/** Longer ones are slips of the year. */
const longestLeave = 366
const longestNote = 200

/**
 * Whether a leave can be entered (`new`) or is there already (`same`). Throws PlainError where the days are the wrong
 * way round, too many, or some of them are leave of other days already.
 */
export async function checkLeave(
  db: Reads,
  { person, first, last }: Pick<Leave, 'person' | 'first' | 'last'>,
): Promise<'new' | 'same'> {
  if (last < first) throw new PlainError('calendar:leave.order', { first, last })
  if (last >= addDays(first, longestLeave))
    throw new PlainError('calendar:leave.long', { days: longestLeave })
  const other = (await leaveOf(db, person, first)).find((leave) => leave.first <= last)
  if (other?.first === first && other.last === last) return 'same'
  if (other) throw new PlainError('calendar:leave.overlap', { first: other.first, last: other.last })
  return 'new'
}

/**
 * Enters a leave, and has timers that count by the person's days counted again. The same days again are nothing new.
 * Throws PlainError as `checkLeave` does.
 */
export async function enterLeave(trx: Trx, given: NewLeave, now: Date): Promise<'entered' | 'same'> {
  const { first, last } = given
  if ((await checkLeave(trx, given)) === 'same') return 'same'
  await trx
    .insertInto('person_leave')
    .values({
      id: given.id,
      person: given.person,
      first_day: first,
      last_day: last,
      note: [...given.note.trim()].slice(0, longestNote).join(''),
      entered_by: given.by,
      entered_at: now.toISOString(),
    })
    .execute()
  await markStale(trx, { person: given.person })
  return 'entered'
}

/**
 * Ends a leave: one to come is taken back, one under way ends with yesterday. Gives null where there is none such
 * any more.
 * @param today the day in China.
 */
export async function endLeave(trx: Trx, id: string, today: Day): Promise<Leave | null> {
  const row = await trx.selectFrom('person_leave').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.last_day < today) return null
  if (row.first_day >= today) {
    await trx.deleteFrom('person_leave').where('id', '=', id).execute()
  } else {
    await trx
      .updateTable('person_leave')
      .set({ last_day: addDays(today, -1) })
      .where('id', '=', id)
      .execute()
  }
  await markStale(trx, { person: row.person })
  return toLeave(row)
}

/** The leave of a person that ends on a day or later, in order. */
export async function leaveOf(db: Reads, person: string, from: Day): Promise<Leave[]> {
  const rows = await db
    .selectFrom('person_leave')
    .selectAll()
    .where('person', '=', person)
    .where('last_day', '>=', from)
    .orderBy('first_day')
    .execute()
  return rows.map(toLeave)
}

/** Whether a person is on leave on a day. */
export async function isOnLeave(db: Reads, person: string, day: Day): Promise<boolean> {
  const [next] = await leaveOf(db, person, day)
  return next !== undefined && next.first <= day
}

/** Everybody's leave that ends on a day or later, with their names, in order. */
export async function listLeave(db: Reads, from: Day): Promise<(Leave & { name: string })[]> {
  const rows = await db
    .selectFrom('person_leave')
    .innerJoin('person', 'person.id', 'person_leave.person')
    .selectAll('person_leave')
    .select('person.name')
    .where('last_day', '>=', from)
    .orderBy('first_day')
    .orderBy('person_leave.id')
    .execute()
  return rows.map((row) => ({ ...toLeave(row), name: row.name }))
}

function toLeave(row: {
  id: string
  person: string
  first_day: string
  last_day: string
  note: string
}): Leave {
  const { id, person, first_day: first, last_day: last, note } = row
  return { id, person, first, last, note }
}
