import { isVisibleTo, type Reader } from '../../knowledge/clause.ts'
import type { SearchEngine, SearchResult } from '../../knowledge/search/search-engine.ts'
import type { Answer } from './answer.ts'
import { answerFrom, hitsWanted, type Question } from './answer-question.ts'

/** An answer, with what was found for it. */
export interface FoundAnswer {
  result: SearchResult
  extracted: Answer
  /** It rests on what not everybody in the conversation may read: it is for the asker alone. */
  alone: boolean
}

/**
 * The answer that all of the readers may see; or the asker's own, where it quotes a document that is hidden from some of
 * them. The others then learn that there is an answer, and nothing about it.
 * @param own who reads what the asker alone is shown.
 * @param readers everybody in the conversation, the asker among them.
 */
export function answerForReaders(
  engine: SearchEngine,
  question: Omit<Question, 'readers'>,
  own: readonly Reader[],
  readers: readonly Reader[],
): FoundAnswer {
  const answerTo = (circle: readonly Reader[]) => {
    const asked = { ...question, readers: circle }
    const result = engine.search({ ...asked, limit: hitsWanted })
    return { result, extracted: answerFrom(result, asked) }
  }
  if (readers !== own && seesMore(engine, own, readers)) {
    const found = answerTo(own)
    const alone = found.extracted.citations.some(({ document }) => engine.hides(document, readers))
    if (alone) return { ...found, alone }
  }
  return { ...answerTo(readers), alone: false }
}

/** Whether a document is there for some of these readers that is hidden from some of the others. */
export function seesMore(
  { index }: Pick<SearchEngine, 'index'>,
  readers: readonly Reader[],
  others: readonly Reader[],
): boolean {
  return index.documents.some(
    ({ visibility }) => isVisibleTo(visibility, readers) && !isVisibleTo(visibility, others),
  )
}
