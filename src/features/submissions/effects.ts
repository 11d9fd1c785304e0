import { randomUUID } from 'node:crypto'
import type { FormValues } from '../../forms/definition.ts'
import { ancestorsOf } from '../../people/organisations.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction } from './definition/schema.ts'
import type { Part } from './life/life.ts'
import { normaliseNumber, type Submission, type SubmissionRow } from './records.ts'
import { keepReview } from './review/keep-review.ts'

export interface Effect {
  trx: Trx
  context: SubmissionsContext
  /** As it stood before. */
  submission: Submission
  part: Part
  action: KindAction
  input: FormValues
  now: Date
}

/** What an action does beside changing the state; gives the columns that change. */
export const effects: Record<
  KindAction['does'][number],
  (effect: Effect) => Promise<Partial<SubmissionRow>>
> = {
  review: async (effect) => {
    await keepReview(effect)
    return {}
  },

  object: async ({ trx, submission, part, input, now }) => {
    await trx
      .insertInto('submission_objection')
      .values({
        id: randomUUID(),
        submission: submission.row.id,
        person: part.person,
        text: String(input.objection ?? ''),
        settled: null,
        upheld: 0,
        at: now.toISOString(),
      })
      .execute()
    return {}
  },

  'settle-objection': async ({ trx, submission, action, input }) => {
    const upheld = typeof action.to === 'string' && action.to !== 'notice' && action.to !== 'same'
    await trx
      .updateTable('submission_objection')
      .set({ settled: String(input.finding ?? ''), upheld: upheld ? 1 : 0 })
      .where('submission', '=', submission.row.id)
      .where('settled', 'is', null)
      .execute()
    return {}
  },

  /** Votes and authors go over, each person once. */
  merge: async ({ trx, submission, action, input, now }) => {
    const field = action.fields.find(({ sets }) => sets === 'merged-into')
    const into = await trx
      .selectFrom('submission')
      .select(['id', 'author'])
      .where((where) => {
        const typed = String(input[field?.name ?? ''] ?? '')
        return where.or([where('id', '=', typed), where('number', '=', normaliseNumber(typed))])
      })
      .executeTakeFirstOrThrow()
    const { id } = submission.row
    const authors = await trx
      .selectFrom('submission_author')
      .select(['person', 'confirmed'])
      .where('submission', '=', id)
      .execute()
    const own = submission.author?.person
    const all = own ? [{ person: own, confirmed: 1 as const }, ...authors] : authors
    for (const { person, confirmed } of all) {
      if (person === into.author) continue
      await trx
        .insertInto('submission_author')
        .values({ submission: into.id, person, confirmed, merged_from: id })
        .onConflict((conflict) => conflict.columns(['submission', 'person']).doNothing())
        .execute()
    }
    const seconds = await trx
      .selectFrom('submission_second')
      .selectAll()
      .where('submission', '=', id)
      .execute()
    for (const { person, at } of seconds) {
      if (person === into.author) continue
      await trx
        .insertInto('submission_second')
        .values({ submission: into.id, person, at, merged_from: id })
        .onConflict((conflict) => conflict.columns(['submission', 'person']).doNothing())
        .execute()
    }
    return { closed_at: now.toISOString() }
  },

  'pass-up': async ({ trx, submission }) => {
    const { lies_with } = submission.row
    const [above] = lies_with === null ? [] : await ancestorsOf(trx, lies_with)
    return above ? { lies_with: above.id, handler: null } : {}
  },

  reopen: async () => ({ reopened: 1, handler: null }),
  withdraw: async () => ({}),
}
