import { ancestorsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { remainderOf } from './funds.ts'
import type { Standing } from './life/life.ts'
import { solvingStanding } from './problems/parts.ts'
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
    variety: row.variety,
    reopened: row.reopened === 1,
    reviewsGiven: reviews.filter(({ state }) => state === 'given').length,
    reviewsAwaited: reviews.filter(({ state }) => state === 'asked').length,
    objectionsOpen: objections.length,
    owner: row.owner,
    verifier: row.verifier,
    sealed: row.sealed === 1 && row.erased_at === null,
    hidden: row.naming === 'hidden' && row.erased_at === null,
    proposed: row.proposed !== null,
    published: row.published !== null,
    nominee: row.nominee,
    remainder: remainderOf(row),
    ...(await solvingStanding(db, row.id)),
    hasSuperior: row.lies_with !== null && (await ancestorsOf(db, row.lies_with)).length > 0,
  }
}
