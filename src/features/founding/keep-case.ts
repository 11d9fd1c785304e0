import { randomUUID } from 'node:crypto'
import { enqueue } from '../../delivery/outbox.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { readPerson } from '../../people/people.ts'
import type { Trx } from '../../store/store.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { workingDayAfter } from '../../timers/calendar/working-days.ts'
import { keepProfile, type Mode, type Profile, readProfile } from '../organisations/port.ts'
import type { RemindersPort } from '../reminders/port.ts'
import { textCard } from './founding-cards.ts'
import { caseOf, type FoundingCase, readCase, type StepRow } from './read-case.ts'
import { remindOfStep, stepOrigin } from './step-reminders.ts'
import { type FoundingSteps, readSteps } from './steps.ts'

/** Who does it, when, and by which data. */
export interface Doing {
  by: string
  /** Of `store.now(trx)`. */
  now: Date
  reminders: RemindersPort
  knowledgeDir: string
}

/** When the steps are due, one after another, in working days of the organisation. */
async function planSteps(
  trx: Trx,
  { steps }: FoundingSteps,
  organisation: string,
  begins: Day,
): Promise<Day[]> {
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, begins)
  let day = begins
  return steps.map(({ days }) => {
    day = workingDayAfter(calendar, day, days).day
    return day
  })
}

/**
 * 开始组建: the steps with their days, a reminder for each, and the profile says 筹备中. Throws PlainError where there is an
 * association, or somebody has begun already.
 */
export async function beginFounding(
  trx: Trx,
  { organisation, mode, owner }: { organisation: string; mode: Mode; owner: string },
  doing: Doing,
): Promise<FoundingCase> {
  const { by, now, reminders } = doing
  const profile = await readProfile(trx, organisation)
  if (profile.association === 'founded') throw new PlainError('founding:is-founded')
  const known = await caseOf(trx, organisation)
  if (known?.row.state === 'running')
    throw new PlainError('founding:is-running', { number: known.row.number })
  const plan = readSteps(doing.knowledgeDir)
  const begins = dayInChina(now)
  const days = await planSteps(trx, plan, organisation, begins)
  const id = randomUUID()
  const at = now.toISOString()
  await trx
    .insertInto('founding_case')
    .values({
      ...{ id, number: await nextNumber(trx, 'ZJ', Number(begins.slice(0, 4))), organisation, mode },
      ...{ state: 'running', reason: '', owner, begun_on: begins },
      ...{ created_by: by, created_at: at, changed_at: at },
    })
    .execute()
  const rows = plan.steps.map((step, position) => ({
    ...{ founding: id, position, step: step.name, owner: null, due_on: days[position]! },
    ...{ done_on: null, done_by: null, note: '' },
  }))
  await trx.insertInto('founding_step').values(rows).execute()
  await keepProfile(
    trx,
    { ...profile, association: 'preparing', mode },
    { by, how: 'founding', now, reminders },
  )
  await note(trx, id, 'begun', { mode }, doing)
  const made = (await readCase(trx, id))!
  for (const step of made.steps) await remind(trx, made, step, doing)
  await tellOwner(trx, made, doing)
  return made
}

/** Whoever is put in charge by another hears of it at once. */
async function tellOwner(trx: Trx, { row, steps }: FoundingCase, { by, now }: Doing): Promise<void> {
  const to = row.owner === by ? null : await addressOf(trx, row.owner)
  if (!to) return
  const language = (await readPerson(trx, row.owner))?.language ?? 'zh-CN'
  const { name } = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', row.organisation)
    .executeTakeFirstOrThrow()
  const who = (await readPerson(trx, by))?.name ?? ''
  const text = translate(language, 'founding:told.begun', {
    ...{ by: who, name, number: row.number, day: steps[0]?.due_on ?? row.begun_on, count: steps.length },
  })
  const label = translate(language, 'founding:card.show')
  const card = textCard(text, [
    { label, action: 'founding.show', value: { organisation: row.organisation }, opens: 'beside' },
  ])
  await enqueue(trx, { id: `founding:begun:${row.id}`, to, card, lane: 'confirmation', now })
}

/** What the last step brings: the association as it was founded. */
export interface Founded {
  foundedOn: Day
  termEndsOn: Day | null
  chair: string
  secretary: string
  members: number | null
}

/**
 * A step is done; with the last one the association is founded, and the profile says so. Throws PlainError where it was
 * done, the case is over, or steps before the last are open.
 */
export async function finishStep(
  trx: Trx,
  { founding, position }: { founding: string; position: number },
  { day, text, founded }: { day: Day; text: string; founded: Founded | null },
  doing: Doing,
): Promise<FoundingCase> {
  const { by, now, reminders } = doing
  const { row, steps } = await lock(trx, founding, now)
  const step = steps.find((one) => one.position === position)
  if (!step) throw new PlainError('founding:gone')
  if (step.done_on !== null) throw new PlainError('founding:step-done-before', { day: step.done_on })
  const isLast = position === steps.length - 1
  const open = steps.filter((one) => one.done_on === null && one.position !== position)
  if (isLast && open.length > 0) throw new PlainError('founding:steps-open', { count: open.length })
  await trx
    .updateTable('founding_step')
    .set({ done_on: day, done_by: by, note: text })
    .where('founding', '=', founding)
    .where('position', '=', position)
    .execute()
  await note(trx, founding, 'done', { step: step.step, day, text }, doing)
  await reminders.done(trx, stepOrigin(step), { by, note: text, now })
  await reminders.end(trx, stepOrigin(step), now)
  if (isLast && founded) {
    await trx.updateTable('founding_case').set({ state: 'founded' }).where('id', '=', founding).execute()
    const profile: Profile = await readProfile(trx, row.organisation)
    await keepProfile(
      trx,
      { ...profile, ...founded, association: 'founded', mode: row.mode },
      { by, how: 'founding', now, reminders },
    )
    await note(trx, founding, 'founded', { day: founded.foundedOn }, doing)
  }
  return (await readCase(trx, founding))!
}

/** It is given up; why is kept, nobody is reminded any more, and the profile says 未成立 again. */
export async function stopFounding(
  trx: Trx,
  founding: string,
  reason: string,
  doing: Doing,
): Promise<FoundingCase> {
  const { by, now, reminders } = doing
  const { row, steps } = await lock(trx, founding, now)
  await trx
    .updateTable('founding_case')
    .set({ state: 'stopped', reason })
    .where('id', '=', founding)
    .execute()
  for (const step of steps) if (step.done_on === null) await reminders.end(trx, stepOrigin(step), now)
  const profile = await readProfile(trx, row.organisation)
  if (profile.association === 'preparing') {
    await keepProfile(trx, { ...profile, association: 'none' }, { by, how: 'founding', now, reminders })
  }
  await note(trx, founding, 'stopped', { reason }, doing)
  return (await readCase(trx, founding))!
}

/** A step gets another owner, who is reminded of it from now on. Throws PlainError where it is done. */
export async function assignStep(
  trx: Trx,
  { founding, position }: { founding: string; position: number },
  owner: string,
  doing: Doing,
): Promise<FoundingCase> {
  const { steps } = await lock(trx, founding, doing.now)
  const step = steps.find((one) => one.position === position)
  if (!step) throw new PlainError('founding:gone')
  if (step.done_on !== null) throw new PlainError('founding:step-done-before', { day: step.done_on })
  await trx
    .updateTable('founding_step')
    .set({ owner })
    .where('founding', '=', founding)
    .where('position', '=', position)
    .execute()
  await note(trx, founding, 'owner', { step: step.step, owner }, doing)
  const changed = (await readCase(trx, founding))!
  // What the one before had open is theirs no more.
  await doing.reminders.end(trx, stepOrigin(step), doing.now)
  await remind(trx, changed, changed.steps[position]!, doing)
  return changed
}

async function remind(trx: Trx, made: FoundingCase, step: StepRow, doing: Doing): Promise<void> {
  const kind = readSteps(doing.knowledgeDir).steps.find(({ name }) => name === step.step)
  if (!kind) return
  const { name } = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', made.row.organisation)
    .executeTakeFirstOrThrow()
  await remindOfStep(trx, made, step, { ...doing, kind, name })
}

/** Whoever changes a case does so one after another. Throws PlainError where it is over. */
async function lock(trx: Trx, id: string, now: Date): Promise<FoundingCase> {
  await trx.updateTable('founding_case').set({ changed_at: now.toISOString() }).where('id', '=', id).execute()
  const found = await readCase(trx, id)
  if (!found) throw new PlainError('founding:gone')
  if (found.row.state !== 'running') throw new PlainError('founding:over')
  return found
}

async function note(
  trx: Trx,
  founding: string,
  what: 'begun' | 'done' | 'owner' | 'founded' | 'stopped',
  data: Record<string, string>,
  { by, now }: Doing,
): Promise<void> {
  await trx
    .insertInto('founding_history')
    .values({ id: randomUUID(), founding, what, data: JSON.stringify(data), by, at: now.toISOString() })
    .execute()
}
