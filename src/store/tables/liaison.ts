import type { Instant } from '../tables.ts'

/** Who looks after an organisation: 指导员, 联络员; of one with an association: 联系人. */
export interface LiaisonHolderTable {
  id: string
  organisation: string
  role: 'instructor' | 'liaison' | 'contact'
  person: string
  from_day: string
  /** The last day, itself included; null: until further notice. Before `from_day`: it never came to hold. */
  until_day: string | null
  /** Who assigned them; null: the house. */
  by: string | null
  at: Instant
}

/** A duty of somebody who looks after an organisation; its reminder has the origin `liaison.duty:ID`. */
interface LiaisonDutyTable {
  id: string
  organisation: string
  /** Of the template: `visit`. */
  duty: string
  holder: string
  person: string
  /** How often a year. */
  times: number
  /** The reminder begins with this day: a period in which it was done is left out. */
  from_day: string
  /** The last day on which it held; null: it holds. */
  ended_on: string | null
}

/** How often a year something is to be done for an organisation, where that is not what the template says. */
interface LiaisonFrequencyTable {
  organisation: string
  duty: string
  times: number
  by: string | null
  at: Instant
}

/** A visit, a call or a report of an organisation. */
export interface LiaisonVisitTable {
  id: string
  /** Shown to people, such as `ZF-2026-0007`. */
  number: string
  organisation: string
  kind: 'visit' | 'call' | 'report'
  day: string
  /** Names of those who were met; empty: nobody named. */
  people: string
  summary: string
  /** Who made it. */
  by: string
  at: Instant
  /** The item of a reminder whose form it was; null: entered without one. */
  item: string | null
}

interface LiaisonNeedTable {
  visit: string
  /** From 0. */
  position: number
  text: string
  /** The number of the opinion that it became; null: it is none yet. */
  submission: string | null
}

/** What was promised on a visit; its reminders have the origins `liaison.promise:ID` and `liaison.promise-ahead:ID`. */
export interface LiaisonPromiseTable {
  id: string
  visit: string
  position: number
  text: string
  owner: string
  due_day: string
  state: 'open' | 'kept' | 'dropped'
  done_on: string | null
  note: string
}

interface LiaisonPhotoTable {
  visit: string
  position: number
  name: string
  type: string
  /** Bytes. */
  size: number
  blob: string
}

/** What was done, first to last by `at` and `id`. */
interface LiaisonHistoryTable {
  id: string
  organisation: string
  what: 'assigned' | 'ended' | 'frequency' | 'visit' | 'promise'
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

/** Who looks after whom, visits, promises. */
export interface LiaisonTables {
  liaison_holder: LiaisonHolderTable
  liaison_duty: LiaisonDutyTable
  liaison_frequency: LiaisonFrequencyTable
  liaison_visit: LiaisonVisitTable
  liaison_need: LiaisonNeedTable
  liaison_promise: LiaisonPromiseTable
  liaison_photo: LiaisonPhotoTable
  liaison_history: LiaisonHistoryTable
}
