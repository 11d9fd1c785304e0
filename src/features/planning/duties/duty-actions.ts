import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { onlyOrganisation } from '../../../people/only-organisation.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { reachOfPerson } from '../../../people/reach.ts'
import { yearOf } from '../../../timers/calendar/day.ts'
import { possessions, readProfile } from '../../organisations/port.ts'
import type { PlanningContext } from '../context.ts'
import { may, mustEdit, presserOf, unitOf } from './access.ts'
import { learningCard, meetingCard, meetingsCard, textCard } from './duty-cards.ts'
import { progressOf, recordsOf } from './learning.ts'
import {
  cancelMeeting,
  decisionsOf,
  type MeetingRow,
  mustBePlanned,
  readDecision,
  readMeeting,
} from './meetings.ts'
import { documentsOf, lastReview } from './rules-review.ts'

type Context = Pick<PlanningContext, 'reminders'>

/** What buttons about duties do. */
export function dutyActions(context: Context): Feature['actions'] {
  const action = (run: (click: Click) => Promise<Acknowledgement>, reads = false): ActionHandler => ({
    reads,
    run,
  })
  return {
    meet: action((click) => openMeet(click)),
    meeting: action((click) => showMeeting(click), true),
    meetings: action((click) => turnPage(click), true),
    'meeting-change': action((click) => openChange(click)),
    'meeting-minutes': action((click) => openMinutes(click)),
    'meeting-cancel': action((click) => cancel(click, context)),
    decision: action((click) => openDecision(click)),
    learn: action(async (click) => {
      await presserOf(click)
      return click.openForm('planning.learning-record', {})
    }),
    'learning-plan': action((click) => openLearningPlan(click)),
    'rules-review': action((click) => openReview(click)),
  }
}

async function openMeet(click: Click): Promise<Acknowledgement> {
  const person = await presserOf(click)
  const { organisation } = click.action.value
  if (organisation === undefined) {
    const own = await onlyOrganisation(click.trx, person, 'plan.edit', dayInChina(click.now))
    const values = own ? { organisation: own.path } : {}
    return click.openForm('planning.meeting', { context: { unit: '' }, values })
  }
  const unit = await unitOf(click.trx, organisation)
  return click.openForm('planning.meeting', { context: { organisation, unit: unit.name } })
}

/** The meeting of a button, for whoever keeps it. */
async function editedMeeting(click: Click): Promise<{ row: MeetingRow; person: string; unit: string }> {
  const person = await presserOf(click)
  const row = await readMeeting(click.trx, click.action.value.meeting ?? '')
  await mustEdit(click.trx, person, row.organisation, click.now)
  mustBePlanned(row)
  return { row, person, unit: (await unitOf(click.trx, row.organisation)).name }
}

async function openChange(click: Click): Promise<Acknowledgement> {
  const { row, unit } = await editedMeeting(click)
  const leader = await readPerson(click.trx, row.leader)
  return click.openForm('planning.meeting', {
    context: { ...aboutMeeting(row, unit), all: 'yes' },
    values: { leader: leader?.name ?? '', day: row.planned_on, place: row.place, agenda: row.agenda },
  })
}

async function openMinutes(click: Click): Promise<Acknowledgement> {
  const { row, unit } = await editedMeeting(click)
  const today = dayInChina(click.now)
  const values = row.planned_on <= today ? { held: row.planned_on } : {}
  return click.openForm('planning.minutes', { context: aboutMeeting(row, unit), values })
}

function aboutMeeting({ id, number, planned_on }: MeetingRow, unit: string) {
  return { meeting: id, number, day: planned_on, unit }
}

async function cancel(click: Click, context: Context): Promise<Acknowledgement> {
  const { row, person } = await editedMeeting(click)
  await cancelMeeting(click.trx, context, row, { by: person, now: click.now })
  const said = translate(click.language, 'planning:duty.receipt.cancelled', { number: row.number })
  return { replace: textCard(said) }
}

async function openDecision(click: Click): Promise<Acknowledgement> {
  const person = await presserOf(click)
  const decision = await readDecision(click.trx, click.action.value.decision ?? '')
  const { organisation, number } = await readMeeting(click.trx, decision.meeting)
  if (decision.owner !== person) await mustEdit(click.trx, person, organisation, click.now)
  if (decision.state !== 'open') throw new PlainError('planning:duty.decision-over')
  const { id, text, due_on: day, owner_name: owner } = decision
  return click.openForm('planning.decision', { context: { decision: id, text, day, owner, number } })
}

async function showMeeting(click: Click): Promise<Acknowledgement> {
  const { trx, language, now } = click
  const person = await presserOf(click)
  const row = await readMeeting(trx, click.action.value.meeting ?? '')
  const decisions = await decisionsOf(trx, [row.id])
  const isConcerned = row.leader === person || decisions.some(({ owner }) => owner === person)
  // That there is such a meeting is nobody else's business.
  if (!isConcerned && !(await may(trx, person, 'plan.view', row.organisation, now))) {
    throw new PlainError('planning:duty.no-meeting')
  }
  const [shown] = await withNames(trx, [row])
  const edits = await may(trx, person, 'plan.edit', row.organisation, now)
  const card = meetingCard({ ...shown!, decisions }, { edits, person }, language)
  return { beside: card, besideAlone: true }
}

async function turnPage(click: Click): Promise<Acknowledgement> {
  const person = await presserOf(click)
  const typed = Number(click.action.value.from)
  const from = Number.isInteger(typed) && typed > 0 ? typed : 0
  const card = await meetingsOf(click.trx, { person, now: click.now, from, language: click.language })
  return { beside: card, besideAlone: true }
}

/** The meetings that somebody may see, or at which they hear the report. */
export async function meetingsOf(
  db: Reads,
  given: { person: string; now: Date; from: number; language: Click['language'] },
) {
  const { person, now, from, language } = given
  const today = dayInChina(now)
  const { organisations, all } = await reachOfPerson(db, person, ['plan.view'], today)
  const reached = new Set(organisations)
  const rows = await db
    .selectFrom('report_meeting')
    .selectAll()
    .orderBy('planned_on', 'desc')
    .orderBy('number', 'desc')
    .execute()
  const own = rows.filter((row) => all || reached.has(row.organisation) || row.leader === person)
  const edits = await reachOfPerson(db, person, ['plan.edit'], today)
  const mayArrange = edits.organisations.length > 0
  return meetingsCard(await withNames(db, own), { from, mayArrange }, language)
}

async function withNames(db: Reads, rows: readonly MeetingRow[]) {
  const units = await db.selectFrom('organisation').select(['id', 'name']).execute()
  const nameOf = new Map(units.map(({ id, name }) => [id, name]))
  const leaders = new Map<string, string>()
  for (const leader of new Set(rows.map((row) => row.leader))) {
    leaders.set(leader, (await readPerson(db, leader))?.name ?? '')
  }
  return rows.map((row) => ({
    ...{ row, unit: nameOf.get(row.organisation) ?? '', leader: leaders.get(row.leader) ?? '' },
  }))
}

/** 我的学习: the plan of this year and what came of it. */
export async function learningOf(db: Reads, person: string, now: Date, language: Click['language']) {
  const year = yearOf(dayInChina(now))
  const [progress] = await progressOf(db, [person], year)
  return learningCard(progress!, await recordsOf(db, person, year), language)
}

async function openLearningPlan(click: Click): Promise<Acknowledgement> {
  const person = await presserOf(click)
  const year = yearOf(dayInChina(click.now))
  const [progress] = await progressOf(click.trx, [person], year)
  const plan = progress?.plan
  const values = plan ? { hours: String(plan.hours), topics: plan.topics } : {}
  return click.openForm('planning.learning-plan', { values: { year: String(year), ...values } })
}

/** With what was found last, and documents of the library that were not on that list. */
async function openReview(click: Click): Promise<Acknowledgement> {
  const person = await presserOf(click)
  const { trx, language, now } = click
  const organisation =
    click.action.value.organisation ?? (await onlyOrganisation(trx, person, 'plan.edit', dayInChina(now)))?.id
  if (organisation === undefined) return click.openForm('planning.rules-review', { context: { unit: '' } })
  await mustEdit(trx, person, organisation, now)
  const unit = await unitOf(trx, organisation)
  const last = await lastReview(trx, organisation)
  const lines = (last?.lines ?? []).map(({ title, finding, note }) =>
    [title, translate(language, `planning:duty.finding.${finding}`), note]
      .filter((part) => part !== '')
      .join('；'),
  )
  const named = new Set(last?.lines.map(({ title }) => title))
  const others = (await documentsOf(trx, unit)).filter(({ title }) => !named.has(title))
  const { has } = await readProfile(trx, organisation)
  return click.openForm('planning.rules-review', {
    context: { organisation, unit: unit.name },
    values: {
      rules: [...lines, ...others.map(({ title }) => title)].join('\n'),
      institutions: possessions.filter((one) => has[one]),
    },
  })
}
