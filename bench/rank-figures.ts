/** A question with the ids of the articles that answer it, a line of a question file. */
export interface GoldQuestion {
  id: number
  query: string
  gold: number[]
}

/** How well a system ranks, as means over questions; the usual measures, each 0 to 1. */
export interface RankFigures {
  questions: number
  /** An article that answers stands first. */
  hit1: number
  /** Share of the articles that answer which stand among the first 10, or 100. */
  recall10: number
  recall100: number
  /** 1 by the rank of the first article that answers; 0 beyond the tenth. */
  mrr10: number
}

/** @param ranked for each question the ids found, best first, 100 at most */
export function rankFigures(
  questions: readonly GoldQuestion[],
  ranked: readonly (readonly number[])[],
): RankFigures {
  const mean = (value: (gold: ReadonlySet<number>, found: readonly number[]) => number) =>
    questions.reduce((sum, { gold }, i) => sum + value(new Set(gold), ranked[i]!), 0) / questions.length
  const recall = (depth: number) =>
    mean((gold, found) => found.slice(0, depth).filter((id) => gold.has(id)).length / gold.size)
  return {
    questions: questions.length,
    hit1: mean((gold, [first]) => (first !== undefined && gold.has(first) ? 1 : 0)),
    recall10: recall(10),
    recall100: recall(100),
    mrr10: mean((gold, found) => {
      const place = found.slice(0, 10).findIndex((id) => gold.has(id))
      return place < 0 ? 0 : 1 / (place + 1)
    }),
  }
}
