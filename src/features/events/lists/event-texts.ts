import { DateTime } from 'luxon'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import type { EventKinds } from '../making/kinds.ts'
import type { Audience, EventRow } from '../records.ts'
import type { RegistrationState } from '../seats/seats.ts'

/** Formats of luxon; the day as it is said in each language, a year only where it is not the reader's. */
const formats: Record<Language, { locale: string; day: string; year: string; time: string }> = {
  'zh-CN': { locale: 'zh-CN', day: 'M月d日（ccc）', year: 'yyyy年M月d日（ccc）', time: 'HH:mm' },
  en: { locale: 'en-GB', day: 'ccc d MMM', year: 'ccc d MMM yyyy', time: 'HH:mm' },
}

/** 「3月13日（周五）14:00–16:00」 in the zone of the event, which is named where it is not China's. */
export function whenOf(
  { starts_at, ends_at, time_zone }: Pick<EventRow, 'starts_at' | 'ends_at' | 'time_zone'>,
  language: Language,
  now: Date,
): string {
  const begins = momentOf(starts_at, time_zone, language, now)
  const ends = momentOf(ends_at, time_zone, language, now)
  const time = begins.day === ends.day ? ends.time : ends.both
  return withZone(`${begins.both}–${time}`, time_zone, language)
}

/** One moment of an event, such as the end of its registration: 「3月12日（周四）17:00」. */
export function momentText(
  instant: string,
  { time_zone }: Pick<EventRow, 'time_zone'>,
  language: Language,
  now: Date,
): string {
  return withZone(momentOf(instant, time_zone, language, now).both, time_zone, language)
}

function momentOf(instant: string, zone: string, language: Language, now: Date) {
  const { locale, ...format } = formats[language]
  const at = DateTime.fromISO(instant, { zone, locale })
  const isThisYear = at.year === DateTime.fromJSDate(now, { zone }).year
  const day = at.toFormat(isThisYear ? format.day : format.year)
  const time = at.toFormat(format.time)
  return { day, time, both: language === 'en' ? `${day}, ${time}` : `${day}${time}` }
}

function withZone(text: string, zone: string, language: Language): string {
  return zone === defaultZone ? text : translate(language, 'events:when.zone', { when: text, zone })
}

/** The place and that there is a link, or that neither is known yet. The link itself is for a block of its own. */
export function whereOf({ place, link }: Pick<EventRow, 'place' | 'link'>, language: Language): string {
  if (place === '') return translate(language, link === '' ? 'events:where.unknown' : 'events:where.online')
  return link === '' ? place : translate(language, 'events:where.both', { place })
}

/** The same behind the word 地点, which is not said twice. */
export function placeText(row: Pick<EventRow, 'place' | 'link'>, language: Language): string {
  const isUnknown = row.place === '' && row.link === ''
  return isUnknown ? translate(language, 'events:where.unknown-yet') : whereOf(row, language)
}

/** Number and title, on one line. */
export function eventHeadline({ number, title }: Pick<EventRow, 'number' | 'title'>): string {
  return `${number} ${title}`
}

/** How an event stands for whoever wants to come. */
export type EventStatus =
  | 'draft'
  | 'not-open'
  | 'open'
  | 'waiting-list'
  | 'full'
  | 'closed'
  | 'under-way'
  | 'cancelled'
  | 'over'

/** What of an event's seats people are shown. */
export interface SeatFigures {
  /** Held: confirmed and offered, guests included. */
  taken: number
  /** Registrations on the waiting list. */
  waiting: number
  /** Registrations that wait for approval. */
  requested: number
  /** Grows with each change. */
  revision: number
  /** Of those left, kept for people of certain organisations. */
  reservedLeft: number
}

/**
 * How an event stands at a moment.
 * @param registering the event that takes its registrations: itself, or the lead of a series.
 * @param seats of that event.
 */
export function statusOf(
  { state, starts_at, ends_at }: Pick<EventRow, 'state' | 'starts_at' | 'ends_at'>,
  registering: Pick<EventRow, 'opens_at' | 'closes_at' | 'capacity' | 'has_waiting_list'>,
  seats: Pick<SeatFigures, 'taken' | 'waiting'>,
  now: Date,
): EventStatus {
  const at = now.toISOString()
  if (state !== 'published') return state
  if (ends_at <= at) return 'over'
  if (starts_at <= at) return 'under-way'
  if (registering.opens_at !== null && at < registering.opens_at) return 'not-open'
  if (registering.closes_at <= at) return 'closed'
  // Whoever waits goes before whoever comes: a freed seat is theirs.
  const isFull = registering.capacity !== null && (seats.taken >= registering.capacity || seats.waiting > 0)
  if (!isFull) return 'open'
  return registering.has_waiting_list === 1 ? 'waiting-list' : 'full'
}

/** 报名中, 已报满可候补, … */
export function statusTitle(status: EventStatus, language: Language): string {
  return translate(language, `events:status.${status}`)
}

/** 「报名中，还剩 12 个名额（共 100 个）」, or that one can only wait by now: that there is no seat is said once. */
export function standingText(
  status: EventStatus,
  registering: Pick<EventRow, 'capacity'>,
  seats: Pick<SeatFigures, 'taken' | 'waiting' | 'reservedLeft'>,
  language: Language,
): string {
  const joined = translate(language, 'events:joined')
  const text = seatsText(registering, seats, language)
  if (status === 'open') return `${statusTitle(status, language)}${joined}${text}`
  if (status === 'waiting-list') return `${text}${joined}${translate(language, 'events:seats.may-wait')}`
  if (status === 'full') return `${text}${joined}${translate(language, 'events:seats.no-list')}`
  return statusTitle(status, language)
}

/** 「还剩 12 个名额（共 100 个）」, with how many wait. */
export function seatsText(
  { capacity }: Pick<EventRow, 'capacity'>,
  { taken, waiting, reservedLeft }: Pick<SeatFigures, 'taken' | 'waiting' | 'reservedLeft'>,
  language: Language,
): string {
  const say = (key: string, values: Record<string, number>) =>
    translate(language, `events:seats.${key}`, values)
  if (capacity === null) return say('unlimited', { taken })
  const left = Math.max(0, capacity - taken)
  const kept = Math.min(left, reservedLeft)
  return [
    left === 0 ? say('none', { capacity }) : say('left', { left, capacity }),
    ...(kept > 0 ? [say('kept', { kept })] : []),
    ...(waiting > 0 ? [say('waiting', { waiting })] : []),
  ].join(translate(language, 'events:joined'))
}

/** 已确认, 候补中, … */
export function registrationTitle(state: RegistrationState, language: Language): string {
  return translate(language, `events:registration.${state}`)
}

/** 讲座, 培训, …; the bare name of a kind whose file is gone. */
export function kindTitle(kinds: EventKinds, kind: string, language: Language): string {
  return kinds.byName(kind)?.title[language] ?? kind
}

/**
 * Who may come. @param names of organisations by id; one that is missing is left out.
 */
export function audienceText(
  { organisations, roles, public: isPublic }: Audience,
  names: ReadonlyMap<string, string>,
  language: Language,
): string {
  if (isPublic) return translate(language, 'events:audience.public')
  const joint = language === 'en' ? ', ' : '、'
  const places = organisations.flatMap((id) => names.get(id) ?? []).join(joint)
  const offices = roles.map((role) => translate(language, `console:role.${role}`)).join(joint)
  if (places === '') {
    return offices === ''
      ? translate(language, 'events:audience.house')
      : translate(language, 'events:audience.roles', { roles: offices })
  }
  return offices === ''
    ? translate(language, 'events:audience.organisations', { organisations: places })
    : translate(language, 'events:audience.both', { organisations: places, roles: offices })
}
