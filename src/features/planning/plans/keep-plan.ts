import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import { mustNotBeOwn } from './access.ts'
import { annualOrigin, keepAnnual } from './annual-duty.ts'
import { closeAsked } from './close-told.ts'
import type { PlansContext } from './context.ts'
import { firstDayOf, inYear, lastQuarter, later } from './days.ts'
import { keepItemReminders } from './item-reminders.ts'
import { type ItemDraft, insertItem } from './keep-items.ts'
import { type PlanAct, stateAfter } from './life.ts'
import { type Doing, lockPlan, noteHistory } from './note-history.ts'
import { keepPlanReminders, reviewOrigin } from './plan-reminders.ts'
import { type Plan, type PlanRow, planOfYear, readPlan } from './records.ts'
import { tellDecided, tellSubmitted } from './tell.ts'

export const sources = ['template', 'last-year', 'empty'] as const

/** What a plan is made of. */
export type PlanSource = (typeof sources)[number]

export const startTimer = 'planning.start'

/**
 * Makes the plan of an organisation for a year, with the items of its source. Throws PlainError where there is one, the year
 * is far off, or there is none of the year before.
 */
export async function createPlan(
  trx: Trx,
  { template }: Pick<PlansContext, 'template'>,
  given: { organisation: string; year: number; source: PlanSource; title?: string },
  doing: Doing,
): Promise<Plan> {
  const { organisation, year, source } = given
  const { by, now } = doing
  const today = dayInChina(now)
  if (!(Number.isInteger(year) && Math.abs(year - yearOf(today)) <= 1)) {
    throw new PlainError('planning:far-year', { first: yearOf(today) - 1, last: yearOf(today) + 1 })
  }
  const known = await planOfYear(trx, organisation, year)
  if (known) throw new PlainError('planning:there-is-one', { number: known.row.number, year })
  const items = await itemsOf(trx, template, given)
  const id = randomUUID()
  const at = now.toISOString()
  await trx
    .insertInto('plan')
    .values({
      ...{ id, number: await nextNumber(trx, 'JH', yearOf(today)), organisation, year },
      ...{ title: given.title?.trim() || `${year} 年${template.title}`, state: 'draft', version: 0 },
      ...{ created_by: by, submitted_by: null, submitted_at: null, decided_by: null, decided_at: null },
      ...{ reason: '', summary: '', running_on: null, created_at: at, changed_at: at },
    })
    .execute()
  for (const [at, { draft, doneBefore }] of items.entries()) {
    await insertItem(trx, { plan: id, position: at + 1, draft, doneBefore }, doing)
  }
  await noteHistory(trx, id, [{ what: 'created', data: { source } }], doing)
  return readPlan(trx, id)
}

/** The items that a plan of a source begins with. Throws PlainError where there is no plan of the year before. */
export async function itemsOf(
  db: Reads,
  template: PlansContext['template'],
  { organisation, year, source }: { organisation: string; year: number; source: PlanSource },
): Promise<{ draft: ItemDraft; doneBefore: boolean }[]> {
  if (source === 'empty') return []
  if (source === 'template') {
    return template.items.map(({ starts, ends, ...said }) => ({
      draft: { ...said, owner: null, startsOn: `${year}-${starts}`, endsOn: `${year}-${ends}` },
      doneBefore: false,
    }))
  }
  const before = await planOfYear(db, organisation, year - 1)
  if (!before) throw new PlainError('planning:none-before', { year: year - 1 })
  return before.items
    .filter(({ state }) => state !== 'dropped')
    .map(({ section, goal, clause, measure, target, owner, budget, starts_on, ends_on, state }) => ({
      draft: {
        ...{ section, goal, clause, measure, target, owner, budget },
        ...{ startsOn: inYear(starts_on, year), endsOn: inYear(ends_on, year) },
      },
      doneBefore: state === 'done',
    }))
}

/** Which plan, and the version of it that was looked at; null: as it is. */
export interface SeenPlan {
  plan: string
  seen: number | null
}

/** Hands a plan in, to be decided. Throws PlainError where it has no items or was handed in already. */
export async function submitPlan(
  trx: Trx,
  context: PlansContext,
  { plan: id, seen }: SeenPlan,
  doing: Doing,
): Promise<Plan> {
  const row = await lockPlan(trx, id, seen, doing)
  const before = await readPlan(trx, id)
  if (!before.items.some(({ state }) => state !== 'dropped')) throw new PlainError('planning:no-items')
  const set = { submitted_by: doing.by, submitted_at: doing.now.toISOString(), reason: '' }
  const plan = await act(trx, row, 'submitted', set, {}, doing)
  await tellSubmitted(trx, context, plan, doing.now)
  await context.reminders.done(trx, annualOrigin(row.organisation), {
    ...{ by: doing.by, note: row.number, now: doing.now },
  })
  await keepAnnual(trx, context, row.organisation, doing.now)
  return plan
}

/** Takes a plan back that nobody has decided yet, to change it. */
export async function withdrawPlan(trx: Trx, { plan: id, seen }: SeenPlan, doing: Doing): Promise<Plan> {
  const row = await lockPlan(trx, id, seen, doing)
  const plan = await act(trx, row, 'withdrawn', { submitted_at: null }, {}, doing)
  await closeAsked(trx, plan, 'withdrawn', doing)
  return plan
}

/**
 * Approves a plan, which runs from its first day, or returns it with a reason. Throws PlainError where it does not wait, a
 * return has no reason, or whoever submitted it would decide though another can.
 */
export async function decidePlan(
  trx: Trx,
  context: PlansContext,
  { plan: id, seen }: SeenPlan,
  { approves, reason }: { approves: boolean; reason: string },
  doing: Doing & { by: string },
): Promise<Plan> {
  const row = await lockPlan(trx, id, seen, doing)
  if (!approves && reason.trim() === '') throw new PlainError('planning:no-reason')
  const today = dayInChina(doing.now)
  await mustNotBeOwn(trx, doing.by, row, today)
  const set = { decided_by: doing.by, decided_at: doing.now.toISOString(), reason: approves ? '' : reason }
  const decided = await act(trx, row, approves ? 'approved' : 'returned', set, { reason }, doing)
  await tellDecided(trx, decided, doing)
  await closeAsked(trx, decided, approves ? 'approved' : 'returned', doing)
  if (!approves) return decided
  const first = firstDayOf(row.year)
  if (first <= today) return startPlan(trx, context, id, doing.now)
  await setTimer(trx, {
    ...{ id: `${startTimer}:${id}`, kind: startTimer, payload: { plan: id }, now: doing.now },
    at: new Date(`${first}T00:00:00+08:00`),
  })
  return decided
}

/** An approved plan runs from now on: those who have its items are asked how far they are. */
export async function startPlan(trx: Trx, context: PlansContext, id: string, now: Date): Promise<Plan> {
  const doing = { by: null, now }
  const row = await lockPlan(trx, id, null, doing)
  const running_on = later(dayInChina(now), firstDayOf(row.year))
  const plan = await act(trx, row, 'started', { running_on }, {}, doing)
  for (const item of plan.items) await keepItemReminders(trx, context, plan.row, item, now)
  await keepPlanReminders(trx, context, plan.row, now)
  return plan
}

/** What a plan came to; it may stay open with it. Throws PlainError where the plan neither runs nor waits to. */
export async function summarisePlan(
  trx: Trx,
  context: PlansContext,
  { plan: id, seen }: SeenPlan,
  { summary, closes }: { summary: string; closes: boolean },
  doing: Doing,
): Promise<Plan> {
  const row = await lockPlan(trx, id, seen, doing)
  if (stateAfter(row.state, 'closed') === null) throw notAsItStands(row)
  if (summary.trim() === '') throw new PlainError('planning:no-summary')
  await trx.updateTable('plan').set({ summary }).where('id', '=', id).execute()
  await noteHistory(trx, id, [{ what: 'summary', data: {} }], doing)
  if (!closes) return readPlan(trx, id)
  const { items } = await readPlan(trx, id)
  const open = items.filter(({ state }) => state === 'open').map(({ goal }) => goal)
  const plan = await act(trx, row, 'closed', {}, { open }, doing)
  await cancelTimer(trx, `${startTimer}:${id}`)
  for (const item of plan.items) await keepItemReminders(trx, context, plan.row, item, doing.now)
  await keepPlanReminders(trx, context, plan.row, doing.now)
  return plan
}

/** What a quarter came to, said anew where it was said before. */
export interface QuarterReview {
  quarter: number
  done: string
  problems: string
  next: string
}

/** Keeps the review of a quarter that is over. Throws PlainError for another, or a plan that does not run. */
export async function reviewPlan(
  trx: Trx,
  context: PlansContext,
  id: string,
  { quarter, done, problems, next }: QuarterReview,
  doing: Doing,
): Promise<Plan> {
  const row = await lockPlan(trx, id, null, doing)
  if (row.state !== 'running') throw new PlainError('planning:not-running', { number: row.number })
  const last = lastQuarter(row.year, dayInChina(doing.now))
  if (last === null || quarter > last || quarter < 1) throw new PlainError('planning:no-quarter')
  const values = { done, problems, next, by: doing.by, at: doing.now.toISOString() }
  await trx
    .insertInto('plan_review')
    .values({ id: randomUUID(), plan: id, quarter, ...values })
    .onConflict((conflict) => conflict.columns(['plan', 'quarter']).doUpdateSet(values))
    .execute()
  await noteHistory(trx, id, [{ what: 'review', data: { quarter } }], doing)
  if (quarter === last) {
    await context.reminders.done(trx, reviewOrigin(id), { by: doing.by, note: row.number, now: doing.now })
  }
  return readPlan(trx, id)
}

async function act(
  trx: Trx,
  row: PlanRow,
  what: PlanAct,
  set: Partial<PlanRow>,
  data: Record<string, unknown>,
  doing: Doing,
): Promise<Plan> {
  const state = stateAfter(row.state, what)
  if (state === null) throw notAsItStands(row)
  await trx
    .updateTable('plan')
    .set({ ...set, state })
    .where('id', '=', row.id)
    .execute()
  await noteHistory(trx, row.id, [{ what, data }], doing)
  return readPlan(trx, row.id)
}

function notAsItStands({ number }: PlanRow): PlainError {
  return new PlainError('planning:not-now', { number })
}
