import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction, KindField } from './definition/schema.ts'
import { setGranted, setUsed } from './funds.ts'
import type { Part } from './life/life.ts'
import { mergeTarget } from './merge.ts'
import type { Submission, SubmissionRow } from './records.ts'
import { partOf } from './relations.ts'
import { askReviewers, withdrawRequests } from './review/ask-reviewers.ts'
import { setAward, setBenefit, setVerifier } from './review/award.ts'
import { sealed } from './sealed.ts'

export interface Setting {
  trx: Trx
  context: SubmissionsContext
  submission: Submission
  part: Part
  action: KindAction
  /** All that was filled in. */
  input: FormValues
  /** As the form checked it. */
  value: unknown
  now: Date
}

type Changes = Partial<SubmissionRow>

/** What a field sets of the record, beside being kept in the history; gives the columns that change. */
export const settings: Record<NonNullable<KindField['sets']>, (setting: Setting) => Promise<Changes>> = {
  handler: async ({ trx, submission, action, value, now }) => {
    const person = String(value)
    const part = await partOf(trx, submission, person, dayInChina(now))
    // Where the name is hidden a refusal would tell it.
    const isAuthor = part.as.includes('author') || part.as.includes('co-author')
    if (isAuthor && submission.row.naming !== 'hidden') {
      throw new PlainError('submissions:refused.own')
    }
    if (submission.kind.handlers === 'restricted' && !part.as.includes('restricted')) {
      throw new PlainError('submissions:refused.restricted-handler')
    }
    if (action.to === 'same' && submission.row.handler === person)
      throw new PlainError('submissions:refused.already-theirs')
    return { handler: person }
  },
  owner: async ({ value }) => ({ owner: String(value) }),
  verifier: setVerifier,
  priority: async ({ value }) => ({ priority: value as SubmissionRow['priority'] }),
  due: async ({ value, now }) => {
    const day = String(value)
    if (day < dayInChina(now)) throw new PlainError('submissions:refused.past-day')
    return { due_day: day }
  },
  benefit: setBenefit,
  award: setAward,
  published: async ({ value }) => ({ published: String(value) }),
  proposed: async ({ trx, context, submission, value }) => ({
    proposed: await sealed(trx, context, submission.row, 'proposed', String(value)),
  }),
  'merged-into': mergeTarget,
  reviewers: async (setting) => {
    await askReviewers(setting)
    return {}
  },
  unasked: async (setting) => {
    await withdrawRequests(setting)
    return {}
  },
  nominee: async ({ value }) => ({ nominee: String(value) }),
  granted: setGranted,
  used: setUsed,
  // What the action does looks for them by their organisations.
  groups: async () => ({}),
  each: async () => ({}),
  variety: async ({ value }) => ({ variety: String(value) }),
  // Only where it is sent in: by then it is done.
  'co-authors': async () => ({}),
  naming: async () => ({}),
  // What the action does looks for them by number or name.
  offer: async () => ({}),
  milestone: async () => ({}),
  expert: async () => ({}),
}
