import type { Hit } from '../../knowledge/search/search-engine.ts'

/** More clauses than this are no answer but a reading list. */
const mostCitations = 3
/**
 * A further clause is cited from this share of the best one's score on: of the tuning questions 0.97 then find a
 * right clause among those cited, and 0.83 of the cited ones are right.
 */
const usualShare = 0.25
/** Questions that ask for several things at once need the others even where one clause stands out. */
const severalShare = 0.2

const asksForSeveral =
  /分别|各(自|要|是|有|讲|怎么|承担|负责)|哪(几|些)(条|处|款)|一条一条|又(怎么|该|有|是)|以及|三方|双方|两方|同时|两处|respectively|\bboth\b|\beach\b|\band (what|how|who)\b/i

/** The clauses that an answer rests on, best first; at least one where there is a hit. */
export function chooseCitations(question: string, hits: readonly Hit[]): Hit[] {
  const [best] = hits
  if (!best) return []
  const share = asksForSeveral.test(question) ? severalShare : usualShare
  return hits.slice(0, mostCitations).filter((hit, i) => i === 0 || hit.score >= share * best.score)
}
