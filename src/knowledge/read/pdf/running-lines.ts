import { isPageNumber } from '../../parse/page-number.ts'
import type { Line } from './lay-out-page.ts'

/** So many lines at the top and at the bottom of a page may be headers and footers. */
const depth = 3
/** Running lines stand on the same height, in points. */
const sameHeight = 4
/** Left and right pages may have headers of their own. */
const leastShare = 0.4
const leastPages = 3

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
    const running = edges[page]!.filter((index) => {
      const line = lines[index]!
      const recurs =
        pages.length > 1 && namesOf(line, page).some((name) => (places.get(name)?.size ?? 0) >= needed)
      return recurs || (isOutermost(lines, index) && isPageNumber(textOf(line)))
    })
    return lines.filter((_, index) => !running.includes(index))
  })
}

function isEdge(lines: readonly Line[], index: number): boolean {
  // A page of a few lines is all edge; what returns on others of them is rather text.
  return index < depth || index >= lines.length - depth
}

function isOutermost(lines: readonly Line[], index: number): boolean {
  return index === 0 || index === lines.length - 1
}

/**
 * A line's text with its height, as names that the same line has on other pages. A number in it may only be the
 * page's own: 第三条 3.1 at the top of a page and 3.2 at the top of the next are text.
 */
function namesOf(line: Line, page: number): string[] {
  const text = textOf(line).replaceAll(/\s/g, '')
  const numbered = [...text.matchAll(/\d{1,4}/g)].map(({ 0: digits, index }) => {
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
