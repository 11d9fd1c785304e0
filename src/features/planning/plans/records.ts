import type { Selectable } from 'kysely'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Tables } from '../../../store/tables.ts'

export type PlanRow = Selectable<Tables['plan']>
export type PlanItem = Selectable<Tables['plan_item']>
export type PlanUpdate = Selectable<Tables['plan_update']>
export type PlanReview = Selectable<Tables['plan_review']>

/** A plan with its items, by position. */
export interface Plan {
  row: PlanRow
  items: PlanItem[]
}

/** The plan by id or number (`JH-2026-0007`, in any case). Throws PlainError where there is none. */
export async function readPlan(db: Reads, idOrNumber: string): Promise<Plan> {
  const row = await db
    .selectFrom('plan')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  if (!row) throw new PlainError('planning:gone')
  return (await withItems(db, [row]))[0]!
}

/** An organisation's plan of a year; null: there is none. */
export async function planOfYear(db: Reads, organisation: string, year: number): Promise<Plan | null> {
  const row = await db
    .selectFrom('plan')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('year', '=', year)
    .executeTakeFirst()
  return row ? (await withItems(db, [row]))[0]! : null
}

/** An item with its plan. Throws PlainError where there is none. */
export async function readItem(db: Reads, id: string): Promise<{ plan: Plan; item: PlanItem }> {
  const found = await db.selectFrom('plan_item').select('plan').where('id', '=', id).executeTakeFirst()
  if (!found) throw new PlainError('planning:gone')
  const plan = await readPlan(db, found.plan)
  return { plan, item: plan.items.find((one) => one.id === id)! }
}

/** Which plans are wanted; what is absent narrows nothing. */
export interface PlanFilters {
  year?: number | undefined
  state?: PlanRow['state'] | undefined
}

/** Plans of some organisations, or of all: the last year first, by number. @param of ids; null: all. */
export async function listPlans(
  db: Reads,
  of: readonly string[] | null,
  { year, state }: PlanFilters = {},
): Promise<Plan[]> {
  let query = db.selectFrom('plan').selectAll()
  if (year !== undefined) query = query.where('year', '=', year)
  if (state !== undefined) query = query.where('state', '=', state)
  const rows = await query.orderBy('year', 'desc').orderBy('number').execute()
  const reached = of && new Set(of)
  return withItems(
    db,
    rows.filter(({ organisation }) => reached === null || reached.has(organisation)),
  )
}

async function withItems(db: Reads, rows: readonly PlanRow[]): Promise<Plan[]> {
  const plans = new Map(rows.map((row): [string, Plan] => [row.id, { row, items: [] }]))
  for (const piece of inPieces([...plans.keys()])) {
    const items = await db
      .selectFrom('plan_item')
      .selectAll()
      .where('plan', 'in', piece)
      .orderBy('position')
      .execute()
    for (const item of items) plans.get(item.plan)?.items.push(item)
  }
  return [...plans.values()]
}

/** What was said of a plan's items, the last first. */
export function updatesOf(db: Reads, plan: string, most: number): Promise<(PlanUpdate & { goal: string })[]> {
  return db
    .selectFrom('plan_update')
    .innerJoin('plan_item', 'plan_item.id', 'plan_update.item')
    .selectAll('plan_update')
    .select('plan_item.goal')
    .where('plan_item.plan', '=', plan)
    .orderBy('plan_update.at', 'desc')
    .orderBy('plan_update.id')
    .limit(most)
    .execute()
}

/** 季度小结, the first quarter first. */
export function reviewsOf(db: Reads, plan: string): Promise<PlanReview[]> {
  return db.selectFrom('plan_review').selectAll().where('plan', '=', plan).orderBy('quarter').execute()
}
