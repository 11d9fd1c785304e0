import { dayInChina } from '../../../knowledge/library/day.ts'
import { inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'

const time = '09:00'
/** Times at which a reviewer is reminded where the campaign sets no day. */
const usualTimes = 10
const dayLength = 86_400_000

const originOf = ({ campaign, reviewer }: { campaign: string; reviewer: string }) =>
  `campaigns.review:${campaign}:${reviewer}`

/** A reviewer is reminded every few days until all is given or the campaign's day has come. */
export async function keepReviewReminder(
  trx: Trx,
  { reminders, settings }: Pick<JudgingContext, 'reminders' | 'settings'>,
  { row }: Pick<Campaign, 'row'>,
  reviewer: string,
  now: Date,
): Promise<void> {
  const first = addDays(dayInChina(now), settings.remindEvery)
  const until = row.review_until
  const days = until === null ? null : (Date.parse(until) - Date.parse(first)) / dayLength
  // The last day is not let go by without a word, however near it is.
  const count = days === null ? usualTimes : Math.max(1, Math.floor(days / settings.remindEvery) + 1)
  const from = until !== null && first > until ? until : first
  await reminders.keep(
    trx,
    {
      origin: originOf({ campaign: row.id, reviewer }),
      title: inBothLanguages((to) => translate(to, 'judging:remind.title', { title: row.title })),
      text: inBothLanguages((to) => translate(to, 'judging:remind.text', { number: row.number })),
      ...{ organisation: row.organisation, owner: row.made_by },
      rule: {
        ...{ type: 'rrule', rrule: `FREQ=DAILY;INTERVAL=${settings.remindEvery};COUNT=${count}` },
        ...{ from: `${from}T${time}`, onDayOff: 'next-working-day' },
      },
      targets: [{ kind: 'person', person: reviewer }],
      ...{ means: { type: 'know' }, steps: [] },
    },
    { by: null, now },
  )
}

/** Where nothing is open any more nobody is reminded of it. */
export async function endIfDone(
  trx: Trx,
  { reminders }: Pick<JudgingContext, 'reminders'>,
  of: { campaign: string; reviewer: string },
  now: Date,
): Promise<void> {
  const open = await trx
    .selectFrom('campaign_review')
    .select('submission')
    .where('campaign', '=', of.campaign)
    .where('reviewer', '=', of.reviewer)
    .where('state', '=', 'asked')
    .limit(1)
    .executeTakeFirst()
  if (!open) await reminders.end(trx, originOf(of), now)
}
