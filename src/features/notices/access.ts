import type { Account } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import { type Notice, type NoticeRow, readNotice } from './records.ts'

/** Whether somebody makes the notices of its organisation. */
export async function mayMake(
  db: Reads,
  person: string,
  { organisation }: Pick<NoticeRow, 'organisation'>,
  now: Date,
): Promise<boolean> {
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, 'notice.make', await placeOf(db, organisation))
}

/** The person of an account. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('notices:sign-in')
  return person.id
}

/** A notice that somebody makes. Throws PlainError where they do not, or there is none. */
export async function noticeToMake(db: Reads, id: string, person: string, now: Date): Promise<Notice> {
  const notice = await readNotice(db, id)
  if (!(await mayMake(db, person, notice.row, now))) throw new PlainError('notices:gone')
  return notice
}
