import type { FormValues } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { ancestorsOf } from '../../people/organisations.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction } from './definition/schema.ts'
import { editContent } from './edit-content.ts'
import { eraseRecord } from './erase.ts'
import { keepInvitation } from './experts/invite.ts'
import type { Part } from './life/life.ts'
import { mergeAuthors } from './merge.ts'
import { askForContact } from './problems/contact.ts'
import { endAgreement, keepAgreement } from './problems/keep-agreement.ts'
import { chooseOffer, endOffers, keepOffer, withdrawOffer } from './problems/offers.ts'
import {
  acceptMilestone,
  addMilestone,
  reportMilestone,
  returnMilestone,
} from './problems/reach-milestones.ts'
import type { Submission, SubmissionRow } from './records.ts'
import { endReviews } from './review/ask-reviewers.ts'
import { answerObjection, keepObjection } from './review/keep-objection.ts'
import { keepReview } from './review/keep-review.ts'
import { postNotice } from './review/post-notice.ts'
import { report } from './review/report.ts'
import { showcase } from './review/showcase.ts'
import { unsealed } from './sealed.ts'
import { tellNext } from './tell.ts'

export interface Effect {
  trx: Trx
  context: SubmissionsContext
  /** As it stood before. */
  submission: Submission
  part: Part
  action: KindAction
  input: FormValues
  /** For an action that edits: what the record is to hold. */
  content: FormValues | undefined
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

  object: async (effect) => {
    await keepObjection(effect)
    return {}
  },

  'settle-objection': answerObjection,

  post: async (effect) => {
    await postNotice(effect)
    return {}
  },

  report: async (effect) => {
    await report(effect)
    return {}
  },

  'take-up': async (effect) => {
    await endReviews(effect)
    return {}
  },

  merge: mergeAuthors,

  'pass-up': async ({ trx, submission }) => {
    const { lies_with } = submission.row
    const [above] = lies_with === null ? [] : await ancestorsOf(trx, lies_with)
    return above ? { lies_with: above.id, handler: null } : {}
  },

  reopen: async (effect) => {
    await endReviews(effect)
    return { reopened: 1, handler: null }
  },
  withdraw: async () => ({}),
  edit: editContent,

  remind: async ({ trx, context, submission, now }) => {
    const { id, stage } = submission.row
    const today = dayInChina(now)
    const reminding = Object.entries(submission.kind.actions).flatMap(([name, { does }]) =>
      does.includes('remind') ? [name] : [],
    )
    const asked = await trx
      .selectFrom('submission_history')
      .select('at')
      .where('submission', '=', id)
      .where('revision', '>', stage)
      .where('action', 'in', reminding)
      .execute()
    // Once a day is enough, whoever asks.
    if (asked.some(({ at }) => dayInChina(new Date(at)) === today))
      throw new PlainError('submissions:refused.reminded')
    await tellNext(trx, context, submission, now, { why: 'remind', lane: 'reminder' })
    return {}
  },

  'take-over': async ({ submission, part }) => {
    if (submission.row.handler === part.person) throw new PlainError('submissions:refused.yours-already')
    return { handler: part.person }
  },

  publish: async ({ trx, context, submission: { row } }) => ({
    published: await unsealed(trx, context, row, 'proposed', row.proposed ?? ''),
    proposed: null,
  }),
  unpublish: async () => ({ published: null, proposed: null }),
  erase: eraseRecord,
  // Shown by the form's answer, to whoever asked alone.
  unseal: async () => ({}),

  offer: keepOffer,
  'withdraw-offer': withdrawOffer,
  'choose-offer': chooseOffer,
  'end-offers': endOffers,
  agree: keepAgreement,
  'end-agreement': endAgreement,
  'add-milestone': addMilestone,
  'report-milestone': reportMilestone,
  'accept-milestone': acceptMilestone,
  'return-milestone': returnMilestone,
  invite: keepInvitation,
  // Told once it is done.
  'suggest-experts': async () => ({}),
  contact: askForContact,
  showcase: async (effect) => {
    await showcase(effect)
    return {}
  },
}
