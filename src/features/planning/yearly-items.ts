import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** An item of a plan that was approved, as far as it is. */
interface YearlyItem {
  /** Of the plan and the item: `JH-2026-0007-3`. */
  number: string
  goal: string
  /** The day on which it is due. */
  endsOn: Day
  percent: number
  state: 'open' | 'done'
}

/**
 * Items of an organisation's plan of a year that were not dropped, by their position; those done in the plan of the year
 * before are none of this one's. None where the plan was not approved.
 */
export async function yearlyItems(db: Reads, organisation: string, year: number): Promise<YearlyItem[]> {
  const rows = await db
    .selectFrom('plan_item')
    .innerJoin('plan', 'plan.id', 'plan_item.plan')
    .select(['plan.number', 'plan_item.position', 'plan_item.goal', 'plan_item.ends_on'])
    .select(['plan_item.percent', 'plan_item.state'])
    .where('plan.organisation', '=', organisation)
    .where('plan.year', '=', year)
    .where('plan.state', 'in', ['approved', 'running', 'closed'])
    .where('plan_item.state', '!=', 'dropped')
    .where('plan_item.done_before', '=', 0)
    .orderBy('plan_item.position')
    .execute()
  return rows.map(({ number, position, goal, ends_on: endsOn, percent, state }) => ({
    ...{ number: `${number}-${position}`, goal, endsOn, percent },
    state: state === 'done' ? 'done' : 'open',
  }))
}
