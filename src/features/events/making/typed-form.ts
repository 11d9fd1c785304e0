import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import type { Reads } from '../../../people/people.ts'
import type { Event } from '../records.ts'
import type { EventKind } from './kinds.ts'
import { localIn } from './local-time.ts'
import { typedQuestions } from './read-questions.ts'
import { typedReminders } from './read-reminders.ts'

/** What a form is filled in with when it opens. */
export type Typed = Record<string, string | string[]>

const dayLong = 86_400_000

/** What the form of a new event of a kind begins with. */
export function typedOfKind({ defaults, description, questions }: EventKind, language: Language): Typed {
  const asked = questions.map((question) => ({
    ...question,
    label: question.label[language],
    options: question.options.map((option) => option[language]),
  }))
  return {
    description: description[language],
    ...(defaults.capacity === null ? {} : { capacity: String(defaults.capacity) }),
    waitingList: defaults.waitingList ? 'yes' : '',
    ...{ mode: defaults.mode, guests: String(defaults.guests), offerHours: String(defaults.offerHours) },
    ...{ online: defaults.online ? 'yes' : '', public: defaults.public ? 'yes' : '' },
    cancelDays: String(defaults.cancelDays),
    reminders: typedReminders(defaults.reminders, language),
    ...(defaults.hours === null ? {} : { hours: String(defaults.hours) }),
    questions: typedQuestions(asked),
  }
}

/** An event as its organisers would type it: what the form to change it begins with. */
export async function typedOfEvent(db: Reads, event: Event, language: Language): Promise<Typed> {
  const { row, audience, priority, questions, reminders } = event
  const organisations = await listOrganisations(db)
  const pathOf = (id: string) => organisations.find((one) => one.id === id)?.path ?? id
  const starts = localIn(row.time_zone, new Date(row.starts_at))
  const ends = localIn(row.time_zone, new Date(row.ends_at))
  const closes = localIn(row.time_zone, new Date(row.closes_at))
  const opens = row.opens_at === null ? null : localIn(row.time_zone, new Date(row.opens_at))
  const reserved = await db.selectFrom('event_reserve').selectAll().where('event', '=', row.id).execute()
  const roleName = (role: string) => translate(language, `console:role.${role}`)
  const joint = language === 'en' ? ', ' : '、'
  const colon = language === 'en' ? ': ' : '：'
  const cancelDays = (Date.parse(row.starts_at) - Date.parse(row.cancel_until)) / dayLong
  return {
    ...{ title: row.title, organisers: row.organisers, description: row.description },
    ...{ day: starts.day, from: starts.time, until: ends.time },
    endDay: ends.day === starts.day ? '' : ends.day,
    ...{ zone: row.time_zone, place: row.place, link: row.link, online: row.online === 1 ? 'yes' : '' },
    audience: audience.organisations.map(pathOf).join(joint),
    roles: audience.roles,
    public: audience.public ? 'yes' : '',
    capacity: row.capacity === null ? '' : String(row.capacity),
    reserved: reserved.map(({ organisation, seats }) => `${pathOf(organisation)}${colon}${seats}`).join('\n'),
    waitingList: row.has_waiting_list === 1 ? 'yes' : '',
    priority: priority
      .map(({ organisation, role, points }) => {
        const who = [...(organisation ? [pathOf(organisation)] : []), ...(role ? [roleName(role)] : [])]
        return `${who.join(joint)}${colon}${points}`
      })
      .join('\n'),
    ...{ guests: String(row.most_guests), mode: row.mode, offerHours: String(row.offer_hours) },
    ...{ opensDay: opens?.day ?? '', opensTime: opens?.time ?? '' },
    ...{ closesDay: closes.day, closesTime: closes.time },
    // To the minute, and no longer than a number may be.
    cancelDays: String(Math.max(0, Math.round(cancelDays * 10_000) / 10_000)),
    reminders: typedReminders(reminders, language),
    questions: typedQuestions(questions),
    ...{ cost: row.cost, contacts: row.contacts, materials: row.materials },
    hours: row.hours === null ? '' : String(row.hours),
  }
}
