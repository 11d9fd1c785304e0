import { enqueue } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readCampaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { readJudging } from './judging-records.ts'
import { listOwnReviews } from './own-reviews.ts'
import { askedCard } from './review-cards.ts'
import { keepReviewReminder } from './review-reminders.ts'

export const askTimer = 'campaigns.ask'

/** Asks a reviewer for all that they have open in a campaign, in one card, and reminds them until it is given. */
export function asking(context: JudgingContext): TimerHandler {
  return async (trx, { campaign: id = '', reviewer = '', since = '' }, now) => {
    const campaign = await readCampaign(trx, id)
    if (!campaign || (await readJudging(trx, id))?.ended_at !== null) return
    const person = await readPerson(trx, reviewer)
    if (!person) return
    const found = await listOwnReviews(trx, context, { reviewer, campaign: id, open: true }, person.language)
    if (found.count === 0) return
    await keepReviewReminder(trx, context, campaign, reviewer, now)
    const to = await addressOf(trx, reviewer)
    if (!to) return
    const card = askedCard(campaign, found, person.language)
    await enqueue(trx, { id: `campaign ${id} ask ${reviewer} ${since}`, to, card, lane: 'reminder', now })
  }
}
