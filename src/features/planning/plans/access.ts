import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { addressesOf } from '../../../people/address.ts'
import { type Action, can } from '../../../people/can.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import type { Role } from '../../../people/roles.ts'
import type { PlanItem, PlanRow } from './records.ts'

/** Whether somebody may do it to plans of an organisation. @param today `YYYY-MM-DD` of China. */
export async function mayDo(
  db: Reads,
  person: string,
  action: Extract<Action, `plan.${string}`>,
  organisation: string,
  today: string,
): Promise<boolean> {
  return can(await actorOf(db, person, today), action, await placeOf(db, organisation))
}

/** Throws PlainError `planning:not-yours` where they may not. */
export async function mustDo(...asked: Parameters<typeof mayDo>): Promise<void> {
  if (!(await mayDo(...asked))) throw new PlainError('planning:not-yours')
}

/** Whether somebody may see a plan: who may see plans there, and whoever has one of its items. */
export async function maySee(
  db: Reads,
  person: string,
  { row, items }: { row: PlanRow; items: readonly PlanItem[] },
  today: string,
): Promise<boolean> {
  if (items.some(({ owner }) => owner === person)) return true
  return mayDo(db, person, 'plan.view', row.organisation, today)
}

/** Whether somebody may say how far an item is: who has it, and who keeps the plan. */
export async function mayUpdate(
  db: Reads,
  person: string,
  { owner }: Pick<PlanItem, 'owner'>,
  { organisation }: Pick<PlanRow, 'organisation'>,
  today: string,
): Promise<boolean> {
  return owner === person || mayDo(db, person, 'plan.edit', organisation, today)
}

const mostTold = 5

/**
 * Who is told that a plan waits for a decision: leaders of the organisation and those above it, the nearest with any, else
 * its own cadres; whoever submitted it is not, nor who cannot be reached.
 */
export async function decidersOf(
  db: Reads,
  organisation: string,
  { today, except }: { today: string; except: string | null },
): Promise<string[]> {
  const above = (await ancestorsOf(db, organisation)).map(({ id }) => id)
  const leaders = await reachable(db, organisation, ['leader'], today, except)
  for (const place of above) {
    const cadres = await reachable(db, place, ['leader', 'cadre'], today, except)
    if (cadres.length > 0) return [...new Set([...leaders, ...cadres])].slice(0, mostTold)
  }
  if (leaders.length > 0) return leaders.slice(0, mostTold)
  for (const place of [organisation, ...above]) {
    const others = await reachable(db, place, ['cadre', 'admin'], today, except)
    if (others.length > 0) return others.slice(0, mostTold)
  }
  return []
}

/** Throws PlainError where somebody would decide alone on what they submitted, though another can. */
export async function mustNotBeOwn(
  db: Reads,
  person: string,
  { organisation, submitted_by }: Pick<PlanRow, 'organisation' | 'submitted_by'>,
  today: string,
): Promise<void> {
  if (submitted_by !== person) return
  const others = await decidersOf(db, organisation, { today, except: person })
  if (others.length > 0) throw new PlainError('planning:own-plan')
}

/** Who holds one of these roles in the organisation itself and can be written to. */
export async function reachable(
  db: Reads,
  organisation: string,
  roles: readonly Role[],
  today: string,
  except: string | null,
): Promise<string[]> {
  const rows = await db
    .selectFrom('membership')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('role', 'in', roles)
    .orderBy('person')
    .execute()
  const held = rows
    .map(toMembership)
    .filter((one) => isInForce(one, today) && one.person !== except)
    .map(({ person }) => person)
  const addresses = await addressesOf(db, held)
  return [...new Set(held)].filter((person) => addresses.has(person))
}

/** Who pressed. Throws PlainError for a guest. */
export async function presserOf({
  trx,
  action,
  now,
}: Pick<Click, 'trx' | 'action' | 'now'>): Promise<{ person: string; today: string }> {
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('planning:sign-in')
  return { person: person.id, today: dayInChina(now) }
}
