import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { lineOf } from '../../../people/route.ts'
import { isOnLeave } from '../../../timers/calendar/leave.ts'
import { rubricOf } from '../definition/rubric.ts'
import type { Submission } from '../records.ts'
import { nameableAuthor } from '../relations.ts'

/** Somebody who could review a record. */
export interface Candidate {
  person: string
  name: string
  /** Reviews that they still owe. */
  open: number
}

/**
 * Who can be asked: holders of the office of reviewer in the organisation with which it lies or one above, those with
 * the fewest open reviews first. None of the authors, none who handles, carries out or verifies it, none who was asked
 * already, and none who is on leave today.
 * @param today `YYYY-MM-DD` of China.
 */
export async function suggestReviewers(
  db: Reads,
  { row, kind, author }: Submission,
  today: string,
): Promise<{ candidates: Candidate[]; wanted: number }> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person')
    .selectAll('membership')
    .select('person.name')
    .where('organisation', 'in', await lineOf(db, row.lies_with))
    .where('role', '=', 'reviewer')
    .execute()
  const names = new Map(
    rows.filter((held) => isInForce(toMembership(held), today)).map(({ person, name }) => [person, name]),
  )
  const authors = await db
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', row.id)
    .execute()
  const own = [
    nameableAuthor({ row, author }),
    row.handler,
    row.owner,
    row.verifier,
    ...authors.map(({ person }) => person),
  ]
  for (const person of own) if (person) names.delete(person)
  const there = await db
    .selectFrom('submission_review')
    .select(['reviewer', 'state'])
    .where('submission', '=', row.id)
    .execute()
  for (const { reviewer, state } of there) if (state !== 'past') names.delete(reviewer)
  const owed = await openReviews(db, [...names.keys()])
  const candidates: Candidate[] = []
  for (const [person, name] of names) {
    if (!(await isOnLeave(db, person, today))) candidates.push({ person, name, open: owed.get(person) ?? 0 })
  }
  candidates.sort((one, other) => one.open - other.open || (one.person < other.person ? -1 : 1))
  const counted = there.filter(({ state }) => state === 'asked' || state === 'given').length
  return { candidates, wanted: Math.max(0, (rubricOf(kind, row.variety)?.reviews ?? 0) - counted) }
}

/** How many reviews each of them owes. */
async function openReviews(db: Reads, people: readonly string[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('submission_review')
    .select(({ fn }) => ['reviewer', fn.countAll<number | string>().as('owed')])
    .where('reviewer', 'in', people)
    .where('state', '=', 'asked')
    .groupBy('reviewer')
    .execute()
  return new Map(rows.map(({ reviewer, owed }) => [reviewer, Number(owed)]))
}
