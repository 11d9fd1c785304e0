import type { Language } from '../../chat/language.ts'
import type { Reader } from '../../knowledge/clause.ts'
import { chooseQuote } from '../../knowledge/search/choose-quote.ts'
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
const hitsWanted = 6
const mostRelated = 2

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
  const refused = !best || result.doubt >= refusalDoubt
  const cited = refused ? [] : chooseCitations(question, result.hits)
  return {
    id,
    question,
    language,
    refused,
    tentative: !refused && result.doubt >= tentativeDoubt,
    citations: cited.map((hit) => cite(hit, result)),
    nearest: refused && best ? cite(best, result) : null,
    related: result.hits
      .filter((hit) => !cited.includes(hit) && (!refused || hit !== best) && hit.clause.kind === 'clause')
      .slice(0, refused ? 0 : mostRelated)
      .map(referTo),
    statements: [],
    ruling: refused ? null : applyFoundingRule(question, cited, language),
  }
}

function cite(hit: Hit, result: SearchResult): Citation {
  const { document, version, title, issuers, effective } = hit.document
  const { text, spans } = chooseQuote(hit, result)
  return { document, version, title, issuers, effective, clause: hit.clause, quote: text, spans }
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
