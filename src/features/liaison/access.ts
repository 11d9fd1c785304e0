import type { Account } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { holdersFrom, holdsOn } from './records.ts'

/** Somebody known, on a day of China. */
export interface Asker {
  person: string
  today: Day
}

/** Whoever uses an account. Throws PlainError for a guest. */
export async function askerOf(db: Reads, account: Account, now: Date): Promise<Asker> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('liaison:sign-in')
  return { person: person.id, today: dayInChina(now) }
}

/** Whether somebody says who looks after an organisation. */
export async function mayAssign(db: Reads, { person, today }: Asker, organisation: string): Promise<boolean> {
  return can(await actorOf(db, person, today), 'liaison.edit', await placeOf(db, organisation))
}

/** Whether somebody may enter visits of an organisation: who looks after it, and who assigns that. */
export async function mayRecord(db: Reads, asker: Asker, organisation: string): Promise<boolean> {
  return (await looksAfter(db, asker, organisation)) || (await mayAssign(db, asker, organisation))
}

/** Whether somebody may read what is kept of an organisation. */
export async function mayRead(db: Reads, asker: Asker, organisation: string): Promise<boolean> {
  if (await looksAfter(db, asker, organisation)) return true
  const actor = await actorOf(db, asker.person, asker.today)
  return can(actor, 'liaison.view', await placeOf(db, organisation))
}

async function looksAfter(db: Reads, { person, today }: Asker, organisation: string): Promise<boolean> {
  const held = await holdersFrom(db, today, { organisation, person })
  return held.some((one) => holdsOn(one, today))
}
