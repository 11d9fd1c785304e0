import type { Marker } from './numbering.ts'

/** 第三条之二 comes after 第三条 and before 第四条. */
const subs = 1000

/**
 * Which of the lines that begin with 第…条 are articles: those of the longest rising sequence, so that a
 * quoted article in between, whatever its number, neither ends nor joins it. A sequence starts again where
 * an appendix stands or 第一条 is followed by 第二条.
 * @returns indexes of the accepted candidates. O(n log n).
 */
export function acceptArticles(candidates: readonly (Marker | null)[]): Set<number> {
  const accepted = new Set<number>()
  let run: { index: number; value: number }[] = []
  const close = () => {
    for (const index of longestRising(run)) accepted.add(index)
    run = []
  }
  const marked = candidates.flatMap((found, index) =>
    found?.style === 'article' || found?.style === 'appendix' ? [{ found, index }] : [],
  )
  for (const [position, { found, index }] of marked.entries()) {
    if (found.style === 'appendix') {
      close()
      continue
    }
    const next = marked[position + 1]?.found
    const restarts = found.number === 1 && found.sub === 0 && (next?.style !== 'article' || next.number <= 2)
    if (restarts && run.length > 0) close()
    run.push({ index, value: found.number * subs + found.sub })
  }
  close()
  return accepted
}

/** Indexes of the longest strictly rising subsequence (patience sorting); of equals the later wins. */
function longestRising(run: readonly { index: number; value: number }[]): number[] {
  const tops: number[] = []
  const before: number[] = []
  for (const [position, { value }] of run.entries()) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (run[tops[middle]!]!.value < value) low = middle + 1
      else high = middle
    }
    before[position] = low > 0 ? tops[low - 1]! : -1
    tops[low] = position
  }
  const rising: number[] = []
  for (let position = tops.at(-1) ?? -1; position >= 0; position = before[position]!) {
    rising.push(run[position]!.index)
  }
  return rising.reverse()
}
