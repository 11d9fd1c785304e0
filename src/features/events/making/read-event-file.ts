import type { Language } from '../../../chat/language.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { listOrganisations, type PlacedOrganisation } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import { dayIn, isDay } from '../../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import type { OwnQuestion } from '../records.ts'
import { type DraftField, problemsOf } from './check-draft.ts'
import { type EventOfFile, eventSchema } from './event-file-schema.ts'
import type { EventDraft } from './keep-event.ts'
import type { EventKind, EventKinds } from './kinds.ts'
import { instantIn, readZone } from './local-time.ts'
import { onDay } from './on-day.ts'
import { plainLine, plainLines } from './plain-line.ts'
import { nearbyOf, organisationNamed } from './read-organisations.ts'
import { problemOfQuestion } from './read-questions.ts'
import { readReminders } from './read-reminders.ts'
import { readYaml, type YamlPath } from './read-yaml.ts'
import { daysOfSeries } from './series-days.ts'

/** An event of a file, or all of a series. */
export interface EntryOfFile {
  drafts: EventDraft[]
  isShared: boolean
}

export interface FileContext {
  db: Reads
  kinds: EventKinds
  language: Language
  now: Date
  /** Whether whoever brings the file may make events for an organisation. */
  mayMake(organisation: string): Promise<boolean>
}

/** Events of one file, and problems that are named of it. */
const most = { events: 200, problems: 20 }
const dayLong = 86_400_000

/** Under which words of the file a field of a draft stands. */
const pathOf: Partial<Record<DraftField, YamlPath>> = {
  ...{ startsAt: ['starts'], endsAt: ['ends'], timeZone: ['zone'] },
  ...{ opensAt: ['registration', 'opens'], closesAt: ['registration', 'closes'] },
  ...{ cancelUntil: ['registration', 'cancel-until'], mostGuests: ['registration', 'guests'] },
  offerHours: ['registration', 'offer-hours'],
}

type Refuse = (path: YamlPath, problem: Problem | string) => void

/**
 * Reads a YAML file of events: one, a list, several documents, or a list under `events`. Throws PlainError
 * `making:file.wrong` with the lines of all that is wrong: then nothing of it is taken.
 */
export async function readEventFile(text: string, context: FileContext): Promise<EntryOfFile[]> {
  const wrong: { line: number; text: string }[] = []
  const entries: EntryOfFile[] = []
  const organisations = await listOrganisations(context.db)
  let count = 0
  for (const document of readYaml(text)) {
    for (const { path, value } of eventsIn(document.value)) {
      count += 1
      if (count > most.events) throw new PlainError('making:file.many', { most: most.events })
      const refuse: Refuse = (inside, problem) => {
        const said =
          typeof problem === 'string' ? problem : translate(context.language, problem.key, problem.values)
        wrong.push({ line: document.lineOf([...path, ...inside]), text: said })
      }
      const entry = await readEntry(value, organisations, context, refuse)
      if (entry) entries.push(entry)
    }
  }
  if (wrong.length > 0) {
    const lines = wrong
      .toSorted((a, b) => a.line - b.line)
      .slice(0, most.problems)
      .map(({ line, text: said }) => translate(context.language, 'making:file.line', { line, problem: said }))
    throw new PlainError('making:file.wrong', { count: wrong.length, lines: lines.join('\n') })
  }
  if (entries.length === 0) throw new PlainError('making:file.empty')
  return entries
}

function eventsIn(value: unknown): { path: YamlPath; value: unknown }[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.map((one: unknown, at) => ({ path: [at], value: one }))
  const isList = typeof value === 'object' && 'events' in value && Array.isArray(value.events)
  if (!isList) return [{ path: [], value }]
  return (value.events as unknown[]).map((one, at) => ({ path: ['events', at], value: one }))
}

async function readEntry(
  value: unknown,
  organisations: readonly PlacedOrganisation[],
  context: FileContext,
  refuse: Refuse,
): Promise<EntryOfFile | null> {
  const { success, data, error } = eventSchema.safeParse(value)
  if (!success) {
    for (const { path, message } of error.issues) {
      const place = path.filter((one) => typeof one !== 'symbol')
      refuse(place, `${place.join('.')}: ${message}`)
    }
    return null
  }
  let isRight = true
  const say: Refuse = (path, problem) => {
    isRight = false
    refuse(path, problem)
  }
  const kind = context.kinds.byName(data.kind)
  if (!kind) say(['kind'], { key: 'making:file.no-kind', values: { kind: data.kind.slice(0, 40) } })
  const place = organisationNamed({ all: organisations }, data.organisation)
  const isTheirs = 'id' in place && (await context.mayMake(place.id))
  // Who may make none for it is not told whether it is there.
  if (!isTheirs) say(['organisation'], { key: 'making:problem.organisation', values: {} })
  if (!kind || !('id' in place) || !isTheirs) return null
  const calendar = await readWorkCalendar(
    context.db,
    { organisation: place.id, person: null },
    dayIn('Asia/Shanghai', context.now),
  )
  const draft = draftFrom(
    data,
    { kind, place, zone: calendar.zone, organisations, language: context.language },
    say,
  )
  if (!draft) return null
  const found = problemsOf(draft, { now: context.now, mostSeats: kind.mostSeats, startedAt: null })
  for (const [field, problem] of found) {
    const at =
      field === 'questions' ? draft.questions.findIndex((one) => problemOfQuestion(one) !== null) : -1
    say(at < 0 ? (pathOf[field] ?? [field]) : ['questions', at], problem)
  }
  if (!isRight) return null
  if (!data.series) return { drafts: [draft], isShared: false }
  const first = dayIn(draft.timeZone, draft.startsAt)
  const { repeat, times = null, last = null, days, shared } = data.series
  const bad = [...days, ...(last === null ? [] : [last])].find((one) => !isDay(one))
  if (bad !== undefined) say(['series'], { key: 'making:problem.series-day', values: { text: bad } })
  const series = daysOfSeries({ repeat, first, times, last, days }, calendar)
  if ('problem' in series) say(['series'], series.problem)
  if (!isRight || 'problem' in series) return null
  const away = (day: string) => (Date.parse(day) - Date.parse(first)) / dayLong
  return { drafts: series.days.map((one) => onDay(draft, away(one))), isShared: shared }
}

interface Ground {
  kind: EventKind
  place: PlacedOrganisation
  /** Of the organisation. */
  zone: string
  organisations: readonly PlacedOrganisation[]
  language: Language
}

function draftFrom(data: EventOfFile, ground: Ground, refuse: Refuse): EventDraft | null {
  const { kind, place, organisations } = ground
  const { defaults } = kind
  const zone = data.zone === undefined ? ground.zone : readZone(data.zone)
  if (zone === null) {
    refuse(['zone'], { key: 'making:problem.zone', values: { zone: (data.zone ?? '').slice(0, 40) } })
    return null
  }
  const { registration } = data
  const at = (path: YamlPath, text: string): Date | null => {
    const [day = '', time = ''] = text.split(/[ T]/)
    const instant = isDay(day) ? instantIn(zone, day, time) : null
    if (instant === null) refuse(path, { key: 'making:file.no-time', values: { text } })
    return instant
  }
  const named = (key: 'opens' | 'closes' | 'cancel-until') => {
    const text = registration[key]
    return text === undefined ? undefined : at(['registration', key], text)
  }
  const startsAt = at(['starts'], data.starts)
  const endsAt = at(['ends'], data.ends)
  const [opensAt, closesAt, cancelUntil] = [named('opens'), named('closes'), named('cancel-until')]
  if (!startsAt || !endsAt || closesAt === null || cancelUntil === null || opensAt === null) return null
  const before = (days: number) => new Date(startsAt.getTime() - Math.round(days * 1440) * 60_000)
  const near = nearbyOf(organisations, place.id)
  const organisation = (path: YamlPath, name: string): string[] => {
    const found = organisationNamed(near, plainLine(name))
    if ('id' in found) return [found.id]
    refuse(path, found)
    return []
  }
  const reminders =
    data.reminders === undefined
      ? { reminders: defaults.reminders }
      : readReminders(data.reminders.map((one) => (typeof one === 'number' ? `${one}m` : one)).join('、'))
  if ('problem' in reminders) refuse(['reminders'], reminders.problem)
  return {
    ...{ kind: kind.name, organisation: place.id, timeZone: zone, startsAt, endsAt },
    title: plainLine(data.title),
    organisers: plainLine(data.organisers),
    description: plainLines(data.description ?? ''),
    place: plainLine(data.place),
    link: plainLine(data.link),
    audience: {
      organisations: data.audience.organisations.flatMap((name, i) =>
        organisation(['audience', 'organisations', i], name),
      ),
      roles: data.audience.roles,
      public: data.audience.public ?? defaults.public,
    },
    capacity: data.capacity === undefined ? defaults.capacity : data.capacity,
    reserved: Object.entries(data.reserved).flatMap(([name, seats]) =>
      organisation(['reserved', name], name).map((id) => ({ organisation: id, seats })),
    ),
    opensAt: opensAt ?? null,
    closesAt: closesAt ?? before(defaults.closesDays),
    cancelUntil: cancelUntil ?? before(defaults.cancelDays),
    mode: registration.mode ?? defaults.mode,
    mostGuests: registration.guests ?? defaults.guests,
    hasWaitingList: registration['waiting-list'] ?? defaults.waitingList,
    offerHours: registration['offer-hours'] ?? defaults.offerHours,
    priority: registration.priority.map(({ organisation: name, role, points }, i) => ({
      points,
      ...(role === undefined ? {} : { role }),
      ...(name === undefined
        ? {}
        : { organisation: organisation(['registration', 'priority', i, 'organisation'], name)[0] ?? '' }),
    })),
    questions: questionsFrom(data, ground, refuse),
    cost: plainLine(data.cost),
    contacts: plainLine(data.contacts),
    materials: plainLines(data.materials),
    reminders: 'problem' in reminders ? [] : reminders.reminders,
    online: data.online ?? defaults.online,
    hours: data.hours === undefined ? defaults.hours : data.hours,
    ...{ series: null, registersWith: null, copiedFrom: null },
  }
}

function questionsFrom(
  { questions }: EventOfFile,
  { kind, language }: Ground,
  refuse: Refuse,
): OwnQuestion[] {
  if (questions === undefined) {
    return kind.questions.map((one) => ({
      ...one,
      label: one.label[language],
      options: one.options.map((option) => option[language]),
    }))
  }
  const names = new Set<string>()
  return questions.map(({ name, ...question }, at) => {
    const own = name ?? `q${at + 1}`
    if (names.has(own)) {
      refuse(['questions', at], { key: 'making:problem.question-twice', values: { line: own } })
    }
    names.add(own)
    return {
      ...question,
      name: own,
      label: plainLine(question.label),
      options: question.options.map(plainLine),
    }
  })
}
