import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { readPerson } from '../../../people/people.ts'
import { inHundredths, rubricOf } from '../definition/rubric.ts'
import type { Effect } from '../effects.ts'
import { sealed } from '../sealed.ts'
import { interestPlace, opinionPlace } from './reviews.ts'
import { sumOf } from './score.ts'
import { askingActions, tellWord } from './tell-handlers.ts'

/**
 * Keeps what a reviewer says: scores by the rubric and an opinion, or why they do not review. Input: `hasInterest` (`no`,
 * `yes`, `unable`), then `interest` or `obstacle`, or else one number a criterion with `opinion` or, where it is high,
 * perhaps a `remark`. Throws PlainError where a score is out of its range, or low ones stand without an opinion.
 */
export async function keepReview(effect: Effect): Promise<void> {
  const { trx, context, submission, part, input, now } = effect
  const { row } = submission
  const reviewer = part.person ?? ''
  const answered = input.hasInterest
  const kept =
    answered === 'yes'
      ? await declining(effect, 'declined', String(input.interest ?? ''))
      : answered === 'unable'
        ? await declining(effect, 'unable', String(input.obstacle ?? ''))
        : await scoring(effect)
  const { numUpdatedRows } = await trx
    .updateTable('submission_review')
    .set({ ...kept, given_at: now.toISOString() })
    .where('submission', '=', row.id)
    .where('reviewer', '=', reviewer)
    .where('state', 'in', ['asked', 'given'])
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new PlainError('submissions:refused.not-yours')
  if (kept.state === 'given') return
  const name = (await readPerson(trx, reviewer))?.name ?? ''
  const reason = String(input.interest ?? input.obstacle ?? '')
  await tellWord(
    trx,
    context,
    submission,
    {
      matter: `${kept.state} ${reviewer}`,
      text: (language) => translate(language, `review:request.${kept.state}`, { name, reason }),
      actions: askingActions(submission),
    },
    now,
  )
}

async function declining(
  { trx, context, submission, part }: Effect,
  state: 'declined' | 'unable',
  why: string,
) {
  const interest = await sealed(trx, context, submission.row, interestPlace(part.person ?? ''), why)
  return { state, scores: null, total: null, opinion: null, interest }
}

async function scoring({ trx, context, submission, part, input }: Effect) {
  // Whoever asked them could not know.
  if (part.as.includes('author')) throw new PlainError('submissions:refused.own')
  const { row, kind } = submission
  const rubric = rubricOf(kind, row.variety)
  if (!rubric) throw new PlainError('submissions:refused.unknown')
  const scores: Record<string, number> = {}
  for (const { name, most } of rubric.criteria) {
    const score = Number(input[name] ?? Number.NaN)
    if (!(score >= 0 && score <= most)) throw new PlainError('submissions:refused.score')
    scores[name] = score
  }
  const total = sumOf(rubric, scores)
  const opinion = String(input.opinion ?? input.remark ?? '').trim()
  if (inHundredths(rubric, total) < rubric.opinionBelow && opinion === '') {
    throw new PlainError('review:refused.grounds', { below: rubric.opinionBelow })
  }
  return {
    state: 'given' as const,
    scores: JSON.stringify(scores),
    total,
    opinion: await sealed(trx, context, row, opinionPlace(part.person ?? ''), opinion),
    interest: null,
  }
}
