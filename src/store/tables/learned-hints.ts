import type { Instant } from '../tables.ts'

/** A question that leads to a clause because people said so, kept apart from the authored hints. */
interface LearnedHintTable {
  id: string
  question: string
  /** Equal ones are the same question: normal form of search, without spaces. */
  normalised: string
  language: string
  document: string
  key: string
  source: 'cadre' | 'thanks'
  /** The person who said so; null: learned from thanks, or by whoever operates the machine. */
  by: string | null
  /** Whose question it is, as `accountKey` writes it: it is shown to those only who may see this account's gaps. */
  asker: string | null
  state: 'active' | 'proposed' | 'removed'
  at: Instant
  removed_at: Instant | null
  removed_by: string | null
}

/** 👍 of one account for one answer: two of them, of two people in two conversations, make a hint. */
interface HintThanksTable {
  answer: string
  account: string
  conversation: string
  question: string
  /** The first clause that the answer cited. */
  document: string
  key: string
  at: Instant
  /** The hint that it proves. */
  hint: string | null
}

/** An answer that a learned hint settled: how often one is used is the number of its rows. */
interface LearnedHintUseTable {
  answer: string
  hint: string
  at: Instant
}

/** One row (id 1) whose counter grows with every change of what is active. */
interface LearnedHintStateTable {
  id: number
  revision: number
}

/** Hints that were learned from cadres and from thanks. */
export interface LearnedHintTables {
  learned_hint: LearnedHintTable
  hint_thanks: HintThanksTable
  learned_hint_use: LearnedHintUseTable
  learned_hint_state: LearnedHintStateTable
}
