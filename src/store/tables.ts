import type { AssessmentTables } from './tables/assessment.ts'
import type { CampaignTables } from './tables/campaigns.ts'
import type { CarrierTables } from './tables/carriers.ts'
import type { CirculationTables } from './tables/circulation.ts'
import type { CollectionTables } from './tables/collections.ts'
import type { ConsultationTables } from './tables/consultations.ts'
import type { DeliveryTables } from './tables/delivery.ts'
import type { DirectoryTables } from './tables/directory.ts'
import type { DocumentTables } from './tables/documents.ts'
import type { DutyTables } from './tables/duties.ts'
import type { EventTables } from './tables/events.ts'
import type { FormTables } from './tables/forms.ts'
import type { HelpTables } from './tables/help.ts'
import type { IntakeTables } from './tables/intake.ts'
import type { LearnedHintTables } from './tables/learned-hints.ts'
import type { LiaisonTables } from './tables/liaison.ts'
import type { NoticeTables } from './tables/notices.ts'
import type { ProfileTables } from './tables/organisations.ts'
import type { PlanningTables } from './tables/planning.ts'
import type { ProblemTables } from './tables/problems.ts'
import type { PushTables } from './tables/pushes.ts'
import type { ReminderTables } from './tables/reminders.ts'
import type { ResourceTables } from './tables/resources.ts'
import type { SealTables } from './tables/seal.ts'
import type { SubmissionTables } from './tables/submissions.ts'
import type { TimerTables } from './tables/timers.ts'
import type { WebChatTables } from './tables/web-chat.ts'

/**
 * An instant in UTC as `2026-03-01T08:30:00.000Z`: the same text in both databases, readable in any of
 * their tools, and in order of time when sorted as text. Made with `Date.toISOString`.
 */
export type Instant = string

/** Yes or no as 1 or 0: SQLite has no boolean, and one type on both databases keeps one set of queries. */
export type Flag = 0 | 1

/** A document by name. The row outlives removal, so that a version number is never given twice. */
interface DocumentTable {
  document: string
  last_version: number
  added_at: Instant
  removed_at: Instant | null
}

export interface DocumentVersionTable {
  document: string
  version: number
  title: string
  /** As printed; empty where unknown. */
  issuers: string
  /** First day it holds, `YYYY-MM-DD`; null: since ever. */
  effective: string | null
  /** 1: everybody may see it; 0: only those named in `document_visibility`. */
  open: Flag
  format: string
  file_name: string
  /** SHA-256 of the original file, its name in the blob store. */
  blob: string
  /** SHA-256 of title, issuers and clauses: equal hash, equal content. */
  text_hash: string
  origin: 'seed' | 'added' | 'edited'
  added_at: Instant
}

interface DocumentVisibilityTable {
  document: string
  version: number
  kind: 'organisation' | 'role'
  name: string
}

interface ClauseTable {
  document: string
  version: number
  /** Reading order, from 0. */
  position: number
  key: string
  kind: 'preamble' | 'clause' | 'appendix'
  number: number | null
  label: string
  /** JSON array of the headings above, outermost first. */
  path: string
  lead: string
  text: string
}

/** What became of a file of the seed folder, by its hash, so that an unchanged file costs nothing. */
interface SeedImportTable {
  /** Path within the folder, with `/`. */
  path: string
  hash: string
  document: string
  imported_at: Instant
}

/** One row (id 1) whose counter grows with every change of the library. */
interface LibraryStateTable {
  id: number
  revision: number
}

interface AnswerGivenTable {
  id: string
  conversation: string
  account: string
  question: string
  language: string
  refused: Flag
  /** JSON array of `{document, version, key, clause, label, quote}`, best first. */
  citations: string
  nearest_document: string | null
  nearest_key: string | null
  at: Instant
}

interface FeedbackTable {
  answer: string
  account: string
  verdict: 'up' | 'down'
  at: Instant
}

/** A question that the documents did not answer, kept for the cadres. */
interface GapTable {
  id: string
  answer: string
  question: string
  /** The question without white space, punctuation and width: equal ones are the same gap. */
  normalised: string
  language: string
  conversation: string
  account: string
  nearest_document: string | null
  nearest_key: string | null
  wants_person: Flag
  at: Instant
  /** When a person answered the question; null: not yet. */
  closed_at: Instant | null
}

/** Files kept in the database where several replicas share it. */
interface BlobTable {
  hash: string
  bytes: Uint8Array
}

interface PersonTable {
  id: string
  name: string
  language: string
  /** IANA name, such as `Asia/Shanghai`. */
  time_zone: string
  /** Where messages go first, as `accountKey` writes it; null: any account. */
  preferred_account: string | null
}

interface AccountTable {
  platform: string
  installation: string
  user_id: string
  person: string
  linked_at: Instant
}

interface OrganisationTable {
  id: string
  /** Unique under its parent, and among the roots. */
  name: string
  kind: 'group' | 'enterprise' | 'park' | 'association' | 'branch' | 'team'
  parent: string | null
}

/** A role held in an organisation and below it. Both days are included; null: since ever, until further notice. */
interface MembershipTable {
  id: string
  person: string
  organisation: string
  role: 'staff' | 'cadre' | 'instructor' | 'liaison' | 'reviewer' | 'rights' | 'leader' | 'admin'
  superior: string | null
  from_day: string | null
  until_day: string | null
}

interface ChatBindingTable {
  platform: string
  installation: string
  chat: string
  organisation: string
}

/** A link that opens once. The token itself is nowhere kept. */
interface SignInLinkTable {
  token_hash: string
  /** Null for the first administrator, who is nobody yet. */
  person: string | null
  purpose: 'sign-in' | 'console' | 'first-admin'
  expires_at: Instant
  used_at: Instant | null
}

interface WebSessionTable {
  token_hash: string
  person: string
  /** The web chat's account of this session, as `accountKey` writes it; null in the console alone. */
  account: string | null
  created_at: Instant
  expires_at: Instant
  csrf: string
}

/** A code shown to one account, which links the account where it is typed. */
interface AccountCodeTable {
  code_hash: string
  platform: string
  installation: string
  user_id: string
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

/** A code typed that was none: counted, so that nobody tries them all. */
interface AccountCodeMissTable {
  id: string
  account: string
  at: Instant
}

export interface Tables
  extends AssessmentTables,
    CampaignTables,
    CarrierTables,
    CirculationTables,
    CollectionTables,
    ConsultationTables,
    IntakeTables,
    DeliveryTables,
    DirectoryTables,
    DocumentTables,
    DutyTables,
    EventTables,
    TimerTables,
    FormTables,
    HelpTables,
    LearnedHintTables,
    LiaisonTables,
    NoticeTables,
    PlanningTables,
    ProblemTables,
    ProfileTables,
    PushTables,
    ReminderTables,
    ResourceTables,
    SealTables,
    SubmissionTables,
    WebChatTables {
  document: DocumentTable
  document_version: DocumentVersionTable
  document_visibility: DocumentVisibilityTable
  clause: ClauseTable
  seed_import: SeedImportTable
  library_state: LibraryStateTable
  answer_given: AnswerGivenTable
  feedback: FeedbackTable
  gap: GapTable
  blob: BlobTable
  person: PersonTable
  account: AccountTable
  organisation: OrganisationTable
  membership: MembershipTable
  chat_binding: ChatBindingTable
  sign_in_link: SignInLinkTable
  web_session: WebSessionTable
  account_code: AccountCodeTable
  account_code_miss: AccountCodeMissTable
}
