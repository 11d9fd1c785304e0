import { randomUUID } from 'node:crypto'
import { dayInChina } from '../../knowledge/library/day.ts'
import { inBothLanguages } from '../../messages/in-both-languages.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import { addDays, type Day } from '../../timers/calendar/day.ts'
import { readProfile } from '../organisations/port.ts'
import type { Step } from '../reminders/port.ts'
import type { Doing, Liaison } from './context.ts'
import { dutyRule, nextPeriod, periodOf } from './periods.ts'
import { type HolderRow, holdersFrom, isThere } from './records.ts'
import { type DutyRule, type LiaisonRules, neededRoles, timesOf, type VisitKind } from './rules.ts'

/** In minutes: somebody who is told of a visit ten days late can still make it. */
const usefulFor = 10 * 24 * 60

const originOf = (duty: string) => `liaison.duty:${duty}`

/** A duty that holds, with when its period ends. */
export interface OpenDuty {
  id: string
  rule: DutyRule
  person: string
  times: number
  /** The last day on which it is to be done next. */
  until: Day
}

/** The steps of the rules as reminders have them. */
export function stepsOf({ steps }: LiaisonRules): Step[] {
  return steps.map(({ 'working-days': workingDays, to }) => ({ after: { workingDays }, to }))
}

/**
 * Makes the duties of an organisation what holders, association and rules say, each with its reminder; those that hold no
 * more end with theirs.
 */
export async function syncDuties(
  trx: Trx,
  context: Liaison,
  organisation: string,
  { by, now }: Doing,
): Promise<void> {
  const today = dayInChina(now)
  const place = await trx
    .selectFrom('organisation')
    .select(['name', 'kind'])
    .where('id', '=', organisation)
    .executeTakeFirst()
  const wanted = place ? await wantedDuties(trx, context, organisation, place.kind, today) : []
  const known = await trx
    .selectFrom('liaison_duty')
    .selectAll()
    .where('organisation', '=', organisation)
    .execute()
  for (const row of known) {
    const isWanted = wanted.some(({ holder, rule }) => holder.id === row.holder && rule.key === row.duty)
    if (isWanted || row.ended_on !== null) continue
    await trx.updateTable('liaison_duty').set({ ended_on: today }).where('id', '=', row.id).execute()
    await context.reminders.end(trx, originOf(row.id), now)
  }
  for (const { holder, rule, times } of wanted) {
    const row = known.find((one) => one.holder === holder.id && one.duty === rule.key)
    let from = row?.from_day ?? ''
    // Times that are over are not asked for again when a duty begins, comes back or changes.
    if (!row || row.ended_on !== null || row.times !== times) {
      from = await firstDay(
        trx,
        organisation,
        rule.kind,
        times,
        today > holder.from_day ? today : holder.from_day,
      )
    }
    const id = row?.id ?? randomUUID()
    const changed = { times, from_day: from, ended_on: null }
    if (row) await trx.updateTable('liaison_duty').set(changed).where('id', '=', id).execute()
    else {
      const of = { id, organisation, duty: rule.key, holder: holder.id, person: holder.person }
      await trx
        .insertInto('liaison_duty')
        .values({ ...of, ...changed })
        .execute()
    }
    await remind(
      trx,
      context,
      { id, organisation, name: place?.name ?? '', holder, rule, times, from },
      { by, now },
    )
  }
}

interface WantedDuty {
  holder: HolderRow
  rule: DutyRule
  times: number
}

async function wantedDuties(
  trx: Trx,
  { rules }: Pick<Liaison, 'rules'>,
  organisation: string,
  kind: Parameters<typeof timesOf>[1],
  today: Day,
): Promise<WantedDuty[]> {
  if (!rules.kinds.includes(kind)) return []
  const { association } = await readProfile(trx, organisation)
  const needed = neededRoles(association === 'founded')
  const set = await trx
    .selectFrom('liaison_frequency')
    .select(['duty', 'times'])
    .where('organisation', '=', organisation)
    .execute()
  const wanted: WantedDuty[] = []
  for (const holder of await holdersFrom(trx, today, { organisation })) {
    if (!needed.includes(holder.role) || !(await isThere(trx, holder.person, today))) continue
    for (const rule of rules.duties) {
      if (!rule.roles.includes(holder.role)) continue
      const times = set.find(({ duty }) => duty === rule.key)?.times ?? timesOf(rule, kind)
      wanted.push({ holder, rule, times })
    }
  }
  return wanted
}

/** From when a duty is reminded of: the day itself, or the next period where it was done in that day's. */
async function firstDay(
  db: Reads,
  organisation: string,
  kind: VisitKind,
  times: number,
  day: Day,
): Promise<Day> {
  const { first, last } = periodOf(day, times)
  const done = await db
    .selectFrom('liaison_visit')
    .select('id')
    .where('organisation', '=', organisation)
    .where('kind', '=', kind)
    .where('day', '>=', first)
    .where('day', '<=', last)
    .limit(1)
    .executeTakeFirst()
  return done ? addDays(last, 1) : day
}

interface RemindedDuty extends WantedDuty {
  id: string
  organisation: string
  name: string
  from: Day
}

async function remind(
  trx: Trx,
  { reminders, rules }: Liaison,
  { id, organisation, name, holder, rule, times, from }: RemindedDuty,
  doing: Doing,
): Promise<void> {
  const said = (key: string) =>
    inBothLanguages((to) => translate(to, key, { what: rule.title[to], name, times }))
  await reminders.keep(
    trx,
    {
      origin: originOf(id),
      ...{ title: said('liaison:duty.title'), text: said('liaison:duty.text') },
      ...{ organisation, owner: null, steps: stepsOf(rules), usefulFor },
      rule: dutyRule(times, from, rules),
      targets: [{ kind: 'person', person: holder.person }],
      means: { type: 'form', form: 'liaison.visit', context: { organisation, name, kind: rule.kind } },
    },
    doing,
  )
}

/**
 * Something was done for an organisation on a day: the duties of that kind are done for its period, and whoever has them is
 * not reminded in it any more.
 */
export async function dutiesDone(
  trx: Trx,
  context: Liaison,
  { organisation, kind, day, number }: { organisation: string; kind: VisitKind; day: Day; number: string },
  { by, now }: Doing,
): Promise<void> {
  const today = dayInChina(now)
  const keys = context.rules.duties.filter((rule) => rule.kind === kind).map(({ key }) => key)
  const rows = await trx
    .selectFrom('liaison_duty')
    .select(['id', 'duty', 'times', 'from_day'])
    .where('organisation', '=', organisation)
    .where('ended_on', 'is', null)
    .execute()
  let isShifted = false
  for (const { id, duty, times, from_day } of rows) {
    if (!keys.includes(duty)) continue
    const present = periodOf(today, times)
    const before = periodOf(addDays(present.first, -1), times)
    // Entered just after the period's end: what is open then is what that period asked for.
    const isLate = day >= before.first && today < reminderDay(present.last, context.rules)
    if (day < present.first && !isLate) continue
    await context.reminders.done(trx, originOf(id), { by, note: number, now })
    const next = nextPeriod(today, times)
    if (day < present.first || from_day >= next) continue
    await trx.updateTable('liaison_duty').set({ from_day: next }).where('id', '=', id).execute()
    isShifted = true
  }
  if (isShifted) await syncDuties(trx, context, organisation, { by, now })
}

function reminderDay(last: Day, { 'remind-on': on }: LiaisonRules): Day {
  return `${last.slice(0, 8)}${String(on).padStart(2, '0')}`
}

/** The duties of an organisation, or of somebody, that hold, with when each is to be done next. */
export async function openDuties(
  db: Reads,
  { rules }: Pick<Liaison, 'rules'>,
  of: { organisation: string; person?: string },
  today: Day,
): Promise<OpenDuty[]> {
  const rows = await db
    .selectFrom('liaison_duty')
    .select(['id', 'duty', 'person', 'times', 'from_day'])
    .where('organisation', '=', of.organisation)
    .where('ended_on', 'is', null)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, duty, person, times, from_day }) => {
    const rule = rules.duties.find(({ key }) => key === duty)
    if (!rule || (of.person !== undefined && of.person !== person)) return []
    const from = from_day > today ? from_day : today
    return [{ id, rule, person, times, until: periodOf(from, times).last }]
  })
}
