import { DateTime } from 'luxon'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { type InBothLanguages, inBothLanguages } from '../../../messages/in-both-languages.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import type { Day } from '../../../timers/calendar/day.ts'
import { kindOfDay, readWorkCalendar, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { nextWorkingDay, workingDayBefore } from '../../../timers/calendar/working-days.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import type { PlanningContext } from '../context.ts'
import type { DecisionRow, MeetingRow } from './meetings.ts'

type Context = Pick<PlanningContext, 'reminders'>

/** Working days before the meeting at which cadres, and then the leader, are told. */
const agendaBefore = 10
const briefingBefore = 2
/** Within so many working days after it the minutes are to be there; the superior hears after them. */
const minutesWithin = 5
const decisionBefore = 2
const morning = '09:00'
/** In minutes: what concerns a meeting is of use for longer than usual. */
const week = 7 * 24 * 60

/** Makes, changes and ends the reminders of a meeting, as it stands. The same again changes nothing. */
export async function keepMeetingReminders(
  trx: Trx,
  { reminders }: Context,
  meeting: MeetingRow,
  now: Date,
): Promise<void> {
  const { id, number, organisation, planned_on } = meeting
  const origin = (what: 'agenda' | 'briefing' | 'minutes') => `planning.${what}:${id}`
  if (meeting.state !== 'planned') {
    for (const what of ['agenda', 'briefing', 'minutes'] as const) await reminders.end(trx, origin(what), now)
    return
  }
  const dated = new Date(meeting.dated_at)
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, dayInChina(dated))
  const cadres = [{ kind: 'role' as const, role: 'cadre' as const, organisation, below: false }]
  const unit = await trx
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', organisation)
    .executeTakeFirst()
  const values = { day: planned_on, unit: unit?.name ?? '', number, days: minutesWithin }
  const say = (key: 'agenda' | 'briefing' | 'minutes') =>
    inBothLanguages((to) => translate(to, `planning:duty.remind.${key}`, values))
  const about = { meeting: id, number, day: planned_on, unit: values.unit }
  const usual = { organisation, owner: meeting.created_by, usefulFor: week }
  if (meeting.agenda !== '') await reminders.end(trx, origin('agenda'), now)
  else {
    await reminders.keep(
      trx,
      {
        ...{ ...usual, title: say('agenda'), rule: ruleBefore(calendar, planned_on, agendaBefore, dated) },
        means: { type: 'form', form: 'planning.meeting', context: about },
        ...{ targets: cadres, each: false, origin: origin('agenda') },
      },
      { by: meeting.created_by, now },
    )
  }
  await reminders.keep(
    trx,
    {
      ...{ ...usual, title: say('briefing'), text: await briefingText(trx, meeting) },
      ...{ rule: ruleBefore(calendar, planned_on, briefingBefore, dated), means: { type: 'know' } },
      ...{ targets: [{ kind: 'person', person: meeting.leader }], steps: [], origin: origin('briefing') },
    },
    { by: meeting.created_by, now },
  )
  await reminders.keep(
    trx,
    {
      ...{ ...usual, title: say('minutes') },
      rule: { type: 'once', at: `${nextWorkingDay(calendar, planned_on).day}T${morning}` },
      means: { type: 'form', form: 'planning.minutes', context: about },
      ...{ targets: cadres, each: false, origin: origin('minutes') },
      steps: [
        { after: { workingDays: 3 }, to: 'again' },
        { after: { workingDays: minutesWithin - 3 }, to: 'superior' },
      ],
    },
    { by: meeting.created_by, now },
  )
}

/** Follows a decision up until it is settled: before it is due, again when it is, then those above. */
export async function keepDecisionReminder(
  trx: Trx,
  { reminders }: Context,
  { decision, meeting }: { decision: DecisionRow; meeting: MeetingRow },
  now: Date,
): Promise<void> {
  const origin = `planning.decision:${decision.id}`
  if (decision.state !== 'open') return reminders.end(trx, origin, now)
  const { organisation, number } = meeting
  const dated = new Date(decision.dated_at)
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, dayInChina(dated))
  const values = { text: decision.text, day: decision.due_on, number, owner: decision.owner_name }
  await reminders.keep(
    trx,
    {
      title: inBothLanguages((to) => translate(to, 'planning:duty.remind.decision', values)),
      text: inBothLanguages((to) => translate(to, 'planning:duty.remind.decision-text', values)),
      ...{ organisation, owner: meeting.created_by, usefulFor: week },
      rule: ruleBefore(calendar, decision.due_on, decisionBefore, dated),
      targets: [
        decision.owner === null
          ? { kind: 'role', role: 'cadre', organisation, below: false }
          : { kind: 'person', person: decision.owner },
      ],
      means: { type: 'form', form: 'planning.decision', context: { decision: decision.id, ...values } },
      ...{ each: decision.owner !== null, origin },
      steps: [
        { after: { workingDays: decisionBefore }, to: 'again' },
        { after: { workingDays: 2 }, to: 'superior' },
      ],
    },
    { by: meeting.created_by, now },
  )
}

/**
 * So many working days before a day in the morning; where that has passed when the day was set, at the next morning or in
 * working hours at once. Hangs on nothing that changes by itself, so that it is kept again without being sent again.
 */
function ruleBefore(calendar: WorkCalendar, target: Day, days: number, dated: Date): Rule {
  const local = DateTime.fromJSDate(dated, { zone: defaultZone })
  const today = local.toFormat('yyyy-MM-dd')
  const planned = workingDayBefore(calendar, target, days).day
  if (`${planned}T${morning}` > local.toFormat("yyyy-MM-dd'T'HH:mm")) {
    return { type: 'before', days, working: true, target, time: morning, from: today }
  }
  const isOpen = kindOfDay(calendar, today).working && local.hour >= 9 && local.hour < 17
  if (isOpen) return { type: 'once', at: local.plus({ minutes: 1 }).toFormat("yyyy-MM-dd'T'HH:mm") }
  const isEarly = kindOfDay(calendar, today).working && local.hour < 9
  return { type: 'once', at: `${isEarly ? today : nextWorkingDay(calendar, today).day}T${morning}` }
}

/** The agenda, and what became of what was decided last. */
async function briefingText(trx: Trx, meeting: MeetingRow): Promise<InBothLanguages> {
  const last = await trx
    .selectFrom('report_meeting')
    .select('id')
    .where('organisation', '=', meeting.organisation)
    .where('state', '=', 'held')
    .orderBy('held_on', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const decisions = await trx
    .selectFrom('report_decision')
    .selectAll()
    .where('meeting', '=', last?.id ?? '')
    .orderBy('position')
    .execute()
  return inBothLanguages((language) => {
    const say = (key: 'agenda-open' | 'agenda-is' | 'last-decisions') =>
      translate(language, `planning:duty.briefing.${key}`)
    const lines = decisions.map(({ text, state, note, due_on, owner_name }) =>
      translate(language, 'planning:duty.briefing.line', {
        ...{ text, owner: owner_name, day: due_on, note: note === '' ? '' : `（${note}）` },
        state: translate(language, `planning:duty.decision-state.${state}`),
      }),
    )
    return [
      meeting.place === ''
        ? ''
        : translate(language, 'planning:duty.briefing.place', { place: meeting.place }),
      meeting.agenda === '' ? say('agenda-open') : `${say('agenda-is')}\n${meeting.agenda}`,
      lines.length > 0 ? `${say('last-decisions')}\n${lines.join('\n')}` : '',
    ]
      .filter((part) => part !== '')
      .join('\n')
  })
}
