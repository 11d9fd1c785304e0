import type { Flag, Instant } from '../tables.ts'

/** Something that people are to know: a notice, a strategy, news, somebody who is an example. */
export interface NoticeTable {
  id: string
  /** Shown to people, such as `TZ-2026-0007`. */
  number: string
  kind: 'notice' | 'strategy' | 'news' | 'showcase'
  title: string
  text: string
  /** Whose it is. */
  organisation: string
  /** JSON: what was filled in about its audience, so that it can be filled in again. */
  audience: string
  /** Whether whoever gets it is to say that they know it. */
  asks: Flag
  /** Until when; null: no limit. */
  until: Instant | null
  /** JSON of numbers: so many working days before the end whoever has not said so is reminded. */
  remind: string
  state: 'draft' | 'sent' | 'ended' | 'withdrawn' | 'dropped'
  /** How often it was changed: buttons of an earlier revision are old. */
  revision: number
  /** Why it was withdrawn. */
  reason: string
  made_by: string
  made_at: Instant
  sent_at: Instant | null
  /** When it was put right last, after it was sent. */
  corrected_at: Instant | null
}

interface NoticeFileTable {
  notice: string
  /** From 0. */
  position: number
  name: string
  type: string
  blob: string
}

/** What was done, first to last by `at` and `id`. */
interface NoticeHistoryTable {
  id: string
  notice: string
  what: 'made' | 'changed' | 'sent' | 'corrected' | 'withdrawn' | 'dropped' | 'ended' | 'reminded'
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

/** A link that a cadre keeps for the next news of science and technology. */
export interface NoticeLinkTable {
  id: string
  organisation: string
  url: string
  title: string
  note: string
  topic: 'strategy' | 'news' | 'showcase'
  /** `used`: it stands in a notice; `dropped`: it is not wanted. */
  state: 'kept' | 'used' | 'dropped'
  notice: string | null
  saved_by: string
  saved_at: Instant
}

/** Where what was done and what is due is posted each week or month. */
interface GroupDigestTable {
  /** As `chatKey` writes it. */
  chat: string
  organisation: string
  weekly: Flag
  monthly: Flag
}

/** Notices, links kept for them, and digests of groups. */
export interface NoticeTables {
  notice: NoticeTable
  notice_file: NoticeFileTable
  notice_history: NoticeHistoryTable
  notice_link: NoticeLinkTable
  group_digest: GroupDigestTable
}
