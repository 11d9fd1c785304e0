import type { Flag, Instant } from '../tables.ts'

/** Something that others may use or visit, or somebody who comes to them: a laboratory, an exhibit, a speaker, a course. */
export interface ResourceTable {
  id: string
  /** Shown to people, such as `ZY-2026-0007`. */
  number: string
  /** Name of a kind in knowledge/resources. */
  kind: string
  title: string
  description: string
  /** Words it is found by, parted by 、. */
  subjects: string
  /** Whose it is: its cadres keep it. */
  organisation: string
  /** Who answers requests for it; null: the cadres of the organisation. */
  owner: string | null
  place: string
  /** Where it is shared, such as 太原; empty: in no region. */
  region: string
  /** Who finds it: its organisation and those below, the whole house, all houses of the region, everybody. */
  share: 'own' | 'house' | 'region' | 'public'
  /** IANA name, in which hours and days are meant. */
  time_zone: string
  /** Open hours by weekday, as `formatOpenHours` writes them: `1-5 09:00-17:00; 6 09:00-12:00`. */
  hours: string
  /** 1: closed on public holidays, open on working days that make up for them. */
  on_working_days: Flag
  /** Working days that lie between a request and the day that is asked for, that day included. */
  lead_days: number
  /** People of one booking. */
  most_people: number
  /** Bookings of one day; null: as many as fit. */
  most_a_day: number | null
  /** People of all bookings at one time; null: one booking at a time. */
  together: number | null
  rules: string
  /** As shown to those who may use it. */
  contact: string
  /** Name in the blob store; null: none. */
  photo: string | null
  /** Media type of the photo; empty: none. */
  photo_type: string
  state: 'open' | 'paused' | 'retired'
  created_by: string | null
  created_at: Instant
  changed_at: Instant
}

/** A day on which a resource is closed for itself. */
interface ResourceClosedDayTable {
  resource: string
  /** `YYYY-MM-DD` in the resource's zone. */
  day: string
}

/** In which region an organisation lies, and all below it that say nothing else. */
interface ResourceRegionTable {
  organisation: string
  region: string
}

/** That somebody wants to use a resource at a time, and what became of it. */
export interface ResourceBookingTable {
  id: string
  /** Shown to people, such as `YY-2026-0007`. */
  number: string
  resource: string
  /** Null: an outside unit, by the web form. */
  person: string | null
  /** The organisation it is for; null: an outside unit. */
  organisation: string | null
  /** Sealed JSON of `BookingDetails` (features/resources/booking/details.ts). */
  details: string
  people: number
  /** Of the beginning, `YYYY-MM-DD` in the resource's zone. */
  day: string
  starts_at: Instant
  ends_at: Instant
  state: 'requested' | 'proposed' | 'confirmed' | 'declined' | 'withdrawn' | 'cancelled' | 'expired' | 'over'
  /** 1: nobody else gets its time while it stands so. */
  holds: Flag
  /** Why it was declined or cancelled, or what was said with another time; empty: nothing. */
  reason: string
  /** Hash of the receipt code of an outside unit; null: none. */
  receipt_hash: string | null
  language: string
  /** 1 to 5; null: nobody said. */
  rating: number | null
  comment: string
  /** Who answered it. */
  settled_by: string | null
  created_at: Instant
  changed_at: Instant
}

/** Who was asked to answer a request. */
interface ResourceAskedTable {
  booking: string
  person: string
  /** The outbox's id of their card; null: they could not be reached. */
  message: string | null
}

/** What happened to a booking. */
interface ResourceHistoryTable {
  id: string
  booking: string
  /** The state it came to, or `asked-again`, `rated`. */
  what: string
  words: string
  /** A person; null: the clock, or an outside unit. */
  by: string | null
  at: Instant
}

export interface ResourceTables {
  resource_entry: ResourceTable
  resource_closed_day: ResourceClosedDayTable
  resource_region: ResourceRegionTable
  resource_booking: ResourceBookingTable
  resource_asked: ResourceAskedTable
  resource_history: ResourceHistoryTable
}
