import { ancestorsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import type { Standing } from './life/life.ts'
import type { Submission } from './records.ts'

/** What of a record decides about its next steps, as it stands now. */
export async function standingOf(db: Reads, { row }: Pick<Submission, 'row'>): Promise<Standing> {
  const reviews = await db
    .selectFrom('submission_review')
    .select('state')
    .where('submission', '=', row.id)
    .execute()
  const objections = await db
    .selectFrom('submission_objection')
    .select('id')
    .where('submission', '=', row.id)
    .where('settled', 'is', null)
    .execute()
  return {
    state: row.state,
    reopened: row.reopened === 1,
    reviewsGiven: reviews.filter(({ state }) => state === 'given').length,
    reviewsAwaited: reviews.filter(({ state }) => state === 'asked').length,
    objectionsOpen: objections.length,
    owner: row.owner,
    verifier: row.verifier,
    hasSuperior: row.lies_with !== null && (await ancestorsOf(db, row.lies_with)).length > 0,
  }
}
