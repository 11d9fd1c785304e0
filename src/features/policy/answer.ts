import type { Language } from '../../chat/language.ts'
import type { Clause } from '../../knowledge/clause.ts'

/** A clause brought as evidence, with the words in it that decide. */
export interface Citation {
  document: string
  version: number
  title: string
  issuers: string
  /** First day the cited version holds, `YYYY-MM-DD`; null where unknown. */
  effective: string | null
  clause: Clause
  /** The highlighted text: the decisive pieces in reading order, joined by “……” where text between is left out. */
  quote: string
  /** Where the pieces stand in `clause.text`: pairs of start and end offsets (UTF-16), ascending, disjoint. */
  spans: [start: number, end: number][]
  /** What the quoted words say in English, for those who ask in English; not official. Empty where nobody wrote it. */
  english: string[]
}

/** A sentence of an answer written by a model, after its check against the clauses. */
export interface Statement {
  text: string
  /** Keys of the clauses that bear it, with the words that do, to the letter. */
  evidence: { document: string; key: string; quote: string }[]
}

export interface ClauseReference {
  document: string
  version: number
  key: string
  label: string
  lead: string
}

/** What the bot has to say to one question; cards and plain text are made from it. */
export interface Answer {
  id: string
  question: string
  language: Language
  /** The documents do not answer; `nearest` is then the nearest clause, shown as such and not as an answer. */
  refused: boolean
  /** Not refused, but doubtful: shown as the nearest there is, for the person to judge. */
  tentative: boolean
  /** Best first. Empty where refused. */
  citations: Citation[]
  nearest: Citation | null
  /** Other clauses worth reading. */
  related: ClauseReference[]
  /** Written by a model and checked; empty without one. */
  statements: Statement[]
  /** A rule applied to the numbers in the question, in words (clause 10's 100 people rule). */
  ruling: string | null
  /** The learned hint that settled it; left out where there was none. */
  learned?: string
}
