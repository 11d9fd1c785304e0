import { createHash } from 'node:crypto'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { PlanningContext } from '../context.ts'
import { type DutyTemplate, ruleOfDuty } from './templates.ts'

/** Looks every day which duties hold where. */
export const dutiesTimer = 'planning.duties'

type Context = Pick<PlanningContext, 'reminders'>

/** In one transaction; whatever is left is made in the next. */
const mostAtOnce = 100

/** The origin of the reminder of a duty, by which the console finds it. */
export function dutyOrigin(duty: string, organisation: string): string {
  return `planning.duty:${duty}:${organisation}`
}

/**
 * Makes and ends reminders so that every duty holds where it should: in each organisation that has cadres and was not
 * let off. What is as it should be is left alone. Gives how many were changed: as many as `mostAtOnce` where more may
 * be left.
 */
export async function keepDuties(
  trx: Trx,
  context: Context,
  templates: readonly DutyTemplate[],
  now: Date,
): Promise<number> {
  const names = await organisationsWithCadres(trx, dayInChina(now))
  const rows = await trx.selectFrom('organisation_duty').selectAll().execute()
  const known = new Map(rows.map((row) => [`${row.duty} ${row.organisation}`, row]))
  let changed = 0
  for (const template of templates) {
    for (const [organisation, name] of names) {
      const row = known.get(`${template.id} ${organisation}`)
      known.delete(`${template.id} ${organisation}`)
      const made = (row ? row.on === 1 : template.on) ? hashOf(template, name) : ''
      if ((row?.made ?? '') === made) continue
      if (changed === mostAtOnce) return changed
      await makeDuty(trx, context, { template, organisation, name, made, now })
      changed += 1
    }
  }
  // Their cadres are gone, or the template is.
  for (const { duty, organisation, made } of known.values()) {
    if (made === '') continue
    if (changed === mostAtOnce) return changed
    await context.reminders.end(trx, dutyOrigin(duty, organisation), now)
    await noteMade(trx, { duty, organisation, made: '', now })
    changed += 1
  }
  return changed
}

/**
 * Lets an organisation off a duty, or holds it to it again, at once.
 * Throws PlainError where there is no such duty, or the organisation has no cadres who could be reminded.
 */
export async function switchDuty(
  trx: Trx,
  context: Context,
  templates: readonly DutyTemplate[],
  {
    duty,
    organisation,
    on,
    by,
    now,
  }: { duty: string; organisation: string; on: boolean; by: string; now: Date },
): Promise<void> {
  const template = templates.find(({ id }) => id === duty)
  if (!template) throw new PlainError('planning:duty.gone')
  const name = (await organisationsWithCadres(trx, dayInChina(now))).get(organisation)
  if (name === undefined) throw new PlainError('planning:duty.no-cadres')
  const made = on ? hashOf(template, name) : ''
  await makeDuty(trx, context, { template, organisation, name, made, now })
  await trx
    .updateTable('organisation_duty')
    .set({ on: on ? 1 : 0, changed_by: by })
    .where('organisation', '=', organisation)
    .where('duty', '=', duty)
    .execute()
}

/** Organisations in which somebody is a cadre on the day, with their names. */
export async function organisationsWithCadres(
  db: Pick<Trx, 'selectFrom'>,
  today: string,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation')
    .select(['organisation.id', 'organisation.name'])
    .distinct()
    .where('membership.role', '=', 'cadre')
    .where((where) => where.or([where('from_day', 'is', null), where('from_day', '<=', today)]))
    .where((where) => where.or([where('until_day', 'is', null), where('until_day', '>=', today)]))
    .orderBy('organisation.id')
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Keeps or, where nothing is to be made, ends its reminder. */
async function makeDuty(
  trx: Trx,
  { reminders }: Context,
  given: { template: DutyTemplate; organisation: string; name: string; made: string; now: Date },
): Promise<void> {
  const { template, organisation, name, made, now } = given
  const origin = dutyOrigin(template.id, organisation)
  if (made === '') await reminders.end(trx, origin, now)
  else {
    await reminders.keep(
      trx,
      {
        title: { 'zh-CN': `${template.title['zh-CN']}（${name}）`, en: `${template.title.en} (${name})` },
        text: template.text,
        ...{ organisation, owner: null, rule: ruleOfDuty(template, dayInChina(now)) },
        targets: [{ kind: 'role', role: template.to, organisation, below: false }],
        means:
          template.form === undefined
            ? { type: 'done' }
            : { type: 'form', form: template.form, context: { organisation, unit: name } },
        ...{ each: template.each, usefulFor: template.usefulDays * 24 * 60, origin },
      },
      { by: null, now },
    )
  }
  await noteMade(trx, { duty: template.id, organisation, made, now, on: template.on })
}

async function noteMade(
  trx: Trx,
  {
    duty,
    organisation,
    made,
    now,
    on = true,
  }: {
    duty: string
    organisation: string
    made: string
    now: Date
    on?: boolean
  },
): Promise<void> {
  const changed_at = now.toISOString()
  await trx
    .insertInto('organisation_duty')
    .values({ duty, organisation, made, changed_at, on: on ? 1 : 0, changed_by: null })
    .onConflict((conflict) => conflict.columns(['organisation', 'duty']).doUpdateSet({ made, changed_at }))
    .execute()
}

function hashOf(template: DutyTemplate, name: string): string {
  return createHash('sha256')
    .update(JSON.stringify([template, name]))
    .digest('hex')
}

/** Sets the timer of the next look: at once where something is left to do, else tomorrow morning in China. */
export async function setNextLook(trx: Trx, now: Date, isMore: boolean): Promise<void> {
  const morning = new Date(`${addDays(dayInChina(now), 1)}T06:00:00+08:00`)
  await setTimer(trx, { id: dutiesTimer, kind: dutiesTimer, payload: {}, at: isMore ? now : morning, now })
}
