/** A clause with its rank among all, best first. */
export type Ranker = (question: string, limit: number) => number[]

/** The usual settings, as in most search programs. */
const k1 = 1.2
const b = 0.75

/**
 * The reference that every search has to beat: BM25 as in the textbook over the pairs of Han characters of the
 * texts, with single characters beside them if wanted. Other words count whole.
 * @returns the numbers of the best texts, best first
 */
export function plainBm25(texts: readonly string[], withUnigrams: boolean): Ranker {
  const postings = new Map<string, { text: number[]; count: number[] }>()
  const lengths = texts.map((text, number) => {
    const tokens = tokensOf(text, withUnigrams)
    const counts = new Map<string, number>()
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
    for (const [token, count] of counts) {
      const list = postings.get(token) ?? { text: [], count: [] }
      postings.set(token, list)
      list.text.push(number)
      list.count.push(count)
    }
    return tokens.length
  })
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / texts.length
  const scores = new Float64Array(texts.length)
  return (question, limit) => {
    scores.fill(0)
    const touched = new Set<number>()
    for (const token of new Set(tokensOf(question, withUnigrams))) {
      const list = postings.get(token)
      if (!list) continue
      const worth = Math.log(1 + (texts.length - list.text.length + 0.5) / (list.text.length + 0.5))
      list.text.forEach((number, i) => {
        const count = list.count[i]!
        const length = lengths[number]! / averageLength
        scores[number]! += (worth * count * (k1 + 1)) / (count + k1 * (1 - b + b * length))
        touched.add(number)
      })
    }
    return [...touched].sort((one, other) => scores[other]! - scores[one]! || one - other).slice(0, limit)
  }
}

function tokensOf(text: string, withUnigrams: boolean): string[] {
  return (text.toLowerCase().match(/[\u4e00-\u9fff]+|[a-z0-9]+/g) ?? []).flatMap((run) => {
    if (/[a-z0-9]/.test(run)) return [run]
    const pairs = Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2))
    return withUnigrams || run.length === 1 ? [...run, ...pairs] : pairs
  })
}
