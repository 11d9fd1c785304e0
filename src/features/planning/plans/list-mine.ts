import type { Mine, Whose } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { isLate } from './figures.ts'
import { listPlans } from './records.ts'
import { decides } from './show-plans.ts'

const mostItems = 5

/** Items of running plans that somebody has, and plans that wait for their decision. */
export async function listMine({ db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const today = dayInChina(now)
  const own = await db
    .selectFrom('plan_item')
    .innerJoin('plan', 'plan.id', 'plan_item.plan')
    .select(['plan_item.id', 'plan_item.goal', 'plan_item.ends_on', 'plan_item.percent', 'plan.number'])
    .where('plan_item.owner', '=', person)
    .where('plan_item.state', '=', 'open')
    .where('plan.state', '=', 'running')
    .orderBy('plan_item.ends_on')
    .orderBy('plan_item.position')
    .execute()
  const waiting = await waitingFor(db, person, today)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `planning:mine.${key}`, values)
  const button = (label: string, action: string, value: Record<string, string>) => ({
    ...{ label, action: `planning.${action}`, value, opens: 'beside' as const },
  })
  return [
    ...(waiting.length === 0
      ? []
      : [
          {
            kind: 'to-do' as const,
            ...{ title: say('to-decide'), count: waiting.length, more: say('plans-word') },
            items: waiting.slice(0, mostItems).map(({ row }) => ({
              title: `${row.number} ${row.title}`,
              state: say('submitted', { day: (row.submitted_at ?? '').slice(0, 10) }),
              buttons: [
                button(say('decide'), 'decide', { plan: row.id, version: String(row.version) }),
                button(say('show'), 'show', { plan: row.id }),
              ],
            })),
          },
        ]),
    ...(own.length === 0
      ? []
      : [
          {
            kind: 'to-do' as const,
            ...{ title: say('items'), count: own.length, more: say('progress-word') },
            items: own.slice(0, mostItems).map(({ id, goal, number, ends_on, percent }) => ({
              title: `${number} ${goal}`,
              state: say(isLate({ state: 'open', ends_on }, today) ? 'late' : 'until', {
                day: ends_on,
                percent,
              }),
              buttons: [button(say('update'), 'update', { about: id })],
            })),
          },
        ]),
  ]
}

async function waitingFor(db: Whose['db'], person: string, today: string) {
  const { organisations, all } = await reachOfPerson(db, person, ['plan.decide'], today)
  if (organisations.length === 0) return []
  const plans = await listPlans(db, all ? null : organisations, { state: 'submitted' })
  const theirs = []
  for (const plan of plans) if (await decides(db, plan, { person, today })) theirs.push(plan)
  return theirs
}
