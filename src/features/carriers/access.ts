import type { Click } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { CarrierRow } from './records.ts'

/** Whether somebody keeps the carriers of its organisation. @param today `YYYY-MM-DD` of China. */
export async function mayEdit(
  db: Reads,
  person: string,
  { organisation }: Pick<CarrierRow, 'organisation'>,
  today: string,
): Promise<boolean> {
  return can(await actorOf(db, person, today), 'carrier.edit', await placeOf(db, organisation))
}

/** Whether somebody may see it: who keeps or oversees it, and who looks after it. */
export async function maySee(
  db: Reads,
  person: string,
  { organisation, contact_person }: Pick<CarrierRow, 'organisation' | 'contact_person'>,
  today: string,
): Promise<boolean> {
  if (contact_person === person) return true
  return can(await actorOf(db, person, today), 'carrier.view', await placeOf(db, organisation))
}

/**
 * Whether somebody may say that something came of it or that it is taken care of: who keeps it, and who looks after it.
 */
export async function mayTend(
  db: Reads,
  person: string,
  row: Pick<CarrierRow, 'organisation' | 'contact_person'>,
  today: string,
): Promise<boolean> {
  return row.contact_person === person || mayEdit(db, person, row, today)
}

/** Who pressed. Throws PlainError for a guest. */
export async function presserOf({ trx, action, now }: Click): Promise<{ person: string; today: string }> {
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('carriers:sign-in')
  return { person: person.id, today: dayInChina(now) }
}
