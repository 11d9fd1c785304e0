import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'

/** What is to be reminded of, when, and whom. */
export interface ReminderTable {
  id: string
  /** Shown to people, such as `TX-2026-0007`. */
  number: string
  title: string
  /** More words on the card; empty: none. */
  text: string
  /** JSON object, language → `title` and `text`: of other languages than that of the title. */
  texts: Generated<string>
  /** Whose cadres keep it, and by whose calendar it is counted; null: a person's own, by the default calendar. */
  organisation: string | null
  /** A person: hears of what goes wrong; null: of the house. */
  owner: string | null
  /** `Rule` as JSON. */
  rule: string
  /** IANA name. */
  time_zone: string
  /** What acknowledging means: 知悉, 已完成 with a note, a form. */
  means: 'know' | 'done' | 'form'
  /** The form that is filled in, and what it is about (JSON object of strings), where `means` is `form`. */
  form: string | null
  context: string
  /** 1: everybody of a target answers for themselves; 0: one of them does for all. */
  each: Flag
  /** JSON list of `Step`: what happens as long as nobody acknowledges; empty: nothing. */
  steps: string
  /** For how many minutes after its time a missed one is still sent. */
  useful_for: number
  /** `22:00-07:00`: nobody is disturbed then; empty: at any time. */
  quiet: string
  state: 'draft' | 'active' | 'paused' | 'ended'
  /** Why it is paused or has ended, where the house did it: a key of messages; empty: a person did. */
  reason: string
  /** What it was made for by another feature, `liaison.visit:ID`; unique. Null: by a person. */
  origin: string | null
  /** Which template it was made of. */
  template: string | null
  /** JSON object: an occurrence's key → `skip`, or the `LocalTime` to which it was moved. */
  exceptions: string
  /** Of the last occurrence that was sent, missed or skipped; null: none yet. */
  last_key: string | null
  /** The next one, moved or not; null: there is none. */
  next_key: string | null
  next_at: Instant | null
  provisional: Flag
  created_by: string | null
  created_at: Instant
  changed_at: Instant
}

interface ReminderTargetTable {
  reminder: string
  /** From 0. */
  position: number
  kind: 'chat' | 'person' | 'role'
  /** `Conversation` as JSON. */
  chat: string | null
  person: string | null
  /** Of a role: everybody who holds it on the day, in the organisation or also below it. */
  role: string | null
  /** Of a chat: to which it was bound when it became a target; null: none, or kept before that was noted. */
  organisation: string | null
  below: Flag
  /** Why nobody can be reached by it: a key of messages; empty: all is well. */
  problem: string
  problem_since: Instant | null
}

/** An occurrence whose time has come. Its id is made of the reminder and the occurrence's key. */
interface ReminderRunTable {
  id: string
  reminder: string
  key: string
  due_at: Instant
  ran_at: Instant
  /** `missed`: it was too late to be of use. `nobody`: nobody could be told. */
  outcome: 'sent' | 'missed' | 'skipped' | 'nobody'
  /** 1: it was sent so late that the card says so. */
  late: Flag
}

/** What somebody is to acknowledge: a run, for one person, or for one group of whom anybody may. */
export interface ReminderItemTable {
  id: string
  /** Shown and typed, such as `DB-2026-000123`. */
  number: string
  run: string
  reminder: string
  /** Of the target that it came by. */
  position: number
  /** Null: anybody of the chat. */
  person: string | null
  /** `Conversation` as JSON: the group in which its card stands; null: the person is written to. */
  chat: string | null
  state: 'open' | 'acknowledged' | 'handed-over' | 'ended'
  opened_at: Instant
  closed_at: Instant | null
  closed_by: string | null
  /** What was said with 已完成, or the number of what the form made. */
  note: string
  /** The item of the colleague who has it now. */
  handed_to: string | null
  /** Nothing is said of it before. */
  snoozed_until: Instant | null
  /** How many steps were taken. */
  step: number
  /** When it was last shown to whoever has it; null: it waits for quiet hours, leave or a digest. */
  told_at: Instant | null
}

/** A message that shows items: it is edited as they change, and sent anew before a platform lets it die. */
interface ReminderCardTable {
  /** Outbox id. */
  message: string
  /** `Recipient` as JSON. */
  recipient: string
  kind: 'item' | 'group' | 'digest' | 'above'
  /** Whose language it is written in; null: a group. */
  person: string | null
  /** Of a group's card. */
  run: string | null
  sent_at: Instant
  /** `waiting`: it gathers items and is sent by a timer. `pointer`: a newer one has taken its place. */
  state: 'waiting' | 'live' | 'pointer' | 'over'
}

interface ReminderCardItemTable {
  message: string
  item: string
}

/** A file that was sent in with what was done. */
interface ReminderEvidenceTable {
  item: string
  /** From 0. */
  position: number
  name: string
  type: string
  /** Bytes. */
  size: number
  blob: string
}

interface ReminderHistoryTable {
  id: string
  reminder: string
  item: string | null
  what: string
  /** JSON. */
  data: string
  by: string | null
  at: Instant
}

export interface ReminderTables {
  reminder: ReminderTable
  reminder_target: ReminderTargetTable
  reminder_run: ReminderRunTable
  reminder_item: ReminderItemTable
  reminder_card: ReminderCardTable
  reminder_card_item: ReminderCardItemTable
  reminder_evidence: ReminderEvidenceTable
  reminder_history: ReminderHistoryTable
}
