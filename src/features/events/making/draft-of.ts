import type { Reads } from '../../../people/people.ts'
import { dayIn } from '../../../timers/calendar/day.ts'
import type { Event } from '../records.ts'
import type { EventDraft } from './keep-event.ts'
import { onDay } from './on-day.ts'

const dayLong = 86_400_000

/** An event as its organisers want it, with the seats that it keeps for organisations. */
export async function draftOf(
  db: Reads,
  { row, audience, priority, questions, reminders }: Event,
): Promise<EventDraft> {
  const reserved = await db
    .selectFrom('event_reserve')
    .select(['organisation', 'seats'])
    .where('event', '=', row.id)
    .orderBy('organisation')
    .execute()
  return {
    ...{ kind: row.kind, title: row.title, organisation: row.organisation, organisers: row.organisers },
    ...{ description: row.description, place: row.place, link: row.link, timeZone: row.time_zone },
    startsAt: new Date(row.starts_at),
    endsAt: new Date(row.ends_at),
    opensAt: row.opens_at === null ? null : new Date(row.opens_at),
    closesAt: new Date(row.closes_at),
    cancelUntil: new Date(row.cancel_until),
    ...{ audience, priority, questions, reminders, reserved },
    ...{ capacity: row.capacity, mode: row.mode, mostGuests: row.most_guests },
    hasWaitingList: row.has_waiting_list === 1,
    offerHours: row.offer_hours,
    ...{ cost: row.cost, contacts: row.contacts, materials: row.materials },
    online: row.online === 1,
    hours: row.hours,
    ...{ series: row.series, registersWith: row.registers_with, copiedFrom: row.copied_from },
  }
}

/**
 * A copy at another time: registration opens and closes, and cancelling ends, as long before the beginning as before.
 * What would lie in the past already opens at once, or closes with the beginning.
 */
export function copyOf(
  draft: EventDraft,
  { startsAt, endsAt, timeZone }: Pick<EventDraft, 'startsAt' | 'endsAt' | 'timeZone'>,
  { id, now }: { id: string; now: Date },
): EventDraft {
  const away = startsAt.getTime() - draft.startsAt.getTime()
  const move = (instant: Date) => new Date(instant.getTime() + away)
  const opens = draft.opensAt && move(draft.opensAt)
  const closes = move(draft.closesAt)
  const cancel = move(draft.cancelUntil)
  return {
    ...draft,
    ...{ startsAt, endsAt, timeZone },
    opensAt: opens && opens > now && opens < startsAt ? opens : null,
    closesAt: closes <= now || closes > endsAt ? startsAt : closes,
    cancelUntil: cancel > endsAt ? startsAt : cancel,
    ...{ series: null, registersWith: null, copiedFrom: id },
  }
}

const times = ['startsAt', 'endsAt', 'opensAt', 'closesAt', 'cancelUntil'] as const

/**
 * What becomes of another event of a series where the same is changed of it: what was not changed stays its own, and what
 * is counted in time changes by as much as the days lie apart.
 */
export function changedAlike(other: EventDraft, before: EventDraft, after: EventDraft): EventDraft {
  const apart =
    Date.parse(dayIn(other.timeZone, other.startsAt)) - Date.parse(dayIn(before.timeZone, before.startsAt))
  const moved = onDay(after, apart / dayLong)
  const changed = Object.fromEntries(
    Object.entries(moved).filter(([field]) => {
      const name = field as keyof EventDraft
      return JSON.stringify(before[name]) !== JSON.stringify(after[name])
    }),
  ) as Partial<EventDraft>
  // Either all of its times are moved or none, so that an end never comes before its beginning.
  const isMoved = times.some((time) => before[time]?.getTime() !== after[time]?.getTime())
  const moments = Object.fromEntries(times.map((time) => [time, moved[time]])) as Pick<
    EventDraft,
    (typeof times)[number]
  >
  const { series, registersWith, copiedFrom } = other
  return { ...other, ...changed, ...(isMoved ? moments : {}), series, registersWith, copiedFrom }
}
