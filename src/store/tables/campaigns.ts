import type { Flag, Instant } from '../tables.ts'

/** A 讲、比 campaign or an innovation contest: what is sent in during it is compared and honoured. */
export interface CampaignTable {
  id: string
  /** Shown to people, such as `JB-2026-0007`. */
  number: string
  title: string
  /** `contest`: 创新竞赛, with events. */
  form: 'campaign' | 'contest'
  /** Which holds it. */
  organisation: string
  state: 'draft' | 'open' | 'reviewing' | 'notice' | 'closed' | 'cancelled'
  /** How often it was changed: buttons of an earlier revision are old. */
  revision: number
  /** What it is about, in the words of whoever made it. */
  purpose: string
  /** The rules (制度) in the library, with the version that holds; null: the text alone. */
  rules_document: string | null
  rules_version: number | null
  rules_text: string
  /** `YYYY-MM-DD`, both included: what is sent in on these days takes part. */
  starts_on: string
  ends_on: string
  /** Until when reviewers have time; null: no limit. */
  review_until: string | null
  /** JSON: kinds of submissions that take part. */
  kinds: string
  /** JSON of `Rubric`. */
  rubric: string
  /** Whether reviewers do not see whose it is. */
  blind: Flag
  /** Reviewers of each entry. */
  reviewers_each: number
  /** JSON of `AwardKind[]`. */
  awards: string
  /** JSON of `Audience`: who hears of it; null: the groups of its organisations. */
  audience: string | null
  made_by: string | null
  made_at: Instant
  opened_at: Instant | null
  ended_at: Instant | null
}

/** Who takes part: an organisation with all below it. */
interface CampaignOrganisationTable {
  campaign: string
  organisation: string
}

/** Something sent in that takes part; its score is kept so that a standing is one read. */
export interface CampaignEntryTable {
  campaign: string
  submission: string
  kind: string
  /** Of its author; null: a guest's. */
  organisation: string | null
  /** Null: a guest, or sealed. */
  author: string | null
  /** `out`: it takes no part any more, as `why` says. */
  state: 'in' | 'out'
  why: string
  entered_at: Instant
  /** Reviews asked and not declined, and given. */
  asked: number
  given: number
  /** Thousandths of a point; null: no review yet. */
  score: number | null
  /** 元 a year as confirmed when it was last scored, and JSON of the mean of each criterion; by these equals are told apart. */
  benefit: number | null
  criteria: string | null
}

/** Somebody who reviews its entries. */
interface CampaignReviewerTable {
  campaign: string
  person: string
  /** `out`: does not review any more. */
  state: 'in' | 'out'
  added_at: Instant
}

interface CampaignReviewTable {
  campaign: string
  submission: string
  reviewer: string
  /** `declined`: an interest in it; `withdrawn`: not wanted any more. */
  state: 'asked' | 'given' | 'declined' | 'withdrawn'
  /** JSON by criterion; null until given. */
  scores: string | null
  /** Thousandths of a point; null until given. */
  total: number | null
  opinion: string
  asked_at: Instant
  given_at: Instant | null
}

/** An honour that was given, or is proposed while it is on notice. */
interface CampaignAwardTable {
  id: string
  campaign: string
  /** Name of the award's kind. */
  award: string
  /** From 1, within the award. */
  place: number
  submission: string | null
  organisation: string | null
  person: string | null
  /** Whose name stands on the certificate. */
  holder: string
  reason: string
  /** Number of the certificate; null: none was made yet. */
  certificate: string | null
  /** Its PDF among the blobs; null: none was made yet. */
  file: string | null
  by: string | null
  at: Instant
}

/** How a campaign is judged, from the day on which its reviewers were named. */
export interface CampaignJudgingTable {
  campaign: string
  /** `shared`: equal scores share a place; else equals are told apart. */
  ties: 'resolved' | 'shared'
  /** When reviewing ended: no score is given or changed any more. */
  ended_at: Instant | null
  /** Until when the awards are on notice; null: they are not. */
  notice_until: Instant | null
  /** Since when an objection stops its days; null: they run. */
  stopped_at: Instant | null
  confirmed_by: string | null
  confirmed_at: Instant | null
}

/** What somebody holds against an award that is on notice. */
export interface CampaignObjectionTable {
  id: string
  campaign: string
  person: string
  text: string
  state: 'open' | 'upheld' | 'rejected'
  made_at: Instant
  /** Why it was settled so; empty while it is open. */
  reason: string
  settled_by: string | null
  settled_at: Instant | null
}

/** Events of an innovation contest. */
interface CampaignEventTable {
  campaign: string
  event: string
}

/** What was done, first to last by `at` and `id`. */
interface CampaignHistoryTable {
  id: string
  campaign: string
  what: string
  /** JSON of what it was about, as texts. */
  data: string
  by: string | null
  at: Instant
}

export interface CampaignTables {
  campaign: CampaignTable
  campaign_organisation: CampaignOrganisationTable
  campaign_entry: CampaignEntryTable
  campaign_reviewer: CampaignReviewerTable
  campaign_review: CampaignReviewTable
  campaign_award: CampaignAwardTable
  campaign_event: CampaignEventTable
  campaign_judging: CampaignJudgingTable
  campaign_objection: CampaignObjectionTable
  campaign_history: CampaignHistoryTable
}
