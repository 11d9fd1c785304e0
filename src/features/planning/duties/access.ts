import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { type Action, can } from '../../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'

/** Whether somebody may do it to the duties of an organisation. */
export async function may(
  db: Reads,
  person: string | null,
  action: Extract<Action, 'plan.view' | 'plan.edit'>,
  organisation: string,
  now: Date,
): Promise<boolean> {
  if (person === null) return false
  return can(await actorOf(db, person, dayInChina(now)), action, await placeOf(db, organisation))
}

/** Throws PlainError where somebody may not keep the duties of an organisation. */
export async function mustEdit(
  db: Reads,
  person: string | null,
  organisation: string,
  now: Date,
): Promise<string> {
  if (person === null) throw new PlainError('planning:duty.sign-in')
  if (!(await may(db, person, 'plan.edit', organisation, now)))
    throw new PlainError('planning:duty.not-yours')
  return person
}

/** Who pressed. Throws PlainError for a guest. */
export async function presserOf({ trx, action }: Pick<Click, 'trx' | 'action'>): Promise<string> {
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('planning:duty.sign-in')
  return person.id
}

/** An organisation's name. Throws PlainError where there is none. */
export async function unitOf(db: Reads, organisation: string): Promise<{ id: string; name: string }> {
  const row = await db
    .selectFrom('organisation')
    .select(['id', 'name'])
    .where('id', '=', organisation)
    .executeTakeFirst()
  if (!row) throw new PlainError('planning:duty.no-unit')
  return row
}
