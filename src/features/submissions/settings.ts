import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindField } from './definition/schema.ts'
import { readSubmission, type Submission, type SubmissionRow } from './records.ts'
import { askReviewers } from './review/ask-reviewers.ts'

export interface Setting {
  trx: Trx
  context: SubmissionsContext
  submission: Submission
  /** As the form checked it. */
  value: unknown
  now: Date
}

type Changes = Partial<SubmissionRow>

/** What a field sets of the record, beside being kept in the history; gives the columns that change. */
export const settings: Record<NonNullable<KindField['sets']>, (setting: Setting) => Promise<Changes>> = {
  handler: async ({ value }) => ({ handler: String(value) }),
  owner: async ({ value }) => ({ owner: String(value) }),
  verifier: async ({ value }) => ({ verifier: String(value) }),
  priority: async ({ value }) => ({ priority: value as SubmissionRow['priority'] }),
  due: async ({ value, now }) => {
    const day = String(value)
    if (day < dayInChina(now)) throw new PlainError('submissions:refused.past-day')
    return { due_day: day }
  },
  benefit: async ({ value }) => ({ benefit: Number(value) }),
  award: async ({ value }) => ({ award: String(value) }),
  published: async ({ value }) => ({ published: String(value) }),
  'merged-into': async ({ trx, context, submission, value }) => {
    const into = await readSubmission(trx, context, String(value))
    const { row } = submission
    if (into.row.id === row.id || into.row.kind !== row.kind || into.row.merged_into !== null) {
      throw new PlainError('submissions:refused.merge-target')
    }
    return { merged_into: into.row.id }
  },
  reviewers: async ({ trx, submission, value, now }) => {
    await askReviewers(trx, submission, value, now)
    return {}
  },
  variety: async ({ value }) => ({ variety: String(value) }),
}
