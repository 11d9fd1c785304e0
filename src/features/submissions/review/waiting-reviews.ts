import type { Reads } from '../../../people/people.ts'
import type { SubmissionsContext } from '../context.ts'
import { openRows, type Submission } from '../records.ts'

/** More is reviewed by nobody in one go. */
const most = 100

/** What somebody was asked to review and can review now, the most pressing first. */
export async function waitingReviews(
  db: Reads,
  context: Pick<SubmissionsContext, 'kinds' | 'sealer'>,
  person: string,
): Promise<Submission[]> {
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where('id', 'in', (asked) =>
      asked
        .selectFrom('submission_review')
        .select('submission')
        .where('reviewer', '=', person)
        .where('state', '=', 'asked'),
    )
    .orderBy('due_at')
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(most)
    .execute()
  const opened = await openRows(db, context, rows)
  return opened.filter(({ kind, row }) => kind.states[row.state]?.waitsFor === 'reviewer')
}
