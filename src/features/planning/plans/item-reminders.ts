import { dayInChina } from '../../../knowledge/library/day.ts'
import { inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { Target } from '../../reminders/port.ts'
import type { PlansContext } from './context.ts'
import { after, later } from './days.ts'
import type { PlanItem, PlanRow } from './records.ts'
import { askedWithoutOwner } from './without-owner.ts'

const kinds = ['item', 'item-start', 'item-late'] as const
const week = 7 * 24 * 60

const originOf = (kind: (typeof kinds)[number], { id }: Pick<PlanItem, 'id'>) => `plan.${kind}:${id}`

/**
 * Keeps the reminders of an item as it and its plan stand: to say how far it is, that it begins, that it is late. Ended where
 * the plan does not run or the item is over.
 */
export async function keepItemReminders(
  trx: Trx,
  { reminders, settings }: Pick<PlansContext, 'reminders' | 'settings'>,
  plan: PlanRow,
  item: PlanItem,
  now: Date,
): Promise<void> {
  if (plan.state !== 'running' || item.state !== 'open' || plan.running_on === null) {
    for (const kind of kinds) await reminders.end(trx, originOf(kind, item), now)
    return
  }
  const today = dayInChina(now)
  const say = (key: string) =>
    inBothLanguages((to) => translate(to, `planning:remind.${key}`, valuesOf(plan, item)))
  const targets: Target[] =
    item.owner === null ? await askedWithoutOwner(trx, plan, today) : [{ kind: 'person', person: item.owner }]
  const form = {
    type: 'form' as const,
    form: 'planning.update',
    context: { plan: plan.id, about: item.id, goal: item.goal, target: item.target, number: plan.number },
  }
  const shared = {
    ...{ organisation: plan.organisation, owner: plan.decided_by, targets, each: item.owner !== null },
    text: say('text'),
  }
  const options = { by: null, now }
  const { period, nth, time } = settings.updates
  // An item that was added when the plan ran already is not asked for on the same day.
  const since = later(plan.running_on, dayInChina(new Date(item.created_at)))
  await reminders.keep(
    trx,
    {
      ...{ ...shared, origin: originOf('item', item), title: say('title'), means: form },
      rule: {
        type: 'working-day',
        period,
        nth,
        time,
        from: later(item.starts_on, after(since)),
        until: null,
      },
    },
    options,
  )
  // Only for what is still to come: what has begun is asked for by the regular one.
  if (item.starts_on > today) {
    await reminders.keep(
      trx,
      {
        ...{ ...shared, origin: originOf('item-start', item), title: say('start-title') },
        ...{ means: { type: 'know' }, rule: onceOn(item.starts_on, time), steps: [] },
      },
      options,
    )
  } else await reminders.end(trx, originOf('item-start', item), now)
  const { hours } = settings.late
  await reminders.keep(
    trx,
    {
      ...{ ...shared, origin: originOf('item-late', item), title: say('late-title'), means: form },
      ...{ rule: onceOn(after(later(item.ends_on, since)), time), usefulFor: week },
      // Those above hear of all late items on Mondays, as one message.
      steps: [{ after: { workingHours: hours }, to: 'again' }],
    },
    options,
  )
}

function valuesOf({ number }: PlanRow, { goal, target, starts_on, ends_on, percent }: PlanItem) {
  return { number, goal, target, starts: starts_on, ends: ends_on, percent }
}

/** Once, on that day or the first working day after it. */
function onceOn(day: string, time: string) {
  return {
    ...{ type: 'rrule' as const, rrule: 'FREQ=DAILY;COUNT=1' },
    ...{ from: `${day}T${time}`, onDayOff: 'next-working-day' as const },
  }
}
