import type { PlacedLine } from './find-columns.ts'
import type { Segment } from './lay-out-page.ts'

/** A distance this much larger than the usual one, from line to line, is a blank line. */
const blankGap = 1.7
/** Cells of a column begin, end or have their middle so near one another, in heights of the type. */
const sameColumn = 0.6
const mostIndent = 8

/**
 * The lines of a page as text: indented as printed (which tells where paragraphs begin), with blank lines where
 * the page has them, and ` | ` between the cells of a table.
 */
export function printLines(placed: readonly PlacedLine[]): string[] {
  const margins = findMargins(placed)
  const usual = usualGap(placed)
  const texts: string[] = []
  for (const [index, { line, region }] of placed.entries()) {
    const previous = placed[index - 1]
    const gap = previous?.region === region ? line.y - previous.line.y : 0
    if (usual > 0 && gap > usual * blankGap) texts.push('')
    const first = line.segments[0]!
    const indent = Math.round((first.x - margins[region]) / first.size)
    const isRow = [previous, placed[index + 1]].some(
      (other) => other?.region === region && isAligned(line.segments, other.line.segments),
    )
    const words = line.segments.map(({ text }) => text).join(isRow ? ' | ' : '　')
    texts.push('　'.repeat(Math.max(0, Math.min(indent, mostIndent))) + words)
  }
  return texts
}

/** The left edge of each region: where the most lines begin. */
function findMargins(placed: readonly PlacedLine[]): Record<PlacedLine['region'], number> {
  const margins = { page: 0, left: 0, right: 0 }
  for (const region of ['page', 'left', 'right'] as const) {
    const starts = placed.filter((one) => one.region === region).map(({ line }) => line.segments[0]!.x)
    margins[region] = starts.sort((a, b) => a - b)[Math.floor(starts.length * 0.1)] ?? 0
  }
  return margins
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
