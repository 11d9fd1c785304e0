import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { Submission } from '../records.ts'

/**
 * Asks people to review; none of the authors.
 * @param value Their ids.
 */
export async function askReviewers(
  trx: Trx,
  { row, author }: Submission,
  value: unknown,
  now: Date,
): Promise<void> {
  const people = [...new Set(Array.isArray(value) ? value.map(String) : [])]
  const authors = await trx
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', row.id)
    .execute()
  const own = new Set([author?.person, ...authors.map(({ person }) => person)])
  if (people.some((person) => own.has(person))) throw new PlainError('submissions:refused.author-reviews')
  for (const reviewer of people) {
    await trx
      .insertInto('submission_review')
      .values({
        submission: row.id,
        reviewer,
        state: 'asked',
        scores: null,
        total: null,
        opinion: null,
        interest: null,
        asked_at: now.toISOString(),
        given_at: null,
      })
      .onConflict((conflict) => conflict.columns(['submission', 'reviewer']).doNothing())
      .execute()
  }
}
