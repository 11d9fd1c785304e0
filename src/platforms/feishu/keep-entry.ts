import { createHash } from 'node:crypto'
import type { Client } from '@larksuiteoapi/node-sdk'
import type { CalendarEntry } from '../../chat/card.ts'
import { type Delivered, DeliveryError, type Operation } from '../../chat/outgoing.ts'
import { codeOf, RefusedCall, toDeliveryError } from './errors.ts'
import { earliestReminder, longestEntryText, longestEntryTitle, longestPlace } from './limits.ts'

/** The calls by which the bot's own calendar is kept. */
export type Calendars = Pick<Client, 'calendar'>

export interface Entries {
  /** Puts an entry in, moves it or takes it out. Throws DeliveryError; `not-allowed` where the scope is missing. */
  keep(operation: Operation): Promise<Delivered>
}

/** The entry is not there, or was deleted: by “日程错误码”, open.feishu.cn/document/server-docs/calendar-v4. */
const isGone = new Set([193001, 193003])
/** Of an entry that was called off before it was made. */
const neverMade = 'none'

/**
 * Entries stand in the calendar of the bot, one for each person, who is its only guest: so nobody learns who else comes,
 * and what concerns one is done without touching the others'.
 * https://open.feishu.cn/document/server-docs/calendar-v4/calendar-event/create
 */
export function createEntries(client: Calendars): Entries {
  /** The bot's calendar; asked for once. */
  let calendar: string | undefined

  async function own(): Promise<string> {
    if (calendar !== undefined) return calendar
    const { data } = await calling(client.calendar.v4.calendar.primary({}))
    calendar = data?.calendars?.[0]?.calendar?.calendar_id
    // Asked for, not made: nothing is in doubt.
    if (calendar === undefined) throw new DeliveryError('later')
    return calendar
  }

  async function create({ id, to }: Operation, entry: CalendarEntry): Promise<Delivered> {
    if (entry.cancelled || to.type !== 'calendar') return { message: neverMade }
    const calendar_id = await own()
    const { data } = await calling(
      client.calendar.v4.calendarEvent.create({
        path: { calendar_id },
        params: { idempotency_key: keyOf(id), user_id_type: 'union_id' },
        data: dataOf(entry),
      }),
    )
    const event_id = data?.event?.event_id
    if (!event_id) throw new DeliveryError('unknown')
    // The same guest again is one guest. A try that ends between the two calls finds the entry by its key.
    await calling(
      client.calendar.v4.calendarEventAttendee.create({
        path: { calendar_id, event_id },
        params: { user_id_type: 'union_id' },
        data: { attendees: [{ type: 'user', user_id: to.account.user }], need_notification: false },
      }),
    )
    return { message: event_id }
  }

  async function change(event_id: string, entry: CalendarEntry): Promise<Delivered> {
    if (event_id === neverMade) return { message: event_id }
    const path = { calendar_id: await own(), event_id }
    if (!entry.cancelled) {
      await calling(client.calendar.v4.calendarEvent.patch({ path, data: dataOf(entry) }))
      return { message: event_id }
    }
    try {
      // The bot has said it in the chat.
      await calling(client.calendar.v4.calendarEvent.delete({ path, params: { need_notification: 'false' } }))
    } catch (error) {
      if (!(error instanceof DeliveryError && error.kind === 'gone')) throw error
    }
    return { message: event_id }
  }

  return {
    async keep(operation) {
      const { name, card, message } = operation
      if (!card.entry) throw new DeliveryError('bad-input')
      if (name === 'send') return create(operation, card.entry)
      if (message === null) throw new DeliveryError('gone')
      return change(message, card.entry)
    },
  }
}

/** With `vchat` unset each entry would get a meeting by video of its own. */
function dataOf(entry: CalendarEntry) {
  const { title, description, place, timeZone, reminders } = entry
  const at = (instant: string) => ({
    timestamp: String(Math.floor(Date.parse(instant) / 1000)),
    timezone: timeZone,
  })
  return {
    summary: title.slice(0, longestEntryTitle),
    description: description.slice(0, longestEntryText),
    start_time: at(entry.startsAt),
    end_time: at(entry.endsAt),
    vchat: { vc_type: 'no_meeting' as const },
    visibility: 'private' as const,
    attendee_ability: 'none' as const,
    free_busy_status: 'busy' as const,
    location: { name: place.slice(0, longestPlace) },
    reminders: reminders.filter((minutes) => minutes <= earliestReminder).map((minutes) => ({ minutes })),
    need_notification: false,
  }
}

async function calling<T extends { code?: number | undefined }>(call: Promise<T>): Promise<T> {
  try {
    const answer = await call
    if (answer?.code) throw new RefusedCall(answer.code)
    return answer
  } catch (error) {
    if (isGone.has(codeOf(error))) throw new DeliveryError('gone', { cause: error })
    throw toDeliveryError(error)
  }
}

/** Between 32 and 128 characters, as the vendor asks. */
function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
