import { dayInChina } from '../../../knowledge/library/day.ts'
import { inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import type { PlansContext } from './context.ts'
import { after, later } from './days.ts'
import type { PlanRow } from './records.ts'
import { askedWithoutOwner } from './without-owner.ts'

/** A first working day of a quarter may be missed by a weekend of downtime; a review is of use for weeks. */
const month = 30 * 24 * 60

/** By which the reminders of a plan's quarters and of its year's end are found. */
export function reviewOrigin(plan: string): string {
  return `plan.review:${plan}`
}

function summaryOrigin(plan: string): string {
  return `plan.summary:${plan}`
}

/** Keeps what the cadres of a running plan are reminded of: 季度小结 and 年终总结. Ended where it does not run. */
export async function keepPlanReminders(
  trx: Trx,
  { reminders, settings }: Pick<PlansContext, 'reminders' | 'settings'>,
  plan: PlanRow,
  now: Date,
): Promise<void> {
  const { id, number, year, organisation } = plan
  if (plan.state !== 'running' || plan.running_on === null) {
    await reminders.end(trx, reviewOrigin(id), now)
    await reminders.end(trx, summaryOrigin(id), now)
    return
  }
  const targets = await askedWithoutOwner(trx, plan, dayInChina(now))
  const values = { number, year }
  const shared = { organisation, owner: plan.decided_by, targets, each: false, usefulFor: month }
  const { nth, days, time } = settings.reviews
  const half = Math.floor(days / 2)
  const from = after(later(plan.running_on, dayInChina(now)))
  await reminders.keep(
    trx,
    {
      ...{
        ...shared,
        origin: reviewOrigin(id),
        title: inBothLanguages((to) => translate(to, 'planning:remind.review', values)),
      },
      means: { type: 'form', form: 'planning.review', context: { plan: id, number, year: String(year) } },
      // The quarter that a plan begins with is looked back on in the next.
      rule: { type: 'working-day', period: 'quarter', nth, time, from, until: addDays(`${year}-12-31`, 31) },
      steps: [
        { after: { workingDays: half }, to: 'again' },
        { after: { workingDays: days - half }, to: 'superior' },
      ],
    },
    { by: null, now },
  )
  const { by, days: before, time: at } = settings.summary
  await reminders.keep(
    trx,
    {
      ...{
        ...shared,
        origin: summaryOrigin(id),
        title: inBothLanguages((to) => translate(to, 'planning:remind.summary', values)),
      },
      means: { type: 'form', form: 'planning.summary', context: { plan: id, number, year: String(year) } },
      rule: { type: 'before', days: before, working: true, target: `${year}-${by}`, time: at, from },
    },
    { by: null, now },
  )
}
