import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'
import type { ShownEventTables } from './event-lists.ts'

/** Something that takes place at a time and that people come to. */
export interface EventTable {
  id: string
  /** Shown to people, such as `HD-2026-0007`. */
  number: string
  /** Name of a kind in knowledge/events. */
  kind: string
  title: string
  /** Whose event it is: its cadres manage it. */
  organisation: string
  /** As printed: 主办、承办. */
  organisers: string
  description: string
  place: string
  /** Of an online event, http or https; empty: none. */
  link: string
  starts_at: Instant
  ends_at: Instant
  /** IANA name: in it the times were meant, and are shown. */
  time_zone: string
  /** JSON of `Audience` (features/events/records.ts). */
  audience: string
  /** Seats; null: as many as come. */
  capacity: number | null
  /** Registration is open from then on; null: since the publication. */
  opens_at: Instant | null
  closes_at: Instant
  /** Until then people cancel by themselves, after it they ask the organisers. */
  cancel_until: Instant
  mode: 'first-come' | 'approval'
  /** Guests that one person may bring. */
  most_guests: number
  /** 0: whoever finds no seat is turned away. */
  has_waiting_list: Flag
  /** Working hours for which a freed seat is offered to one who waits. */
  offer_hours: number
  /** JSON list of `PriorityRule` (records.ts). */
  priority: string
  /** JSON list of `OwnQuestion` (records.ts), asked at registration. */
  questions: string
  /** Cost note; empty: none. */
  cost: string
  contacts: string
  materials: string
  /** JSON list of minutes before the beginning. */
  reminders: string
  /** 1: people check in by a button in chat. */
  online: Flag
  /** Learning hours credited to whoever was there; null: none. */
  hours: number | null
  /** 1: at the door people register though registration has closed, while there are seats. */
  walk_ins: Generated<Flag>
  series: string | null
  /** The event that takes the registrations of a series that shares them; null: this one does. */
  registers_with: string | null
  copied_from: string | null
  state: 'draft' | 'published' | 'cancelled' | 'over'
  /** Why it was cancelled; empty while it was not. */
  reason: string
  /** SEQUENCE of its calendar entries (RFC 5545, 3.8.7.4). */
  sequence: number
  /** Grows with every change of time or place: registrations confirmed for an earlier one are asked again. */
  arrangement: number
  /** What its codes are signed with; shown nowhere. */
  secret: string
  created_by: string
  created_at: Instant
  changed_at: Instant
}

interface EventSeriesTable {
  id: string
  title: string
  created_at: Instant
}

/** Seats that are kept for people of an organisation and those below it. */
interface EventReserveTable {
  event: string
  organisation: string
  seats: number
}

/** A row of its own, so that whoever accepts presses of an event does so one after another, and waits for nobody else. */
interface EventGateTable {
  event: string
}

/** How the seats of an event stand; its row is locked by whoever changes registrations. */
interface EventSeatsTable {
  event: string
  /** Held: confirmed and offered, guests included. */
  taken: number
  /** Registrations, not seats. */
  waiting: number
  requested: number
  /** Grows with each change, for cards that show it. */
  revision: number
}

/** Something that a person did about an event, in the order in which the database accepted it. */
export interface EventPressTable {
  seq: Generated<number>
  /** The same press again is nothing new. */
  key: string
  event: string
  /** JSON of `Press` (features/events/presses/press.ts). */
  press: string
  state: 'waiting' | 'settled'
  /** JSON of `Outcome` (features/events/seats/outcome.ts); null while it waits. */
  outcome: string | null
  accepted_at: Instant
  settled_at: Instant | null
}

/** That somebody comes, waits, or came and went: one row for each person (or guest's account) and event. */
export interface EventRegistrationTable {
  id: string
  event: string
  /** Its place: of the press by which it came about, and anew where it was made again after it had ended. */
  seq: number
  /** Null: somebody who is no person of the house. */
  person: string | null
  /** `accountKey` of a guest's account; null where `person` is known, and for web forms. */
  account: string | null
  /** The organisation it counts for; null: the public. */
  organisation: string | null
  /** A person's name, or what a guest is called; of the public it is sealed in `contact` and this is empty. */
  name: string
  /** Sealed JSON of name, unit and telephone of the public; null: none. */
  contact: string | null
  state: 'requested' | 'confirmed' | 'waiting' | 'offered' | 'cancelled' | 'expired' | 'declined'
  /** Whose reserved seats it takes: an organisation; empty: the general ones, or none. */
  pool: string
  /** Beside the person. */
  guests: number
  /** JSON of answers to the event's own questions, by name. */
  answers: string
  /** Greater goes first on the waiting list. */
  priority: number
  /** Registrations that were made together. */
  team: string | null
  /** Who registered them, where it was not they. */
  registered_by: string | null
  /** While it is offered: until then. */
  offer_until: Instant | null
  /** The event's `arrangement` that the person knows and agreed to. */
  arrangement: number
  /** Asked to be let go after the deadline: when; null: not. */
  asked_to_leave_at: Instant | null
  /** Hash of the receipt code of the public; null: none. */
  receipt_hash: string | null
  language: string
  created_at: Instant
  changed_at: Instant
}

/** Everything that happened to the seats of an event; replayed it gives what holds. */
interface EventHistoryTable {
  id: Generated<number>
  event: string
  registration: string | null
  /** Name of a `Change` (features/events/seats/seats.ts). */
  change: string
  /** JSON of the change. */
  data: string
  /** A person; null: the rules, or whoever has no account. */
  by: string | null
  at: Instant
}

/** Who was there. */
interface EventCheckInTable {
  event: string
  registration: string
  how: 'personal-code' | 'event-code' | 'button' | 'by-hand'
  /** Who let them in; null: they did themselves. */
  by: string | null
  /** Also of a page that had no network: when it happened, not when it arrived. */
  at: Instant
}

/** A check-in that was taken back; what a phone without network kept of before it is not taken for new. */
interface EventCheckInUndoneTable {
  id: Generated<number>
  event: string
  registration: string
  how: EventCheckInTable['how']
  by: string | null
  at: Instant
  undone_by: string
  undone_at: Instant
}

interface EventFeedbackTable {
  event: string
  registration: string
  /** 1 to 5. */
  rating: number
  comment: string
  /** 1: they want their name to stand beside it. */
  signed: Flag
  at: Instant
}

/** Hours of learning credited for an event. */
interface EventHoursTable {
  event: string
  person: string
  hours: number
  at: Instant
}

/** Files handed to those who were there. */
interface EventMaterialTable {
  id: string
  event: string
  name: string
  type: string
  size: number
  blob: string
  by: string
  at: Instant
  /** When it was sent to them; null: not yet. */
  sent_at: Instant | null
}

/** What somebody was told for their calendar: one row for each event that their registration is for. */
interface EventCalendarEntryTable {
  event: string
  registration: string
  /** SEQUENCE as it was last said: it grows with changes of the event and with coming and going. */
  sequence: number
  /** The event's `sequence` of which it tells. */
  shown: number
  /** `out`: it was called off, for all or for them. */
  state: 'in' | 'out'
  /** The outbox's id of the entry in the calendar of their account; null: none was put there. */
  message: string | null
  changed_at: Instant
}

/** Which reminders of an event are to come. */
interface EventRemindingTable {
  event: string
  /** The beginning for which they were planned. */
  starts_at: Instant
  /** JSON list of minutes before it; those that were sent, or were past when it was planned, are not in it. */
  pending: string
}

/** The secret link by which a calendar reads what somebody is registered for. */
interface EventCalendarFeedTable {
  person: string
  token_hash: string
  created_at: Instant
}

export interface EventTables extends ShownEventTables {
  event_entry: EventTable
  event_series: EventSeriesTable
  event_reserve: EventReserveTable
  event_gate: EventGateTable
  event_seats: EventSeatsTable
  event_press: EventPressTable
  event_registration: EventRegistrationTable
  event_history: EventHistoryTable
  event_check_in: EventCheckInTable
  event_check_in_undone: EventCheckInUndoneTable
  event_feedback: EventFeedbackTable
  event_hours: EventHoursTable
  event_material: EventMaterialTable
  event_calendar_entry: EventCalendarEntryTable
  event_calendar_feed: EventCalendarFeedTable
  event_reminding: EventRemindingTable
}
