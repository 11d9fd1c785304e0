import { matchMarker } from '../../parse/numbering.ts'
import { isPageNumber } from '../../parse/page-number.ts'
import type { Line } from './lay-out-page.ts'

/** So many lines at the top and at the bottom of a page may be headers and footers. */
const depth = 3
/** Running lines stand on the same height, in points. */
const sameHeight = 4
/** Left and right pages may have headers of their own. */
const leastShare = 0.4
const leastPages = 3
/** Characters of a header with the page's number in it. */
const longestNumbered = 40

/**
 * The pages without headers and footers: lines at the edge that return on the same height of most pages, with
 * the page's number in them or not, and page numbers.
 */
export function removeRunningLines(pages: readonly Line[][]): Line[][] {
  const places = new Map<string, Set<number>>()
  const edges = pages.map((lines) => [...lines.keys()].filter((index) => isEdge(lines, index)))
  for (const [page, lines] of pages.entries()) {
    for (const index of edges[page]!) {
      for (const name of namesOf(lines[index]!, page)) {
        const on = places.get(name) ?? new Set()
        places.set(name, on.add(page))
      }
    }
  }
  const needed = Math.min(pages.length, Math.max(leastPages, Math.ceil(pages.length * leastShare)))
  return pages.map((lines, page) => {
    const isRunning = (index: number) => {
      const recurs = namesOf(lines[index]!, page).some((name) => (places.get(name)?.size ?? 0) >= needed)
      const outermost = index === 0 || index === lines.length - 1
      return (pages.length > 1 && recurs) || (outermost && isPageNumber(textOf(lines[index]!)))
    }
    // From the edges inwards: below a line that is text there is no header any more.
    let start = 0
    while (start < Math.min(depth, lines.length) && isRunning(start)) start++
    let end = lines.length
    while (end > start && end > lines.length - depth && isRunning(end - 1)) end--
    return lines.slice(start, end)
  })
}

function isEdge(lines: readonly Line[], index: number): boolean {
  return index < depth || index >= lines.length - depth
}

/**
 * A line's text with its height, as names that the same line has on other pages. A number in it may only be the
 * page's own, in a line that neither begins like a clause nor ends a sentence.
 */
function namesOf(line: Line, page: number): string[] {
  const text = textOf(line).replaceAll(/\s/g, '')
  const mayCount =
    isPageNumber(text) || (text.length <= longestNumbered && !matchMarker(text) && !/[。；]/.test(text))
  const numbered = !mayCount
    ? []
    : [...text.matchAll(/\d{1,4}/g)].map(({ 0: digits, index }) => {
        const before = text.slice(0, index)
        const after = text.slice(index + digits.length)
        return `${before}#${Number(digits) - page}${after}`
      })
  // The two nearest steps, so that a line that is a point off still meets its like.
  const height = Math.floor(line.y / sameHeight)
  return [text, ...numbered].flatMap((name) => [height, height + 1].map((step) => `${step} ${name}`))
}

function textOf(line: Line): string {
  return line.segments.map(({ text }) => text).join(' ')
}
