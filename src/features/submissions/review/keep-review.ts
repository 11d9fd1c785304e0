import { PlainError } from '../../../messages/plain-error.ts'
import type { Effect } from '../effects.ts'

/**
 * Keeps what a reviewer says: scores by the rubric and an opinion, or the interest for which they decline. Input:
 * `interest` (text) or one number a criterion and `opinion`.
 */
export async function keepReview({ trx, submission, part, input, now }: Effect): Promise<void> {
  const { row, kind } = submission
  const interest = typeof input.interest === 'string' ? input.interest : ''
  const scores = Object.fromEntries(
    (kind.rubric?.criteria ?? []).map(({ name, most }) => {
      const score = Number(input[name] ?? Number.NaN)
      if (interest === '' && !(score >= 0 && score <= most)) throw new PlainError('submissions:refused.score')
      return [name, score]
    }),
  )
  const given = {
    state: 'given' as const,
    scores: JSON.stringify(scores),
    total: Object.values(scores).reduce((sum, score) => sum + score, 0),
    opinion: String(input.opinion ?? ''),
    interest: null,
  }
  const declined = { state: 'declined' as const, scores: null, total: null, opinion: null, interest }
  const { numUpdatedRows } = await trx
    .updateTable('submission_review')
    .set({ ...(interest === '' ? given : declined), given_at: now.toISOString() })
    .where('submission', '=', row.id)
    .where('reviewer', '=', part.person ?? '')
    .where('state', '!=', 'declined')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new PlainError('submissions:refused.not-yours')
}
