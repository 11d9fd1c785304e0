import type { Account } from '../../chat/incoming.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { peopleOfAudience } from '../../people/audience.ts'
import { type Action, can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { Assessment, Subject } from './records.ts'

/** The person of an account. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('assessment:sign-in')
  return person.id
}

async function may(db: Reads, person: string, action: Action, organisation: string, now: Date) {
  return can(await actorOf(db, person, dayInChina(now)), action, await placeOf(db, organisation))
}

/** Whether somebody holds the assessments of an organisation. */
export function mayMake(db: Reads, person: string, organisation: string, now: Date): Promise<boolean> {
  return may(db, person, 'assessment.make', organisation, now)
}

/** Whether somebody fills in for a subject: a person for themselves, for a unit whoever has the office. */
export async function mayFill(db: Reads, person: string, { row }: Subject, now: Date): Promise<boolean> {
  if (row.person !== null) return row.person === person
  return may(db, person, 'assessment.fill', row.organisation, now)
}

/**
 * Why somebody may not check a subject, as a key of the messages; null: they may. Nobody checks themselves, their own unit
 * or what they filled in.
 */
export async function problemOfChecker(
  db: Reads,
  person: string,
  { checkers }: Pick<Assessment, 'checkers'>,
  { row }: Pick<Subject, 'row'>,
  now: Date,
): Promise<'not-checker' | 'own' | 'filled' | null> {
  const actor = await actorOf(db, person, dayInChina(now))
  if (!checkers.includes(person)) return 'not-checker'
  if (!can(actor, 'assessment.check', await placeOf(db, row.organisation))) return 'not-checker'
  if (row.person === person) return 'own'
  if (row.filled_by === person) return 'filled'
  if (row.person !== null) return null
  for (const { organisation } of actor.grants) {
    // Whoever works below a unit belongs to it.
    if ((await placeOf(db, organisation)).path.includes(row.organisation)) return 'own'
  }
  return null
}

/** Whether somebody reads what was filled in and given for a subject. */
export async function maySee(
  db: Reads,
  person: string,
  assessment: Assessment,
  subject: Subject,
  now: Date,
): Promise<boolean> {
  if (await mayFill(db, person, subject, now)) return true
  if (assessment.checkers.includes(person)) return true
  if (await mayMake(db, person, assessment.row.organisation, now)) return true
  // What was given to a person is read by those who work on it alone.
  return subject.row.person === null && may(db, person, 'assessment.view', subject.row.organisation, now)
}

/** Who is asked to fill in for a subject: the person, or the liaisons and cadres of the unit. */
export async function fillersOf(db: Reads, { row }: Pick<Subject, 'row'>, now: Date): Promise<string[]> {
  if (row.person !== null) return [row.person]
  const members = (['liaison', 'cadre'] as const).map((role) => ({
    ...{ organisation: row.organisation, role, below: false },
  }))
  return [...(await peopleOfAudience(db, { people: [], members }, now)).keys()]
}

/** Throws PlainError where somebody does not hold it. */
export async function mustMake(db: Reads, person: string, { row }: Assessment, now: Date): Promise<void> {
  if (!(await mayMake(db, person, row.organisation, now))) throw new PlainError('assessment:not-for-you')
}
