import { randomUUID } from 'node:crypto'
import type { IncomingFile } from '../../../chat/incoming.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import { type Day, isDay } from '../../../timers/calendar/day.ts'
import type { PlansContext } from './context.ts'
import { keepItemReminders } from './item-reminders.ts'
import { editing } from './life.ts'
import { type Doing, lockPlan, noteHistory } from './note-history.ts'
import { type Plan, type PlanItem, type PlanRow, readItem, readPlan } from './records.ts'
import { tellEdited } from './tell.ts'

/** What is said of an item; days and texts are checked here. */
export interface ItemDraft {
  section: string
  goal: string
  clause: number | null
  measure: string
  target: string
  /** A person's id; null: the cadres. */
  owner: string | null
  /** In yuan. */
  budget: number | null
  startsOn: Day
  endsOn: Day
}

/** The columns of which the old and the new value are kept. */
export const itemColumns = [
  ...(['section', 'goal', 'clause', 'measure', 'target', 'owner', 'budget', 'starts_on', 'ends_on'] as const),
]
/** More is no plan that anybody keeps an eye on. */
export const mostItems = 200

/** What becomes of items at once; all of it or nothing. */
export interface ItemChanges {
  add: readonly ItemDraft[]
  /** By item id. */
  change: ReadonlyMap<string, ItemDraft>
}

/**
 * Adds and changes items; what was approved is told to whoever decided. Throws PlainError where the plan may not be
 * changed as it stands, an item is not what a plan can have, or the plan was changed since it was seen.
 */
export async function changeItems(
  trx: Trx,
  context: PlansContext,
  { plan: id, seen }: { plan: string; seen: number | null },
  { add, change }: ItemChanges,
  doing: Doing,
): Promise<Plan> {
  const row = await lockPlan(trx, id, seen, doing)
  mustBeEditable(row)
  const { items } = await readPlan(trx, id)
  if (items.length + add.length > mostItems) throw new PlainError('planning:too-many', { most: mostItems })
  for (const draft of [...add, ...change.values()]) checkItem(draft, row.year)
  const touched: string[] = []
  const noted: Parameters<typeof noteHistory>[2][number][] = []
  const at = doing.now.toISOString()
  for (const [item, draft] of change) {
    const before = items.find((one) => one.id === item)
    if (!before) throw new PlainError('planning:gone')
    if (before.state !== 'open') throw new PlainError('planning:item-over', { goal: before.goal })
    const changes = differences(before, draft)
    if (Object.keys(changes).length === 0) continue
    await trx
      .updateTable('plan_item')
      .set({ ...columnsOf(draft), changed_at: at })
      .where('id', '=', item)
      .execute()
    noted.push({ what: 'item-changed', item, data: { goal: draft.goal, changes } })
    touched.push(item)
  }
  let position = items.reduce((most, item) => Math.max(most, item.position), 0)
  for (const draft of add) {
    position += 1
    const item = await insertItem(trx, { plan: id, position, draft, doneBefore: false }, doing)
    noted.push({ what: 'item-added', item, data: { goal: draft.goal } })
    touched.push(item)
  }
  await noteHistory(trx, id, noted, doing)
  const plan = await readPlan(trx, id)
  for (const item of plan.items.filter(({ id: one }) => touched.includes(one)))
    await keepItemReminders(trx, context, plan.row, item, doing.now)
  if (noted.length > 0 && editing(row.state) === 'told') await tellEdited(trx, plan, noted, doing)
  return plan
}

/** Writes an item that was checked; gives its id. */
export async function insertItem(
  trx: Trx,
  given: { plan: string; position: number; draft: ItemDraft; doneBefore: boolean },
  { now }: Pick<Doing, 'now'>,
): Promise<string> {
  const id = randomUUID()
  const at = now.toISOString()
  await trx
    .insertInto('plan_item')
    .values({
      ...{ id, plan: given.plan, position: given.position, ...columnsOf(given.draft) },
      ...{ percent: 0, state: 'open', reason: '', done_before: given.doneBefore ? 1 : 0 },
      ...{ created_at: at, changed_at: at },
    })
    .execute()
  return id
}

/** An item that is given up, and why. Throws PlainError where it is over or the plan may not be changed. */
export async function dropItem(
  trx: Trx,
  context: PlansContext,
  { item: id, seen }: { item: string; seen: number | null },
  reason: string,
  doing: Doing,
): Promise<Plan> {
  const { item } = await readItem(trx, id)
  const row = await lockPlan(trx, item.plan, seen, doing)
  mustBeEditable(row)
  const plan = await setItem(trx, context, id, { state: 'dropped', reason }, doing)
  const noted = [{ what: 'item-dropped' as const, item: id, data: { goal: item.goal, reason } }]
  await noteHistory(trx, item.plan, noted, doing)
  if (editing(row.state) === 'told') await tellEdited(trx, plan, noted, doing)
  return readPlan(trx, item.plan)
}

/** How far an item is, as somebody says. */
export interface Progress {
  percent: number
  note: string
  evidence: IncomingFile | null
}

/**
 * Keeps how far an item is; at 100 it is done. Throws PlainError where its plan does not run, the item is over, or nothing is
 * said of how it was done.
 */
export async function updateItem(
  trx: Trx,
  context: PlansContext,
  id: string,
  { percent, note, evidence }: Progress,
  doing: Doing,
): Promise<{ plan: Plan; item: PlanItem }> {
  const before = await readItem(trx, id)
  const row = await lockPlan(trx, before.plan.row.id, null, doing)
  if (row.state !== 'running') throw new PlainError('planning:not-running', { number: row.number })
  const { item } = await readItem(trx, id)
  if (item.state !== 'open') throw new PlainError('planning:item-over', { goal: item.goal })
  if (!(Number.isInteger(percent) && percent >= 0 && percent <= 100)) {
    throw new PlainError('planning:no-percent')
  }
  if (percent === 100 && note.trim() === '' && evidence === null) throw new PlainError('planning:no-evidence')
  const update = randomUUID()
  await trx
    .insertInto('plan_update')
    .values({
      ...{ id: update, item: id, percent, note, evidence: evidence && JSON.stringify(evidence) },
      ...{ by: doing.by, at: doing.now.toISOString() },
    })
    .execute()
  if (evidence) await holdBlobs(trx, `plan update ${update}`, [evidence.blob])
  const isDone = percent === 100
  await setItem(trx, context, id, { percent, ...(isDone ? { state: 'done' as const } : {}) }, doing)
  if (isDone) {
    await noteHistory(trx, row.id, [{ what: 'item-done', item: id, data: { goal: item.goal } }], doing)
  }
  return readItem(trx, id)
}

async function setItem(
  trx: Trx,
  context: PlansContext,
  id: string,
  set: Partial<Pick<PlanItem, 'percent' | 'state' | 'reason'>>,
  { now }: Doing,
): Promise<Plan> {
  const changed = await trx
    .updateTable('plan_item')
    .set({ ...set, changed_at: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('plan')
    .executeTakeFirst()
  if (!changed) throw new PlainError('planning:item-over', { goal: (await readItem(trx, id)).item.goal })
  const { plan, item } = await readItem(trx, id)
  if (item.state !== 'open') await keepItemReminders(trx, context, plan.row, item, now)
  return plan
}

function mustBeEditable({ state, number }: Pick<PlanRow, 'state' | 'number'>): void {
  if (editing(state) !== null) return
  throw new PlainError(state === 'closed' ? 'planning:over' : 'planning:waits', { number })
}

/** Throws PlainError where an item says nothing, or its days are none, the wrong way round, or of another year. */
export function checkItem(
  { goal, section, startsOn, endsOn, budget, clause }: ItemDraft,
  year: number,
): void {
  if (goal.trim() === '') throw new PlainError('planning:no-goal')
  if (section.trim() === '') throw new PlainError('planning:no-section')
  for (const day of [startsOn, endsOn]) if (!isDay(day)) throw new PlainError('planning:no-day', { day })
  if (endsOn < startsOn) throw new PlainError('planning:end-before-start', { start: startsOn, end: endsOn })
  for (const day of [startsOn, endsOn]) {
    if (day.slice(0, 4) !== String(year)) throw new PlainError('planning:other-year', { day, year })
  }
  if (budget !== null && !(budget >= 0 && budget <= 1e12)) throw new PlainError('planning:no-budget')
  if (clause !== null && !(Number.isInteger(clause) && clause >= 1 && clause <= 99)) {
    throw new PlainError('planning:no-clause')
  }
}

function columnsOf(draft: ItemDraft) {
  const { section, goal, clause, measure, target, owner, budget } = draft
  return {
    ...{ section, goal, clause, measure, target, owner, budget },
    ...{ starts_on: draft.startsOn, ends_on: draft.endsOn },
  }
}

/** What changes, old and new by column. */
export function differences(
  before: PlanItem,
  draft: ItemDraft,
): Partial<Record<(typeof itemColumns)[number], [string | number | null, string | number | null]>> {
  const next = columnsOf(draft)
  return Object.fromEntries(
    itemColumns.flatMap((name) => (before[name] === next[name] ? [] : [[name, [before[name], next[name]]]])),
  )
}
