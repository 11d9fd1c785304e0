import type { Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'

/** Open items of running plans of some organisations that are due from one day to before another. */
export async function itemsDue(
  db: Reads,
  organisations: readonly string[],
  { from, until }: { from: Day; until: Day },
): Promise<{ title: string; day: Day }[]> {
  return db
    .selectFrom('plan_item')
    .innerJoin('plan', 'plan.id', 'plan_item.plan')
    .select(['plan_item.measure as title', 'plan_item.ends_on as day'])
    .where('plan.organisation', 'in', organisations)
    .where('plan.state', '=', 'running')
    .where('plan_item.state', '=', 'open')
    .where('plan_item.ends_on', '>=', from)
    .where('plan_item.ends_on', '<', until)
    .execute()
}
