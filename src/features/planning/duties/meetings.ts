import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { IncomingFile } from '../../../chat/incoming.ts'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { colleaguesNamed } from '../../../people/colleagues.ts'
import { descendantsOf } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { rootOf } from '../../../people/reach.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Trx } from '../../../store/store.ts'
import type { ReportDecisionTable, ReportMeetingTable } from '../../../store/tables/duties.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import type { PlanningContext } from '../context.ts'
import { keepDecisionReminder, keepMeetingReminders } from './meeting-reminders.ts'
import type { DecisionLine } from './parse-decisions.ts'

export type MeetingRow = Selectable<ReportMeetingTable>
export type DecisionRow = Selectable<ReportDecisionTable>

type Context = Pick<PlanningContext, 'reminders'>

/** Who does it, and when. */
export interface Doing {
  by: string
  now: Date
}

/** A meeting as it is arranged; all of it checked but what hangs on others. */
export interface MeetingDraft {
  leader: string
  plannedOn: Day
  place: string
  agenda: string
}

/** The meeting by id or number (`HB-2026-0001`, in any case). Throws PlainError where there is none. */
export async function readMeeting(db: Reads, idOrNumber: string): Promise<MeetingRow> {
  const row = await db
    .selectFrom('report_meeting')
    .selectAll()
    .where((where) =>
      where.or([where('id', '=', idOrNumber), where('number', '=', idOrNumber.toUpperCase())]),
    )
    .executeTakeFirst()
  if (!row) throw new PlainError('planning:duty.no-meeting')
  return row
}

/** What was decided at meetings, in the order of the minutes. */
export async function decisionsOf(db: Reads, meetings: readonly string[]): Promise<DecisionRow[]> {
  if (meetings.length === 0) return []
  return db
    .selectFrom('report_decision')
    .selectAll()
    .where('meeting', 'in', meetings)
    .orderBy('meeting')
    .orderBy('position')
    .execute()
}

/** Arranges a meeting: agenda, briefing of the leader and minutes are reminded of from then on. */
export async function arrangeMeeting(
  trx: Trx,
  context: Context,
  organisation: string,
  draft: MeetingDraft,
  { by, now }: Doing,
): Promise<MeetingRow> {
  const at = now.toISOString()
  const id = randomUUID()
  await trx
    .insertInto('report_meeting')
    .values({
      ...{ id, number: await nextNumber(trx, 'HB', Number(dayInChina(now).slice(0, 4))), organisation },
      ...{ leader: draft.leader, planned_on: draft.plannedOn, dated_at: at, held_on: null },
      ...{ place: draft.place, agenda: draft.agenda, state: 'planned', minutes: '', files: '[]' },
      ...{ created_by: by, created_at: at, changed_at: at },
    })
    .execute()
  return followed(trx, context, id, now)
}

/** Changes what a draft says of a meeting that is still to be. Throws PlainError where it is over. */
export async function changeMeeting(
  trx: Trx,
  context: Context,
  meeting: MeetingRow,
  draft: Partial<MeetingDraft>,
  { now }: Doing,
): Promise<MeetingRow> {
  mustBePlanned(meeting)
  const at = now.toISOString()
  const isMoved = draft.plannedOn !== undefined && draft.plannedOn !== meeting.planned_on
  await trx
    .updateTable('report_meeting')
    .set({
      ...(draft.leader === undefined ? {} : { leader: draft.leader }),
      ...(isMoved ? { planned_on: draft.plannedOn, dated_at: at } : {}),
      ...(draft.place === undefined ? {} : { place: draft.place }),
      ...(draft.agenda === undefined ? {} : { agenda: draft.agenda }),
      changed_at: at,
    })
    .where('id', '=', meeting.id)
    .execute()
  return followed(trx, context, meeting.id, now)
}

/** It does not take place: nobody is reminded of it any more. Throws PlainError where it is over. */
export async function cancelMeeting(
  trx: Trx,
  context: Context,
  meeting: MeetingRow,
  { now }: Doing,
): Promise<MeetingRow> {
  mustBePlanned(meeting)
  await trx
    .updateTable('report_meeting')
    .set({ state: 'cancelled', changed_at: now.toISOString() })
    .where('id', '=', meeting.id)
    .execute()
  return followed(trx, context, meeting.id, now)
}

/** Keeps what was said and decided; each decision is followed up from then on. Throws PlainError where it is over. */
export async function keepMinutes(
  trx: Trx,
  context: Context,
  meeting: MeetingRow,
  given: { heldOn: Day; minutes: string; files: readonly IncomingFile[]; decisions: readonly DecisionLine[] },
  { by, now }: Doing,
): Promise<MeetingRow> {
  mustBePlanned(meeting)
  const at = now.toISOString()
  await trx
    .updateTable('report_meeting')
    .set({
      ...{ state: 'held', held_on: given.heldOn, minutes: given.minutes, changed_at: at },
      files: JSON.stringify(given.files),
    })
    .where('id', '=', meeting.id)
    .execute()
  await holdBlobs(
    trx,
    `report-meeting ${meeting.id}`,
    given.files.map(({ blob }) => blob),
  )
  const known = await ownersOf(trx, meeting.organisation, given.decisions, now)
  for (const [position, { text, owner, due }] of given.decisions.entries()) {
    const decision: DecisionRow = {
      ...{ id: randomUUID(), meeting: meeting.id, position, text, owner: known.get(owner) ?? null },
      ...{ owner_name: owner, due_on: due, dated_at: at, state: 'open', note: '' },
      ...{ changed_by: by, changed_at: at },
    }
    await trx.insertInto('report_decision').values(decision).execute()
    await keepDecisionReminder(trx, context, { decision, meeting }, now)
  }
  return followed(trx, context, meeting.id, now)
}

/**
 * What became of a decision; a later day where it goes on. The next meeting's briefing says so. Throws PlainError where it is
 * over: what was said of its end stays.
 */
export async function settleDecision(
  trx: Trx,
  context: Context,
  decision: DecisionRow,
  given: { state: DecisionRow['state']; note: string; due: Day | null },
  { by, now }: Doing,
): Promise<void> {
  const at = now.toISOString()
  const { state, note } = given
  const due_on = given.due ?? decision.due_on
  const dated_at = due_on === decision.due_on ? decision.dated_at : at
  const changed = { state, note, due_on, dated_at, changed_by: by, changed_at: at }
  const { numUpdatedRows } = await trx
    .updateTable('report_decision')
    .set(changed)
    .where('id', '=', decision.id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new PlainError('planning:duty.decision-over')
  const meeting = await readMeeting(trx, decision.meeting)
  await keepDecisionReminder(trx, context, { decision: { ...decision, ...changed }, meeting }, now)
  const next = await trx
    .selectFrom('report_meeting')
    .selectAll()
    .where('organisation', '=', meeting.organisation)
    .where('state', '=', 'planned')
    .execute()
  for (const one of next) await keepMeetingReminders(trx, context, one, now)
}

/** The decision by id. Throws PlainError where there is none. */
export async function readDecision(db: Reads, id: string): Promise<DecisionRow> {
  const row = await db.selectFrom('report_decision').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('planning:duty.no-decision')
  return row
}

/** Who is meant by the owners of decisions: the one colleague of that name in the house; names of several or none are left out. */
export async function ownersOf(
  db: Reads,
  organisation: string,
  lines: readonly Pick<DecisionLine, 'owner'>[],
  now: Date,
): Promise<Map<string, string>> {
  if (lines.length === 0) return new Map()
  const root = await rootOf(db, organisation)
  const house = [root, ...(await descendantsOf(db, root)).map(({ id }) => id)]
  const names = lines.map(({ owner }) => owner)
  const found = await colleaguesNamed(db, { names, organisations: house, today: dayInChina(now) })
  return new Map(
    [...found].flatMap(([name, ids]): [string, string][] => (ids.length === 1 ? [[name, ids[0]!]] : [])),
  )
}

/** Throws PlainError where it was held or cancelled. */
export function mustBePlanned({ state }: Pick<MeetingRow, 'state'>): void {
  if (state !== 'planned') throw new PlainError('planning:duty.meeting-over')
}

async function followed(trx: Trx, context: Context, id: string, now: Date): Promise<MeetingRow> {
  const meeting = await readMeeting(trx, id)
  await keepMeetingReminders(trx, context, meeting, now)
  return meeting
}
