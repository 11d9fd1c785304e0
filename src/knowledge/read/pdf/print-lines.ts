import { isCrossReference, matchMarker } from '../../parse/numbering.ts'
import { endsSentence } from '../../parse/reflow.ts'
import type { PlacedLine } from './find-columns.ts'
import type { Segment } from './lay-out-page.ts'

type Region = PlacedLine['region']

/** A distance this much larger than the usual one, from line to line, is a blank line. */
const blankGap = 1.7
/** Cells of a column begin, end or have their middle so near one another, in heights of the type. */
const sameColumn = 0.6
const mostIndent = 8
/** So many lines, and this share of them, reach the right edge where lines were cut at it. */
const leastFull = 3
const leastFullShare = 0.15
const wide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/

/** The left and right edge of what stands in a region, in points. */
interface Margins {
  left: number
  right: number
  /** Paragraphs begin further in. */
  indents: boolean
}

/** What stands before a line: the last line of a paragraph, and how the paragraph begins. */
interface Before {
  placed: PlacedLine
  margins: Margins
  first: string
  isRow: boolean
}

/**
 * The lines of all pages as text: a paragraph whose lines fill the region from edge to edge on one line, also
 * across columns and pages; the others indented as printed, with blank lines where the page has them, and ` | `
 * between the cells of a table.
 */
export function printLines(pages: readonly PlacedLine[][]): string {
  const printed: string[] = []
  let before = null as Before | null
  const common = findMargins(pages.flat())
  for (const page of pages) {
    const margins = findMargins(page, common)
    const usual = usualGap(page)
    for (const [index, placed] of page.entries()) {
      const { line, region } = placed
      const own = margins[region]
      const previous = page[index - 1]
      const near = [previous, page[index + 1]].filter((other) => other?.region === region)
      const isRow = near.some((other) => isAligned(line.segments, other!.line.segments))
      const text = line.segments.map((segment) => segment.text).join(isRow ? ' | ' : '　')
      const gap = previous?.region === region ? line.y - previous.line.y : 0
      const isBlank = usual > 0 && gap > usual * blankGap
      if (before && !isBlank && !isRow && !before.isRow && continues(before, placed, own, text)) {
        printed[printed.length - 1] = joinLines(printed.at(-1)!, text)
        before = { ...before, placed, margins: own }
        continue
      }
      if (isBlank || (index === 0 && printed.length > 0)) printed.push('')
      const first = line.segments[0]!
      const indent = Math.round((first.x - own.left) / first.size)
      printed.push('　'.repeat(Math.max(0, Math.min(indent, mostIndent))) + text)
      before = { placed, margins: own, first: text, isRow }
    }
  }
  return printed.join('\n')
}

/** Whether a line goes on with the paragraph of the line before it, as their places and words tell. */
function continues(before: Before, { line, region }: PlacedLine, margins: Margins, text: string): boolean {
  const previous = before.placed.line
  const last = previous.segments.at(-1)!
  const size = line.size
  if ((region === 'page') !== (before.placed.region === 'page')) return false
  if (line.segments.length > 1 || !before.margins.right || Math.abs(previous.size - size) > size * 0.15)
    return false
  // Could the next word have stood on the line before, the author ended that line.
  if (last.right + firstWord(text) * size < before.margins.right - size * 0.5) return false
  const found = matchMarker(text)
  const isMarked = found !== null && !isCrossReference(found)
  const indent = line.segments[0]!.x - margins.left
  const indentBefore = previous.segments[0]!.x - before.margins.left
  const open = !endsSentence(last.text)
  if (Math.abs(indent) < size * 0.5) {
    if (isMarked) return open && indentBefore > size
    return open || margins.indents
  }
  // Below a hanging number the text of its paragraph begins further in.
  return (
    open &&
    !isMarked &&
    indent >= indentBefore &&
    (matchMarker(before.first) !== null || indent === indentBefore)
  )
}

/** Width of what would have had to fit on the line before, in heights of the type. */
function firstWord(text: string): number {
  if (wide.test(text.charAt(0))) return 1
  return (/^[^\s\u2e80-\uffef]{1,30}/.exec(text)?.[0].length ?? 1) * 0.5
}

function joinLines(before: string, text: string): string {
  const isSpaced = !wide.test(before.at(-1)!) && !wide.test(text.charAt(0)) && !before.endsWith('-')
  return before + (isSpaced ? ' ' : '') + text
}

/** The edges of a page; those of all pages where the page has too few lines to tell, as the last one often has. */
function findMargins(
  placed: readonly PlacedLine[],
  common?: Record<Region, Margins>,
): Record<Region, Margins> {
  const of = (region: Region): Margins => {
    const own = marginsOf(placed.filter((one) => one.region === region))
    return own.right === 0 && common ? common[region] : own
  }
  return { page: of('page'), left: of('left'), right: of('right') }
}

/** The right edge is 0 where too few lines reach it to make one. */
function marginsOf(placed: readonly PlacedLine[]): Margins {
  const lines = placed.map(({ line }) => line)
  const starts = lines.map(({ segments }) => segments[0]!.x).sort((a, b) => a - b)
  const ends = lines.map(({ segments }) => segments.at(-1)!.right).sort((a, b) => a - b)
  const left = starts[Math.floor(starts.length * 0.1)] ?? 0
  const right = ends[Math.floor(ends.length * 0.95)] ?? 0
  const full = lines.filter(({ segments, size }) => segments.at(-1)!.right > right - size * 1.2)
  const indented = lines.filter(({ segments, size }) => {
    const indent = (segments[0]!.x - left) / size
    return indent > 1 && indent < 3
  })
  const isFilled = full.length >= leastFull && full.length >= lines.length * leastFullShare
  return { left, right: isFilled ? right : 0, indents: indented.length >= 2 }
}

function usualGap(placed: readonly PlacedLine[]): number {
  const gaps = placed.flatMap(({ line, region }, index) => {
    const previous = placed[index - 1]
    return previous?.region === region ? [line.y - previous.line.y] : []
  })
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
}

/** Two rows of a table share a column beside the first. */
function isAligned(row: readonly Segment[], other: readonly Segment[]): boolean {
  if (row.length < 2 || other.length < 2) return false
  return row.slice(1).some((cell) =>
    other.slice(1).some((one) => {
      const slack = cell.size * sameColumn
      const middle = Math.abs((cell.x + cell.right - one.x - one.right) / 2)
      return Math.abs(cell.x - one.x) < slack || Math.abs(cell.right - one.right) < slack || middle < slack
    }),
  )
}
