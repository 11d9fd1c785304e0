import type { Generated } from 'kysely'
import type { Flag, Instant } from '../tables.ts'

/** A kind's file as it was taken up; older versions stay for the records that began with them. */
interface SubmissionKindTable {
  kind: string
  version: number
  /** SHA-256 of the file as checked. */
  hash: string
  /** JSON of `KindFile`. */
  definition: string
  taken_at: Instant
}

/** Something that was sent in, and where it stands. */
export interface SubmissionTable {
  id: string
  /** Shown to people, such as `JY-2026-0007`. */
  number: string
  kind: string
  /** Of the kind's definition. */
  version: number
  /** Empty where the kind has none. */
  variety: string
  naming: 'signed' | 'hidden' | 'unpublished'
  state: string
  /** How many entries its history has. */
  revision: number
  /** The revision with which it came into its present state: buttons of an earlier one are old. */
  stage: number
  /** The author's organisation; null: nobody's (a guest). */
  organisation: string | null
  /** With which organisation it lies: the author's or one above. */
  lies_with: string | null
  /** Null where the author is a guest, or is sealed. */
  author: string | null
  /** Who entered it on behalf of the author; null: the author. */
  entered_by: string | null
  /** Where the author is told, as `conversationKey` or `accountKey` writes it; null: nowhere, or sealed. */
  author_account: string | null
  /** What stands for the author in the history and on cards where the name is hidden; empty where it is signed. */
  pseudonym: string
  /** Whether `subject`, `content` and `author_sealed` are encrypted. */
  sealed: Flag
  /** The author as JSON, encrypted; null where it is not sealed. */
  author_sealed: string | null
  /** SHA-256 keyed, by which the author finds their own again; null where it is not sealed. */
  author_tag: string | null
  /** One line. Encrypted where sealed. */
  subject: string
  /** JSON of the values by field name. Encrypted where sealed. */
  content: string
  /** What may be shown to everybody, as a handler approved it; null: nothing yet. */
  published: string | null
  /** What a handler would publish, until the author was asked. Encrypted where sealed. */
  proposed: string | null
  language: 'zh-CN' | 'en'
  /** Whether others than the author read the conversation in which it was sent in. */
  in_group: Flag
  handler: string | null
  owner: string | null
  verifier: string | null
  priority: 'urgent' | 'important' | 'ordinary' | null
  /** `YYYY-MM-DD`: when it is to be carried out. */
  due_day: string | null
  /** 元 a year: as the author expects, null where sealed, erased, or not said; and as confirmed. */
  expected: number | null
  benefit: number | null
  award: string | null
  /** Whom it puts forward, where they are of the house. */
  nominee: string | null
  /** 元: what was granted, and what of it was used. */
  granted: number | null
  used: number | null
  merged_into: string | null
  reopened: Flag
  /** SHA-256 of number and receipt code; null where the author needs none. */
  receipt_hash: string | null
  /** Where it came from: `chat`, `web`, `on-behalf`, `import`. */
  origin: 'chat' | 'web' | 'on-behalf' | 'import'
  submitted_at: Instant
  /** When it came into its present state. */
  since: Instant
  /** Until when those who must act have time; null: no limit. */
  due_at: Instant | null
  closed_at: Instant | null
  /** When its texts were erased; only number, state and figures are left. */
  erased_at: Instant | null
}

/** What was done to it: complete, and enough to come to the same state again. */
export interface SubmissionHistoryTable {
  seq: Generated<number>
  submission: string
  /** From 1. */
  revision: number
  action: string
  from_state: string
  to_state: string
  /** The person; null: a guest, the clock, or somebody hidden. */
  by: string | null
  /** In which part: `author`, `handler`, `clock`… */
  part: string
  /** JSON of what was filled in. Encrypted where the record is sealed. */
  input: string
  at: Instant
}

/** Who has it together with the author; confirmed by themselves. */
interface SubmissionAuthorTable {
  submission: string
  person: string
  confirmed: Flag
  /** When they said whether they are; null: not yet. Whoever declined stays, so that they are not asked again. */
  answered_at: Instant | null
  /** From which record they came by merging; null: none. */
  merged_from: string | null
}

/** A colleague's support, once each. */
interface SubmissionSecondTable {
  submission: string
  person: string
  at: Instant
  merged_from: string | null
}

/** How it stands with each review; what was given before lies in the history. */
export interface SubmissionReviewTable {
  submission: string
  reviewer: string
  /**
   * `declined`: they have an interest in it; `unable`: they cannot now; `withdrawn`: it is not wanted any more; `past`:
   * it was taken up again, and that was before.
   */
  state: 'asked' | 'given' | 'declined' | 'unable' | 'withdrawn' | 'past'
  /** JSON by criterion; null until given. */
  scores: string | null
  total: number | null
  /** Encrypted where the record is sealed. */
  opinion: string | null
  /** Why they do not review: the interest, or what keeps them. Encrypted where the record is sealed. */
  interest: string | null
  asked_at: Instant
  given_at: Instant | null
}

interface SubmissionObjectionTable {
  id: string
  submission: string
  /** Null: a guest. */
  person: string | null
  /** Whether the author may know who objects. */
  named: Flag
  /** Encrypted where the record is sealed. */
  text: string
  /** What the objector was answered, encrypted likewise; null: it is open. */
  settled: string | null
  upheld: Flag
  at: Instant
}

/** What author and handler say to each other through the bot. */
interface SubmissionCommentTable {
  id: string
  submission: string
  part: 'author' | 'handler'
  person: string | null
  /** Encrypted where the record is sealed. */
  text: string
  at: Instant
}

/** A card by which somebody was asked to act, until it says what became of it. */
interface SubmissionNoticeTable {
  /** The outbox's id. */
  message: string
  submission: string
  /** The record's revision with which it was sent. */
  revision: number
  person: string
}

/** Records whose text is searched: none that is sealed. `submission_words` holds its terms under `seq`. */
interface SubmissionTextTable {
  seq: Generated<number>
  submission: string
}

/** What somebody said in one go, read and shown, until they go on with it: kept for a day, encrypted. */
interface SubmissionReadingTable {
  /** Of the message. */
  id: string
  /** The account, as a tag. */
  owner: string
  content: string
  at: Instant
}

/** A web form for people without account, as a link and QR code: for one kind and one organisation. */
interface SubmissionEntryTable {
  id: string
  kind: string
  organisation: string
  made_by: string
  made_at: Instant
  /** Null: it takes what is sent in. */
  ended_at: Instant | null
}

export interface SubmissionTables {
  submission_kind: SubmissionKindTable
  submission: SubmissionTable
  submission_history: SubmissionHistoryTable
  submission_author: SubmissionAuthorTable
  submission_second: SubmissionSecondTable
  submission_review: SubmissionReviewTable
  submission_objection: SubmissionObjectionTable
  submission_comment: SubmissionCommentTable
  submission_notice: SubmissionNoticeTable
  submission_text: SubmissionTextTable
  submission_reading: SubmissionReadingTable
  submission_entry: SubmissionEntryTable
}
