import type { Selectable } from 'kysely'
import { PlainError } from '../../messages/plain-error.ts'
import type { Reads } from '../../people/people.ts'
import type { Tables } from '../../store/tables.ts'
import type { Day } from '../../timers/calendar/day.ts'

export type CarrierRow = Selectable<Tables['carrier_entry']>

/** An expert of a carrier, as its list has them. */
export type CarrierExpert = Omit<Selectable<Tables['carrier_expert']>, 'carrier' | 'position'>

export type CarrierGrade = Pick<Selectable<Tables['carrier_grade']>, 'year' | 'score' | 'grade'>

export type CarrierOutcome = Pick<Selectable<Tables['carrier_outcome']>, 'id' | 'day' | 'text'>

/** A carrier with all that is known of it. */
export interface Carrier {
  row: CarrierRow
  needs: string[]
  experts: CarrierExpert[]
  /** The last first. */
  outcomes: CarrierOutcome[]
  /** The last year first. */
  grades: CarrierGrade[]
}

/** The carrier by id or number (`ZT-2026-0007`, in any case). Throws PlainError where there is none. */
export async function readCarrier(db: Reads, idOrNumber: string): Promise<Carrier> {
  const row = await db
    .selectFrom('carrier_entry')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  const [carrier] = row ? await withLists(db, [row]) : []
  if (!carrier) throw new PlainError('carriers:gone')
  return carrier
}

/** Carriers of some organisations, or of all; by organisation and number. @param of ids; null: all. */
export async function listCarriers(db: Reads, of: readonly string[] | null): Promise<Carrier[]> {
  if (of?.length === 0) return []
  let query = db.selectFrom('carrier_entry').selectAll()
  if (of) query = query.where('organisation', 'in', of)
  return withLists(db, await query.orderBy('organisation').orderBy('number').execute())
}

/** What belongs to carriers, read in one go. */
async function withLists(db: Reads, rows: readonly CarrierRow[]): Promise<Carrier[]> {
  if (rows.length === 0) return []
  const carriers = new Map(
    rows.map((row): [string, Carrier] => [row.id, { row, needs: [], experts: [], outcomes: [], grades: [] }]),
  )
  // SQLite takes 32,766 parameters: of more carriers all lists are read, and those of others left.
  const ids = rows.length > 10_000 ? null : rows.map(({ id }) => id)
  const needs = db.selectFrom('carrier_need').select(['carrier', 'text']).orderBy('position')
  for (const { carrier, text } of await (ids ? needs.where('carrier', 'in', ids) : needs).execute()) {
    carriers.get(carrier)?.needs.push(text)
  }
  const experts = db
    .selectFrom('carrier_expert')
    .select(['carrier', 'name', 'unit', 'field', 'academician'])
    .orderBy('position')
  for (const { carrier, ...expert } of await (ids
    ? experts.where('carrier', 'in', ids)
    : experts
  ).execute()) {
    carriers.get(carrier)?.experts.push(expert)
  }
  const outcomes = db
    .selectFrom('carrier_outcome')
    .select(['carrier', 'id', 'day', 'text'])
    .orderBy('day', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id')
  for (const { carrier, ...outcome } of await (ids
    ? outcomes.where('carrier', 'in', ids)
    : outcomes
  ).execute()) {
    carriers.get(carrier)?.outcomes.push(outcome)
  }
  const grades = db
    .selectFrom('carrier_grade')
    .select(['carrier', 'year', 'score', 'grade'])
    .orderBy('year', 'desc')
  for (const { carrier, ...grade } of await (ids ? grades.where('carrier', 'in', ids) : grades).execute()) {
    carriers.get(carrier)?.grades.push(grade)
  }
  return [...carriers.values()]
}

/** When the last outcome came about; null: there is none. */
export function lastOutcomeOf({ outcomes }: Pick<Carrier, 'outcomes'>): Day | null {
  return outcomes[0]?.day ?? null
}
