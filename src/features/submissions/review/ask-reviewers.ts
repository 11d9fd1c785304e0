import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { readPerson } from '../../../people/people.ts'
import { leaveOf } from '../../../timers/calendar/leave.ts'
import type { Effect } from '../effects.ts'
import { nameableAuthor } from '../relations.ts'
import type { Setting } from '../settings.ts'
import { tellNext } from '../tell.ts'
import { settleRequest } from './settle-request.ts'
import { tellAway } from './tell-handlers.ts'

/**
 * Asks people to review: none of the authors, nobody who said that they have an interest in it. Who is on leave today is
 * not asked, and whoever wanted them is told. Throws PlainError `review:refused.*`, also where nobody is left.
 * `value`: the ids of the people.
 */
export async function askReviewers(setting: Setting): Promise<void> {
  const { trx, context, submission, part, action, value, now } = setting
  const { row, kind } = submission
  const today = dayInChina(now)
  const people = [...new Set(Array.isArray(value) ? value.map(String) : [])]
  const authors = await trx
    .selectFrom('submission_author')
    .select('person')
    .where('submission', '=', row.id)
    .execute()
  const own = new Set([nameableAuthor(submission), ...authors.map(({ person }) => person)])
  const there = await trx
    .selectFrom('submission_review')
    .select(['reviewer', 'state'])
    .where('submission', '=', row.id)
    .execute()
  const states = new Map(there.map(({ reviewer, state }) => [reviewer, state]))
  // Taken up again: what was said of it before counts no more.
  const isAnew = action.does.includes('take-up') || action.does.includes('reopen')
  const asked: string[] = []
  const away: { name: string; until: string }[] = []
  for (const person of people) {
    const name = (await readPerson(trx, person))?.name ?? ''
    if (own.has(person)) throw new PlainError('review:refused.author', { name })
    if (states.get(person) === 'declined') throw new PlainError('review:refused.interest', { name })
    const isThere = states.get(person) === 'asked' || states.get(person) === 'given'
    if (isThere && !isAnew) continue
    const [leave] = await leaveOf(trx, person, today)
    if (leave && leave.first <= today) away.push({ name, until: leave.last })
    else asked.push(person)
  }
  const isCounted = [...states.values()].some((state) => state === 'asked' || state === 'given')
  if (asked.length === 0 && !(isCounted && away.length > 0)) {
    const names = away.map(({ name }) => name).join('、')
    throw new PlainError(away.length > 0 ? 'review:refused.all-away' : 'review:refused.asked-already', {
      names,
    })
  }
  for (const reviewer of asked) {
    const fresh = {
      ...{ state: 'asked' as const, scores: null, total: null, opinion: null, interest: null },
      ...{ asked_at: now.toISOString(), given_at: null },
    }
    await trx
      .insertInto('submission_review')
      .values({ submission: row.id, reviewer, ...fresh })
      .onConflict((conflict) => conflict.columns(['submission', 'reviewer']).doUpdateSet(fresh))
      .execute()
  }
  // Where it comes under review only now, all who are asked are told by that.
  if (kind.states[row.state]?.waitsFor === 'reviewer' && asked.length > 0) {
    await tellNext(trx, context, submission, now, { to: asked, round: ` ${row.revision + 1}` })
  }
  if (away.length > 0) await tellAway(trx, context, submission, { to: part.person, away }, now)
}

/**
 * Takes back what somebody was asked for and has not given. Throws PlainError where they were not asked, or have given
 * it. `value`: the ids of the people.
 */
export async function withdrawRequests({ trx, context, submission, value, now }: Setting): Promise<void> {
  const people = [...new Set(Array.isArray(value) ? value.map(String) : [String(value)])]
  for (const person of people) {
    const { numUpdatedRows } = await trx
      .updateTable('submission_review')
      .set({ state: 'withdrawn' })
      .where('submission', '=', submission.row.id)
      .where('reviewer', '=', person)
      .where('state', '=', 'asked')
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) {
      const name = (await readPerson(trx, person))?.name ?? ''
      throw new PlainError('review:refused.not-asked', { name })
    }
    await settleRequest(trx, context, submission, person, now)
  }
}

/** What was taken up again is scored anew: earlier reviews count no more, but those that were asked for just now. */
export async function endReviews({ trx, submission, now }: Effect): Promise<void> {
  await trx
    .updateTable('submission_review')
    .set({ state: 'past' })
    .where('submission', '=', submission.row.id)
    .where('state', 'in', ['asked', 'given', 'unable', 'withdrawn'])
    .where('asked_at', '!=', now.toISOString())
    .execute()
}
