import type { Reads } from '../../../people/people.ts'
import type { SubmissionReviewTable } from '../../../store/tables/submissions.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Submission } from '../records.ts'
import { unsealed } from '../sealed.ts'

/** A review, unsealed. */
export interface Review {
  reviewer: string
  /** The reviewer's name. */
  name: string
  state: SubmissionReviewTable['state']
  /** Points by criterion; none until given. */
  scores: Record<string, number>
  total: number | null
  opinion: string
  /** Why they do not review; empty where they do. */
  interest: string
}

/** Everybody who was asked, by name; those of whom it is not wanted any more are left out. */
export async function readReviews(
  db: Reads,
  context: Pick<SubmissionsContext, 'sealer'>,
  { row }: Pick<Submission, 'row'>,
): Promise<Review[]> {
  const rows = await db
    .selectFrom('submission_review')
    .innerJoin('person', 'person.id', 'submission_review.reviewer')
    .selectAll('submission_review')
    .select('person.name')
    .where('submission', '=', row.id)
    .where('submission_review.state', 'not in', ['withdrawn', 'past'])
    .orderBy('person.name')
    .orderBy('reviewer')
    .execute()
  const reviews: Review[] = []
  for (const { reviewer, name, state, scores, total, opinion, interest } of rows) {
    const open = (column: string, kept: string | null) =>
      kept === null ? '' : unsealed(db, context, row, column, kept)
    reviews.push({
      ...{ reviewer, name, state, total },
      scores: scores === null ? {} : (JSON.parse(scores) as Record<string, number>),
      opinion: await open(opinionPlace(reviewer), opinion),
      interest: await open(interestPlace(reviewer), interest),
    })
  }
  return reviews
}

/** Where a reviewer's words lie sealed. */
export function opinionPlace(reviewer: string): string {
  return `review ${reviewer}`
}

export function interestPlace(reviewer: string): string {
  return `interest ${reviewer}`
}
