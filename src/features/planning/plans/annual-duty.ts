import { dayInChina } from '../../../knowledge/library/day.ts'
import { inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import { isInForce, toMembership } from '../../../people/memberships.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, yearOf } from '../../../timers/calendar/day.ts'
import { setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { readProfiles } from '../../organisations/port.ts'
import type { PlansContext } from './context.ts'
import { beginLateWatch } from './late-watch.ts'

const annualTimer = 'planning.annual'
/** It is of use to the end of the quarter. */
const usefulFor = 60 * 24 * 60

/** By which the yearly reminder of an organisation to make its plan is found. */
export function annualOrigin(organisation: string): string {
  return `plan.annual:${organisation}`
}

/** Sets the timers by which organisations are looked at each night, and late items on Mondays; at a start. */
export async function beginPlans(trx: Trx, now: Date): Promise<void> {
  await setUnlessWaiting(trx, { id: annualTimer, kind: annualTimer, payload: {}, at: now, now })
  await beginLateWatch(trx, now)
}

/** Looks once a day which organisations make plans: those with cadres or an association. */
export function annualTimers(context: PlansContext): Record<string, TimerHandler> {
  return {
    [annualTimer]: async (trx, _payload, now) => {
      await keepAnnuals(trx, context, now)
      const tomorrow = addDays(dayInChina(now), 1)
      const at = new Date(`${tomorrow}T01:30:00+08:00`)
      await setUnlessWaiting(trx, { id: annualTimer, kind: annualTimer, payload: {}, at, now })
    },
  }
}

async function keepAnnuals(trx: Trx, context: PlansContext, now: Date): Promise<void> {
  const today = dayInChina(now)
  const cadres = await trx.selectFrom('membership').selectAll().where('role', '=', 'cadre').execute()
  const wanted = new Set(
    cadres
      .map(toMembership)
      .filter((held) => isInForce(held, today))
      .map(({ organisation }) => organisation),
  )
  for (const [organisation, { association }] of await readProfiles(trx, null)) {
    if (association === 'founded') wanted.add(organisation)
  }
  const rows = await trx.selectFrom('plan_duty').select('organisation').execute()
  const kept = new Set(rows.map(({ organisation }) => organisation))
  for (const organisation of [...wanted].sort()) {
    if (kept.has(organisation)) continue
    await trx
      .insertInto('plan_duty')
      .values({ organisation, first_year: yearOf(today) })
      .execute()
    await keepAnnual(trx, context, organisation, now)
  }
  for (const organisation of kept) {
    if (wanted.has(organisation)) continue
    await trx.deleteFrom('plan_duty').where('organisation', '=', organisation).execute()
    await context.reminders.end(trx, annualOrigin(organisation), now)
  }
}

/** Keeps the yearly reminder of an organisation that makes plans: from the first year of which no plan was handed in. */
export async function keepAnnual(
  trx: Trx,
  { reminders, settings }: Pick<PlansContext, 'reminders' | 'settings'>,
  organisation: string,
  now: Date,
): Promise<void> {
  const duty = await trx
    .selectFrom('plan_duty')
    .select('first_year')
    .where('organisation', '=', organisation)
    .executeTakeFirst()
  if (!duty) return
  const last = await trx
    .selectFrom('plan')
    .select('year')
    .where('organisation', '=', organisation)
    .where('submitted_at', 'is not', null)
    .orderBy('year', 'desc')
    .executeTakeFirst()
  const { by, days, time } = settings.annual
  // A day after the last one by which the year's plan is handed in: that year is asked for no more.
  const from = last ? addDays(`${last.year}-${by}`, 1) : dayInChina(now)
  const rule = { type: 'before' as const, days, working: true, target: by, time, from }
  await reminders.keep(
    trx,
    {
      ...{
        origin: annualOrigin(organisation),
        title: inBothLanguages((to) => translate(to, 'planning:remind.annual')),
      },
      text: inBothLanguages((to) => translate(to, 'planning:remind.annual-text', { by })),
      ...{ organisation, owner: null, rule, each: false, usefulFor },
      targets: [{ kind: 'role', role: 'cadre', organisation, below: false }],
      means: { type: 'form', form: 'planning.begin', context: { organisation } },
    },
    { by: null, now },
  )
}
