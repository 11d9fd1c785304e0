import type { Language } from '../../chat/language.ts'
import type { Reader } from '../../knowledge/clause.ts'
import { chooseQuote, locate } from '../../knowledge/search/choose-quote.ts'
import { refusalDoubt, tentativeDoubt } from '../../knowledge/search/doubt.ts'
import type { Hit, SearchEngine, SearchResult } from '../../knowledge/search/search-engine.ts'
import type { Answer, Citation, ClauseReference } from './answer.ts'
import { applyFoundingRule } from './apply-founding-rule.ts'
import { chooseCitations } from './choose-citations.ts'

export interface Question {
  /** Becomes the answer's id. */
  id: string
  question: string
  language: Language
  /** Earlier questions of the same person in the same conversation, oldest first. */
  history: readonly string[]
  /** Everybody who will see the answer. */
  readers: readonly Reader[]
}

/** Clauses looked at: those cited, those named as related, and those given to a model. */
export const hitsWanted = 6
const mostRelated = 2
const leastRelatedShare = 0.12
/** Below this chance of the first clause the hints hardly tell it from the others. */
const leastClearChance = 0.3

/**
 * The extractive answer: the decisive words of the clauses that the search found, or a refusal that names the
 * nearest clause. Synchronous; a few milliseconds.
 */
export function answerQuestion(engine: SearchEngine, asked: Question): Answer {
  return answerFrom(engine.search({ ...asked, limit: hitsWanted }), asked)
}

/** The answer out of what the search found. */
export function answerFrom(result: SearchResult, { id, question, language }: Question): Answer {
  const [best] = result.hits
  const doubted = !best || result.doubt >= refusalDoubt
  // What people settled rests on the one clause that they named.
  const settled = result.learned?.changed
  const found = doubted ? [] : settled ? [best] : chooseCitations(question, result.hits)
  // The asker's own numbers settle what the wording leaves in doubt.
  const ruling = applyFoundingRule(question, found, result.hits, language)
  const refused = doubted && !ruling
  const cited = ruling ? [ruling.hit] : found
  return {
    id,
    question,
    language,
    refused,
    // A rule that was applied to the asker's own numbers is no guess.
    tentative: !refused && !ruling && !result.learned && isDoubtful(result),
    citations: cited.map((hit) => cite(hit, result, language)),
    nearest: refused && best ? cite(best, result, language) : null,
    related: result.hits
      .filter((hit) => !refused && !cited.includes(hit) && isRelated(hit, best!))
      .slice(0, mostRelated)
      .map(referTo),
    statements: [],
    ruling: ruling?.text ?? null,
    ...(result.learned && { learned: result.learned.id }),
  }
}

/** Whether the search is unsure that the documents answer, or which clause does. */
function isDoubtful({ doubt, hits }: SearchResult): boolean {
  const chance = hits[0]?.chance ?? 0
  return doubt >= tentativeDoubt || (chance > 0 && chance < leastClearChance)
}

/** Clauses far behind have only a stray word in common. */
function isRelated({ clause, score }: Hit, best: Hit): boolean {
  return clause.kind === 'clause' && score >= leastRelatedShare * best.score
}

function cite(hit: Hit, result: SearchResult, language: Language): Citation {
  const { document, version, title, issuers, effective } = hit.document
  const { text, spans } = chooseQuote(hit, result)
  const english = language === 'en' ? renderedIn(hit, spans) : []
  return { document, version, title, issuers, effective, clause: hit.clause, quote: text, spans, english }
}

/** The English of the passages of which at least half is quoted, in reading order. */
function renderedIn({ clause, hinted }: Hit, spans: readonly [number, number][]): string[] {
  const found: { at: number; end: number; english: string }[] = []
  for (const { passage, english } of hinted) {
    const place = english && locate(clause.text, passage)
    if (!place) continue
    const [start, end] = place
    const quoted = spans.reduce(
      (sum, span) => sum + Math.max(0, Math.min(end, span[1]) - Math.max(start, span[0])),
      0,
    )
    if (quoted * 2 >= end - start) found.push({ at: start, end, english })
  }
  // A passage that lies within another quoted one would be said twice.
  return found
    .filter((one) => !found.some((other) => other !== one && other.at <= one.at && other.end >= one.end))
    .sort((a, b) => a.at - b.at)
    .map(({ english }) => english)
}

function referTo({ document, clause }: Hit): ClauseReference {
  return {
    document: document.document,
    version: document.version,
    key: clause.key,
    label: clause.label,
    lead: clause.lead,
  }
}
