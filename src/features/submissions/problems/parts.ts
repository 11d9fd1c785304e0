import type { Reads } from '../../../people/people.ts'
import type { Standing } from '../life/life.ts'

/** Whoever of the house has an offer open on a record, in the order in which they made it. */
export async function offerersOf(db: Reads, submission: string): Promise<string[]> {
  const rows = await db
    .selectFrom('submission_offer')
    .select('person')
    .where('submission', '=', submission)
    .where('state', '=', 'open')
    .orderBy('number')
    .execute()
  return rows.flatMap(({ person }) => person ?? [])
}

/** Whoever has a milestone of a record yet to reach. */
export async function workersOf(db: Reads, submission: string): Promise<string[]> {
  const rows = await db
    .selectFrom('submission_milestone')
    .select('owner')
    .distinct()
    .where('submission', '=', submission)
    .where('state', 'in', ['open', 'reported'])
    .orderBy('owner')
    .execute()
  return rows.map(({ owner }) => owner)
}

type SolvingStanding = Pick<
  Standing,
  'offersOpen' | 'milestonesOpen' | 'milestonesReported' | 'milestonesSet'
>

/** How many offers and milestones of a record stand where. */
export async function solvingStanding(db: Reads, submission: string): Promise<SolvingStanding> {
  const offers = await db
    .selectFrom('submission_offer')
    .select('id')
    .where('submission', '=', submission)
    .where('state', '=', 'open')
    .execute()
  const milestones = await db
    .selectFrom('submission_milestone')
    .select('state')
    .where('submission', '=', submission)
    .where('state', '!=', 'dropped')
    .execute()
  const among = (wanted: string) => milestones.filter(({ state }) => state === wanted).length
  return {
    offersOpen: offers.length,
    milestonesOpen: among('open'),
    milestonesReported: among('reported'),
    milestonesSet: milestones.length,
  }
}
