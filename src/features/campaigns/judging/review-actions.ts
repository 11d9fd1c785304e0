import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { readCampaign } from '../records.ts'
import { personOf } from './access.ts'
import type { JudgingContext } from './context.ts'
import { findReview } from './judging-records.ts'
import { ownReview } from './keep-review.ts'
import { listOwnReviews } from './own-reviews.ts'
import { reviewCard, reviewsCard, textCard } from './review-cards.ts'
import { scoreContext } from './review-forms.ts'
import { contentFor, showEntries } from './shown-entry.ts'

/** What reviewers press. */
export function reviewActions(context: JudgingContext): Record<string, ActionHandler> {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    review: action((click) => showReview(click, context), true),
    'my-reviews': action((click) => myReviews(click, context), true),
    'give-review': action((click) => openForm(click, context, 'campaigns.score')),
    'decline-review': action((click) => openForm(click, context, 'campaigns.decline-review')),
    'hand-review': action((click) => openForm(click, context, 'campaigns.hand-review')),
  }
}

/** The entry, as whoever was asked to review it reads it. */
async function showReview(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const reviewer = await personOf(trx, action.account)
  const { campaign: id = '', submission = '' } = action.value
  const campaign = await readCampaign(trx, id)
  const review = await findReview(trx, { campaign: id, submission, reviewer })
  const [record] = await context.submissions.records(trx, [submission], language)
  if (!campaign || !review || !record) throw new PlainError('judging:gone')
  if (review.state === 'declined' || review.state === 'withdrawn') {
    throw new PlainError('judging:refused.not-asked')
  }
  if (record.people.includes(reviewer)) throw new PlainError('judging:refused.own')
  const shown = await showEntries(trx, context, campaign, [submission], language)
  const content = await contentFor(trx, context, campaign, record, language)
  const name = shown.get(submission)?.name ?? ''
  const from = fromIn(click)
  const card = reviewCard({ campaign, submission, name, content, review, from }, language)
  return { beside: card, besideAlone: true }
}

async function myReviews(click: Click, context: JudgingContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const reviewer = await personOf(trx, action.account)
  const found = await listOwnReviews(trx, context, { reviewer, from: fromIn(click) }, language)
  const card =
    found.count === 0 ? textCard(translate(language, 'judging:list.none')) : reviewsCard(found, language)
  return { beside: card, besideAlone: true }
}

async function openForm(click: Click, context: JudgingContext, form: string): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const reviewer = await personOf(trx, action.account)
  const { campaign: id = '', submission = '' } = action.value
  const [record] = await context.submissions.records(trx, [submission], language)
  if (record?.people.includes(reviewer)) throw new PlainError('judging:refused.own')
  const { campaign, review } = await ownReview(trx, { campaign: id, submission, reviewer })
  const shown = await showEntries(trx, context, campaign, [submission], language)
  const about = { campaign: id, submission, about: shown.get(submission)?.name ?? '' }
  if (form !== 'campaigns.score') return click.openForm(form, { context: about })
  const before = JSON.parse(review.scores ?? '{}') as Record<string, number>
  const scores = Object.entries(before).map(([name, points]) => [name, String(points)])
  return click.openForm(form, {
    context: { ...about, ...scoreContext(campaign, context.settings.opinionAbove) },
    values: { ...Object.fromEntries(scores), opinion: review.opinion },
  })
}

/** The place in a list that a button goes to. */
export function fromIn({ action }: Pick<Click, 'action'>): number {
  const typed = Number(action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}
