import type { Marker } from './numbering.ts'

/** 第三条之二 comes after 第三条 and before 第四条. */
const subs = 1000

/** So many articles in a row are a sequence of their own, also where their numbers go back. */
const shortestRow = 4
const headings: string[] = ['part', 'subpart', 'chapter', 'section', 'han']

interface Place {
  index: number
  value: number
  found: Marker
}

/**
 * Which of the lines that begin with 第…条 are articles: those of the longest rising sequence, so that a
 * quoted article in between, whatever its number, neither ends nor joins it. A sequence starts again where
 * an appendix stands or 第一条 is followed by 第二条; rows under a heading of their own count as well.
 * @param doubtful lines that look like references; taken where they fill a gap.
 * @returns the accepted markers by index. O(n log n).
 */
export function acceptArticles(
  candidates: readonly (Marker | null)[],
  doubtful: ReadonlyMap<number, Marker>,
): Map<number, Marker> {
  const accepted: Place[] = []
  let run: Place[] = []
  const close = () => {
    const rising = longestRising(run)
    const kept = new Set(rising)
    const rows = findRows(
      run.filter((place) => !kept.has(place)),
      candidates,
    )
    accepted.push(...[...rising, ...rows].sort((a, b) => a.index - b.index))
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
    run.push({ index, found, value: found.number * subs + found.sub })
  }
  close()
  return new Map(fillGaps(accepted, doubtful).map(({ index, found }) => [index, found]))
}

/** Rows that were left out of the rising sequence though a heading opens them and their numbers are continuous. */
function findRows(rest: readonly Place[], candidates: readonly (Marker | null)[]): Place[] {
  const rows: Place[] = []
  let row: Place[] = []
  const close = () => {
    if (row.length >= shortestRow) rows.push(...row)
    row = []
  }
  for (const place of rest) {
    const last = row.at(-1)
    if (last && place.found.number - last.found.number === 1) row.push(place)
    else {
      close()
      if (headings.includes(candidates[place.index - 1]?.style ?? '')) row.push(place)
    }
  }
  close()
  return rows
}

function fillGaps(accepted: readonly Place[], doubtful: ReadonlyMap<number, Marker>): Place[] {
  const all: Place[] = []
  const waiting = [...doubtful].map(([index, found]) => ({
    index,
    found,
    value: found.number * subs + found.sub,
  }))
  let next = 0
  for (const place of [...accepted, null]) {
    for (; next < waiting.length && waiting[next]!.index < (place?.index ?? Infinity); next++) {
      const candidate = waiting[next]!
      const expected = (all.at(-1)?.found.number ?? 0) + 1
      const fits = candidate.found.number === expected && (!place || place.found.number > expected)
      if (fits && all.length > 0) all.push(candidate)
    }
    if (place) all.push(place)
  }
  return all
}

/** The longest strictly rising subsequence (patience sorting); of equals the later wins. */
function longestRising(run: readonly Place[]): Place[] {
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
  const rising: Place[] = []
  for (let position = tops.at(-1) ?? -1; position >= 0; position = before[position]!) {
    rising.push(run[position]!)
  }
  return rising.reverse()
}
