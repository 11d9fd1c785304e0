import type { Account } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { type Consultation, type ConsultationRow, readConsultation } from './records.ts'

/** Whether somebody makes the consultations of its organisation. */
export async function mayMake(
  db: Reads,
  person: string,
  { organisation }: Pick<ConsultationRow, 'organisation'>,
  now: Date,
): Promise<boolean> {
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, 'consultation.make', await placeOf(db, organisation))
}

/** Whether somebody sees how it stands: one of its makers, or who decides once it went out. */
export async function maySee(db: Reads, person: string, row: ConsultationRow, now: Date): Promise<boolean> {
  return (row.decider === person && row.state !== 'draft') || mayMake(db, person, row, now)
}

/** The person of an account. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('consultations:sign-in')
  return person.id
}

/** One that somebody makes, or with `see` one that they decide. Throws PlainError where they do not, or there is none. */
export async function consultationOf(
  db: Reads,
  id: string,
  person: string,
  { now, may = 'make' }: { now: Date; may?: 'make' | 'see' },
): Promise<Consultation> {
  const found = await readConsultation(db, id)
  const allowed = await (may === 'see' ? maySee : mayMake)(db, person, found.row, now)
  if (!allowed) throw new PlainError('consultations:gone')
  return found
}
