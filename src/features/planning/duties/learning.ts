import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import type { LearningPlanTable, LearningRecordTable } from '../../../store/tables/duties.ts'
import { type Day, yearOf } from '../../../timers/calendar/day.ts'
import { hoursOfYear } from '../../events/port.ts'
import type { PlanningContext } from '../context.ts'

export type LearningPlanRow = Selectable<LearningPlanTable>
export type LearningRecordRow = Selectable<LearningRecordTable>

type Context = Pick<PlanningContext, 'reminders'>

/** How far somebody is with what they want to learn in a year. */
export interface LearningProgress {
  person: string
  year: number
  /** Null: they have made none. */
  plan: LearningPlanRow | null
  /** Entered by themselves, and credited by events. */
  own: number
  events: number
  /** What is left of the plan, never below 0; 0 without one. */
  rest: number
}

/** How far these people are, in their order. */
export async function progressOf(
  db: Reads,
  people: readonly string[],
  year: number,
): Promise<LearningProgress[]> {
  const credited = await hoursOfYear(db, people, year)
  const own = new Map<string, number>()
  const plans = new Map<string, LearningPlanRow>()
  for (const some of inPieces(people)) {
    const rows = await db
      .selectFrom('learning_record')
      .select(['person', ({ fn }) => fn.sum<number | string>('hours').as('hours')])
      .where('person', 'in', some)
      .where('day', '>=', `${year}-01-01`)
      .where('day', '<=', `${year}-12-31`)
      .groupBy('person')
      .execute()
    for (const { person, hours } of rows) own.set(person, Number(hours))
    const made = await db
      .selectFrom('learning_plan')
      .selectAll()
      .where('person', 'in', some)
      .where('year', '=', year)
      .execute()
    for (const plan of made) plans.set(plan.person, plan)
  }
  return people.map((person) => {
    const plan = plans.get(person) ?? null
    const hours = { own: own.get(person) ?? 0, events: credited.get(person) ?? 0 }
    const rest = Math.max(0, (plan?.hours ?? 0) - hours.own - hours.events)
    return { person, year, plan, ...hours, rest }
  })
}

/** What somebody entered for a year, the latest first. */
export async function recordsOf(db: Reads, person: string, year: number): Promise<LearningRecordRow[]> {
  return db
    .selectFrom('learning_record')
    .selectAll()
    .where('person', '=', person)
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .orderBy('day', 'desc')
    .orderBy('at', 'desc')
    .execute()
}

/** Makes the plan of a person and year, or changes it; what is missing is told each quarter. */
export async function keepLearningPlan(
  trx: Trx,
  context: Context,
  given: { organisation: string; person: string; year: number; hours: number; topics: string },
  now: Date,
): Promise<LearningProgress> {
  const at = now.toISOString()
  const { organisation, hours, topics } = given
  await trx
    .insertInto('learning_plan')
    .values({ id: randomUUID(), ...given, told: '', created_at: at, changed_at: at })
    .onConflict((conflict) =>
      conflict.columns(['person', 'year']).doUpdateSet({ organisation, hours, topics, changed_at: at }),
    )
    .execute()
  return tellProgress(trx, context, given.person, given.year, now)
}

/** Adds what somebody learned; it counts for the year of its day. */
export async function addLearning(
  trx: Trx,
  context: Context,
  { person, day, topic, hours }: { person: string; day: Day; topic: string; hours: number },
  now: Date,
): Promise<LearningProgress> {
  await trx
    .insertInto('learning_record')
    .values({ id: randomUUID(), person, day, topic, hours, at: now.toISOString() })
    .execute()
  return tellProgress(trx, context, person, yearOf(day), now)
}

/** Has the quarterly reminders of a year say what is missing now, after events have credited hours. */
export async function tellAllProgress(trx: Trx, context: Context, now: Date): Promise<void> {
  const year = yearOf(dayInChina(now))
  const plans = await trx.selectFrom('learning_plan').select('person').where('year', '=', year).execute()
  const people = plans.map(({ person }) => person)
  for (const progress of await progressOf(trx, people, year)) await keepReminder(trx, context, progress, now)
}

async function tellProgress(
  trx: Trx,
  context: Context,
  person: string,
  year: number,
  now: Date,
): Promise<LearningProgress> {
  const progress = (await progressOf(trx, [person], year))[0]!
  await keepReminder(trx, context, progress, now)
  return progress
}

/** The reminder of a plan says what is missing: it is kept anew only where it would say something else. */
async function keepReminder(
  trx: Trx,
  { reminders }: Context,
  { plan, own, events, rest, year }: LearningProgress,
  now: Date,
): Promise<void> {
  if (!plan) return
  const isOver = rest === 0 || yearOf(dayInChina(now)) > year
  const told = isOver ? 'over' : `${plan.hours} ${own + events} ${plan.topics}`
  if (plan.told === told) return
  const origin = `planning.learning:${plan.id}`
  if (isOver) await reminders.end(trx, origin, now)
  else {
    const values = { year, hours: plan.hours, done: own + events, rest, topics: plan.topics }
    await reminders.keep(
      trx,
      {
        title: inBothLanguages((to) => translate(to, 'planning:duty.remind.learning', values)),
        text: inBothLanguages((to) => translate(to, 'planning:duty.remind.learning-text', values)),
        ...{ organisation: plan.organisation, owner: null },
        rule: {
          ...{ type: 'working-day', period: 'quarter', nth: -10, time: '09:00' },
          ...{ from: dayInChina(new Date(plan.created_at)), until: `${year}-12-31` },
        },
        targets: [{ kind: 'person', person: plan.person }],
        ...{ means: { type: 'know' }, steps: [], usefulFor: 7 * 24 * 60, origin },
      },
      { by: plan.person, now },
    )
  }
  await trx.updateTable('learning_plan').set({ told }).where('id', '=', plan.id).execute()
}
