import type { FilledForm } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Role } from '../../../people/roles.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import { readWorkCalendar, type WorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import type { Event } from '../records.ts'
import { type DraftField, problemsOf } from './check-draft.ts'
import { draftOf } from './draft-of.ts'
import type { EventDraft } from './keep-event.ts'
import type { EventKind, EventKinds } from './kinds.ts'
import { instantIn, readZone } from './local-time.ts'
import { onDay } from './on-day.ts'
import { plainLine, plainLines, withoutBlanks } from './plain-line.ts'
import { nearbyOf, readOrganisations, readPriority, readReserved } from './read-organisations.ts'
import { readQuestions } from './read-questions.ts'
import { readReminders } from './read-reminders.ts'
import { daysOfSeries, readDays, repeats } from './series-days.ts'

/** What the form of an event comes to. */
export interface ReadForm {
  /** The event, then the others of its series; empty where something is missing or wrong. */
  drafts: EventDraft[]
  isShared: boolean
  /** By the form's fields. */
  problems: Record<string, Problem>
}

/** What the reading hangs on beside what was filled in. */
export interface ReadAbout {
  kinds: EventKinds
  /** Which is changed; null: it is made. */
  event: Event | null
}

/** Under which field of the form a problem of the draft stands. */
const fieldOf: Partial<Record<DraftField, string>> = {
  ...{ startsAt: 'day', endsAt: 'until', opensAt: 'opensDay', closesAt: 'closesDay' },
  ...{ cancelUntil: 'cancelDays', mostGuests: 'guests' },
}

const dayLong = 86_400_000

/** Reads the pages of an event, as far as they are filled in: texts cleaned, instants in its zone, names as ids. */
export async function readEventForm(filled: FilledForm, about: ReadAbout): Promise<ReadForm> {
  const { db, now, values, context, person } = filled
  const { event } = about
  const problems: Record<string, Problem> = {}
  const refuse = (name: string, key: string, more: Problem['values'] = {}) => {
    problems[name] ??= { key: `making:problem.${key}`, values: more }
  }
  const organisation = event?.row.organisation ?? textOf(values.organisation)
  if (!event && organisation !== '' && !(await mayMake(filled, organisation)))
    refuse('organisation', 'organisation')
  const today = dayInChina(now)
  const calendar = await readWorkCalendar(db, { organisation: organisation || null, person: null }, today)
  const kind = about.kinds.byName(event?.row.kind ?? context.kind ?? '')
  const zone = values.zone === undefined ? calendar.zone : readZone(textOf(values.zone))
  if (zone === null) refuse('zone', 'zone', { zone: textOf(values.zone) })
  const times = zone === null ? null : timesOf(filled, zone, kind, refuse)
  const lists = await listsOf(filled, organisation, event, problems)
  if (!times || Object.keys(problems).length > 0 || textOf(values.title) === '') {
    return { drafts: [], isShared: false, problems }
  }
  const draft: EventDraft = {
    ...{ kind: event?.row.kind ?? context.kind ?? '', organisation, timeZone: zone ?? calendar.zone },
    ...times,
    ...lists,
    title: plainLine(textOf(values.title)),
    organisers: plainLine(textOf(values.organisers)),
    description: withoutBlanks(plainLines(textOf(values.description)), kind?.description ?? null),
    place: plainLine(textOf(values.place)),
    link: plainLine(textOf(values.link)),
    capacity: numberOf(values.capacity),
    mode: values.mode === 'approval' ? 'approval' : 'first-come',
    mostGuests: numberOf(values.guests) ?? 0,
    hasWaitingList: values.waitingList === true,
    offerHours: numberOf(values.offerHours) ?? kind?.defaults.offerHours ?? 4,
    cost: plainLine(textOf(values.cost)),
    contacts: plainLine(textOf(values.contacts)),
    materials: plainLines(textOf(values.materials)),
    online: values.online === true,
    hours: numberOf(values.hours),
    series: event?.row.series ?? null,
    registersWith: event?.row.registers_with ?? null,
    copiedFrom: event?.row.copied_from ?? null,
  }
  if (event && event.row.registers_with !== null)
    Object.assign(draft, await registrationsOf(filled, event, draft))
  const startedAt = event ? new Date(event.row.starts_at) : null
  const found = problemsOf(draft, { now, mostSeats: kind?.mostSeats ?? null, startedAt })
  for (const [field, problem] of found) problems[fieldOf[field] ?? field] ??= problem
  if (event) await checkTaken(filled, event, draft, problems)
  if (Object.keys(problems).length > 0) return { drafts: [], isShared: false, problems }
  const drafts = event ? [draft] : seriesOf(filled, draft, calendar, problems)
  return { drafts, isShared: drafts.length > 1 && values.shared === true && person !== null, problems }
}

/** What concerns registrations, of an event that another takes them for, as it was. */
async function registrationsOf(
  { db }: FilledForm,
  event: Event,
  { endsAt }: EventDraft,
): Promise<Partial<EventDraft>> {
  const { audience, capacity, reserved, mode, mostGuests, hasWaitingList, ...rest } = await draftOf(db, event)
  const { offerHours, priority, opensAt, closesAt, cancelUntil } = rest
  // A date that is moved forward may come to lie before them; nobody goes by them here.
  const within = (instant: Date) => (instant > endsAt ? endsAt : instant)
  return {
    ...{ audience, capacity, reserved, mode, mostGuests, hasWaitingList, offerHours, priority },
    ...{ opensAt: opensAt && opensAt < within(closesAt) ? opensAt : null },
    ...{ closesAt: within(closesAt), cancelUntil: within(cancelUntil) },
  }
}

type Refuse = (field: string, key: string, values?: Problem['values']) => void

/** The instants of an event; null where the form does not hold them yet, or they are none. */
function timesOf({ values }: FilledForm, zone: string, kind: EventKind | null, refuse: Refuse) {
  const { day, from, until } = values
  const at = (field: string, on: unknown, time: unknown): Date | null => {
    if (typeof on !== 'string' || typeof time !== 'string') return null
    const instant = instantIn(zone, on, time)
    if (instant === null) refuse(field, 'no-such-time')
    return instant
  }
  const startsAt = at('from', day, from)
  const endsAt = at('until', values.endDay ?? day, until)
  if (values.opensTime !== undefined && values.opensDay === undefined) refuse('opensTime', 'opens-day')
  if (values.closesTime !== undefined && values.closesDay === undefined) refuse('closesTime', 'closes-day')
  const opensAt = at('opensDay', values.opensDay, values.opensTime ?? '00:00')
  const typed = at('closesDay', values.closesDay, values.closesTime ?? '23:59')
  if (!startsAt || !endsAt) return null
  // Who names a day alone means all of it, but not beyond the beginning.
  const isDayAlone = values.closesTime === undefined && values.closesDay === values.day
  const closesAt = typed && !(isDayAlone && typed > startsAt) ? typed : startsAt
  const before = typed === null ? (kind?.defaults.closesDays ?? 0) : 0
  const cancelDays = numberOf(values.cancelDays) ?? kind?.defaults.cancelDays ?? 0
  return {
    ...{ startsAt, endsAt, opensAt },
    closesAt: earlier(closesAt, before),
    cancelUntil: earlier(startsAt, cancelDays),
  }
}

/** Some days before an instant, to the minute. */
function earlier(instant: Date, days: number): Date {
  return new Date(instant.getTime() - Math.round((days * dayLong) / 60_000) * 60_000)
}

/** What is typed as lines and lists. */
async function listsOf(
  { db, values }: FilledForm,
  organisation: string,
  event: Event | null,
  problems: Record<string, Problem>,
) {
  const typed = {
    audience: textOf(values.audience),
    reserved: textOf(values.reserved),
    priority: textOf(values.priority),
  }
  const isAny = Object.values(typed).some((text) => text !== '')
  const near = nearbyOf(isAny ? await listOrganisations(db) : [], organisation)
  const take = <T extends object>(field: string, read: T | { problem: Problem }, none: T): T => {
    if (!('problem' in read)) return read
    // Without the organisation nobody can tell which others are near.
    if (organisation !== '') problems[field] ??= read.problem
    return none
  }
  const { ids } = take('audience', readOrganisations(typed.audience, near), { ids: [] })
  const { reserved } = take('reserved', readReserved(typed.reserved, near), { reserved: [] })
  const { priority } = take('priority', readPriority(typed.priority, near), { priority: [] })
  const { questions } = take('questions', readQuestions(textOf(values.questions), event?.questions), {
    questions: [],
  })
  const { reminders } = take('reminders', readReminders(textOf(values.reminders)), { reminders: [] })
  const roles = (values.roles ?? []) as Role[]
  return {
    audience: { organisations: ids, roles, public: values.public === true },
    ...{ reserved, priority, questions, reminders },
  }
}

async function mayMake({ db, person, now }: FilledForm, organisation: string): Promise<boolean> {
  if (person === null) return false
  const actor = await actorOf(db, person, dayInChina(now))
  return can(actor, 'event.make', await placeOf(db, organisation))
}

/** Fewer seats than are taken are refused here for the field's sake; what decides is whoever changes the seats. */
async function checkTaken(
  { db }: FilledForm,
  { row }: Event,
  { capacity }: EventDraft,
  problems: Record<string, Problem>,
): Promise<void> {
  if (capacity === null || row.registers_with !== null) return
  const seats = await db
    .selectFrom('event_seats')
    .select('taken')
    .where('event', '=', row.id)
    .executeTakeFirst()
  const taken = seats?.taken ?? 0
  if (capacity < taken) problems.capacity ??= { key: 'making:problem.below-taken', values: { taken } }
}

function seriesOf(
  { values, now }: FilledForm,
  draft: EventDraft,
  calendar: WorkCalendar,
  problems: Record<string, Problem>,
): EventDraft[] {
  const repeat = repeats.find((one) => one === values.repeat)
  if (!repeat) return [draft]
  const first = dayIn(draft.timeZone, draft.startsAt)
  const list = readDays(textOf(values.days), dayInChina(now))
  if ('problem' in list) {
    problems.days = list.problem
    return []
  }
  const rule = { repeat, first, times: numberOf(values.times), last: textOf(values.lastDay) || null }
  const found = daysOfSeries({ ...rule, days: list.days }, calendar)
  if ('problem' in found) {
    problems[repeat === 'list' ? 'days' : 'times'] = found.problem
    return []
  }
  return found.days.map((day) => onDay(draft, (Date.parse(day) - Date.parse(first)) / dayLong))
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
