import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Reads } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { decidersOf, mayDo } from './access.ts'
import { nameOf, personNames } from './names.ts'
import { papersOf } from './papers.ts'
import { planCard, type ShownPlan } from './plan-cards.ts'
import { listPlans, type Plan, type PlanRow } from './records.ts'

/** Who looks, on which day of China. */
export interface Looker {
  person: string
  today: string
}

export async function shownOf(db: Reads, plan: Plan, today: string): Promise<ShownPlan> {
  const papers = (await papersOf(db, plan.row.id)).length > 0
  return { plan, organisation: await nameOf(db, plan.row.organisation), today, papers }
}

/** A plan's card for somebody who may see it, with what they may do about it. */
export async function cardOf(db: Reads, plan: Plan, looker: Looker, language: Language): Promise<Card> {
  const rights = { edits: await isEditor(db, plan, looker), decides: await decides(db, plan, looker) }
  return planCard(await shownOf(db, plan, looker.today), rights, language)
}

export function isEditor(db: Reads, { row }: Plan, { person, today }: Looker): Promise<boolean> {
  return mayDo(db, person, 'plan.edit', row.organisation, today)
}

/** Whether somebody may decide on a plan: not on their own, where another can. */
export async function decides(db: Reads, { row }: Plan, { person, today }: Looker): Promise<boolean> {
  if (!(await mayDo(db, person, 'plan.decide', row.organisation, today))) return false
  if (row.submitted_by !== person) return true
  return (await decidersOf(db, row.organisation, { today, except: person })).length === 0
}

/** Plans that somebody may see: of this year and the next, and what still runs; or only those that run. */
export async function visiblePlans(
  db: Reads,
  { person, today }: Looker,
  { running }: { running: boolean },
): Promise<ShownPlan[]> {
  const { organisations, all } = await reachOfPerson(db, person, ['plan.view'], today)
  const reached = new Set(organisations)
  const plans = (await listPlans(db, null, running ? { state: 'running' } : {})).filter(
    ({ row, items }) =>
      (row.year >= yearOf(today) || row.state === 'running') &&
      (all || reached.has(row.organisation) || items.some(({ owner }) => owner === person)),
  )
  const names = await organisationNames(
    db,
    plans.map(({ row }) => row),
  )
  return plans.map((plan) => ({ plan, organisation: names.get(plan.row.organisation) ?? '', today }))
}

/** What the organisations of these plans are called, by id. */
export async function organisationNames(
  db: Reads,
  rows: readonly Pick<PlanRow, 'organisation'>[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const piece of inPieces([...new Set(rows.map(({ organisation }) => organisation))])) {
    const found = await db
      .selectFrom('organisation')
      .select(['id', 'name'])
      .where('id', 'in', piece)
      .execute()
    for (const { id, name } of found) names.set(id, name)
  }
  return names
}

/** The names of those who have items of these plans, by id. */
export async function namesIn(db: Reads, plans: readonly Plan[]): Promise<Map<string, string>> {
  return personNames(
    db,
    plans.flatMap(({ items }) => items.flatMap(({ owner }) => owner ?? [])),
  )
}
