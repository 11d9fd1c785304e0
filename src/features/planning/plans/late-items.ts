import type { Reads } from '../../../people/people.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import { superiorsOf } from '../../reminders/port.ts'
import { reachable } from './access.ts'
import { isLate } from './figures.ts'
import { personNames } from './names.ts'
import { listPlans, type PlanItem, type PlanRow } from './records.ts'
import { organisationNames } from './show-plans.ts'

/** An item that should be done by now, with what is said of it. */
export interface LateItem {
  item: PlanItem
  plan: PlanRow
  /** What its organisation is called. */
  organisation: string
  /** Whoever has it; empty: the cadres. */
  owner: string
}

/**
 * Late items of running plans by who stands above: whom their owner reports to, else leaders and cadres above, and whoever
 * approved the plan; never the owner. The longest late first.
 */
export async function lateAbove(db: Reads, today: Day, now: Date): Promise<Map<string, LateItem[]>> {
  const plans = await listPlans(db, null, { state: 'running' })
  const found = plans.flatMap(({ row, items }) =>
    items.filter((item) => isLate(item, today)).map((item) => ({ item, plan: row })),
  )
  const late = found.toSorted(
    (one, other) =>
      compare(one.item.ends_on, other.item.ends_on) ||
      compare(one.plan.number, other.plan.number) ||
      one.item.position - other.item.position,
  )
  const organisations = await organisationNames(
    db,
    late.map(({ plan }) => plan),
  )
  const names = await personNames(
    db,
    late.flatMap(({ item }) => item.owner ?? []),
  )
  // Many items have one owner: whom they report to is looked up once.
  const superiors = new Map<string, readonly string[]>()
  const told = new Map<string, LateItem[]>()
  for (const { item, plan } of late) {
    const key = `${item.owner} ${plan.organisation}`
    const above = superiors.get(key) ?? (await aboveOwner(db, item, plan, today, now))
    superiors.set(key, above)
    const shown: LateItem = {
      ...{ item, plan, organisation: organisations.get(plan.organisation) ?? '' },
      owner: names.get(item.owner ?? '') ?? '',
    }
    for (const person of new Set([...above, ...(plan.decided_by === null ? [] : [plan.decided_by])])) {
      if (person !== item.owner) told.set(person, [...(told.get(person) ?? []), shown])
    }
  }
  return told
}

/** An item without owner is the cadres': whoever is above the first of them hears of it. */
async function aboveOwner(
  db: Reads,
  { owner }: PlanItem,
  { organisation }: PlanRow,
  today: Day,
  now: Date,
): Promise<string[]> {
  const person = owner ?? (await reachable(db, organisation, ['cadre'], today, null))[0] ?? null
  return superiorsOf(db, { row: { person, chat: null }, reminder: { organisation } }, now)
}

/** By code point, the same on each machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
