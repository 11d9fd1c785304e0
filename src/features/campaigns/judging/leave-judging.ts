import { enqueue } from '../../../delivery/outbox.ts'
import { translate } from '../../../messages/translate.ts'
import { addressesOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { type Doing, noteHistory } from '../history.ts'
import { postOrigin } from '../part.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { countOpenReviews } from './judging-records.ts'
import { decidersOf, noticePost } from './notice.ts'
import { shortLine, textCard } from './review-cards.ts'
import { setTellingComplete } from './tell-organisers.ts'
import { withdrawReviews } from './withdraw-reviews.ts'

type Leaving = Pick<JudgingContext, 'reminders' | 'circulation'>

/**
 * An entry takes no part any more: its open reviews are withdrawn, what was proposed for it or stands on notice is taken
 * back, and whoever decides hears of that. What a campaign that is over has given stays.
 */
export async function leaveJudging(
  trx: Trx,
  context: Leaving,
  campaign: Campaign,
  submission: string,
  doing: Doing,
): Promise<void> {
  const { id, state } = campaign.row
  if (state !== 'open' && state !== 'reviewing' && state !== 'notice') return
  const withdrawn = await withdrawReviews(trx, context, campaign, { submission, now: doing.now })
  // It may have been the last that others waited for.
  if (withdrawn > 0 && state === 'reviewing' && (await countOpenReviews(trx, id)) === 0) {
    await setTellingComplete(trx, campaign, doing.now)
  }
  const taken = await trx
    .deleteFrom('campaign_award')
    .where('campaign', '=', id)
    .where('submission', '=', submission)
    .where('certificate', 'is', null)
    .returning(['award', 'holder'])
    .execute()
  if (taken.length === 0) return
  for (const { holder } of taken) await noteHistory(trx, id, 'award-removed', { holder }, doing)
  if (state === 'notice') await context.circulation.renew(trx, postOrigin(id, noticePost), 'all', doing.now)
  await tellTakenBack(trx, campaign, { submission, holder: taken[0]!.holder }, doing)
}

/** Who decides hears that a place became free, and that awards to people and units may be counted otherwise now. */
async function tellTakenBack(
  trx: Trx,
  campaign: Campaign,
  { submission, holder }: { submission: string; holder: string },
  { by, now }: Doing,
): Promise<void> {
  const { id, number, title } = campaign.row
  const people = (await decidersOf(trx, campaign, now)).filter((person) => person !== by)
  const addresses = await addressesOf(trx, people)
  for (const person of people) {
    const to = addresses.get(person)
    const reader = await readPerson(trx, person)
    if (!to || !reader) continue
    const { language } = reader
    const said = translate(language, 'judging:awards.taken-back', {
      ...{ number, title: shortLine(title, 80), holder: shortLine(holder, 100) },
    })
    const label = translate(language, 'judging:do.awards')
    const button = { label, action: 'campaigns.list-awards', value: { campaign: id } }
    const card = textCard(said, [{ ...button, opens: 'beside' }])
    const key = `campaign ${id} taken back ${submission} ${person} ${now.toISOString()}`
    await enqueue(trx, { id: key, to, card, lane: 'reminder', now })
  }
}

/** An entry that was out takes part again: whoever was asked before may be asked anew. */
export async function rejoinJudging(trx: Trx, campaign: string, submission: string): Promise<void> {
  await trx
    .deleteFrom('campaign_review')
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .where('state', '=', 'withdrawn')
    .execute()
}
