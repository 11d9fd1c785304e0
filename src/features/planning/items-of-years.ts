import type { Reads } from '../../people/people.ts'

/** An item of a plan that was approved. */
export interface PlannedItem {
  /** Of its plan. */
  plan: string
  measure: string
  /** 0 to 100. */
  percent: number
}

/** What an organisation planned for some years and has not dropped, in the order of its plans. */
export async function itemsOfYears(
  db: Reads,
  organisation: string,
  years: readonly number[],
): Promise<PlannedItem[]> {
  const rows = await db
    .selectFrom('plan_item')
    .innerJoin('plan', 'plan.id', 'plan_item.plan')
    .select(['plan.number', 'plan_item.measure', 'plan_item.percent', 'plan_item.state'])
    .where('plan.organisation', '=', organisation)
    .where('plan.year', 'in', years)
    .where('plan.state', 'in', ['approved', 'running', 'closed'])
    .where('plan_item.state', '!=', 'dropped')
    .orderBy('plan.year')
    .orderBy('plan_item.position')
    .execute()
  return rows.map(({ number, measure, percent, state }) => ({
    ...{ plan: number, measure },
    percent: state === 'done' ? 100 : percent,
  }))
}
