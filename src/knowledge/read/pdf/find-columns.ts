import type { Line, Segment } from './lay-out-page.ts'

/** Lines in the order they are read, and the column they stand in. */
export interface PlacedLine {
  line: Line
  region: 'page' | 'left' | 'right'
}

/** A column has at least so many lines; a table of two columns rarely fills as many to the margin. */
const leastLines = 6
const mostCrossing = 0.3
const leastFull = 0.5
/** A line is full from this share of its column's width on. */
const full = 0.8

/**
 * Reads two columns one after the other where there are any: a gutter in the middle of the page that few lines
 * cross, with running text, not cells, on both sides. Lines across it are read in their place between.
 */
export function readColumns(lines: readonly Line[]): PlacedLine[] {
  const gutter = findGutter(lines)
  if (gutter === null) return lines.map((line) => ({ line, region: 'page' as const }))
  const placed: PlacedLine[] = []
  let left: PlacedLine[] = []
  let right: PlacedLine[] = []
  const close = () => {
    placed.push(...left, ...right)
    left = []
    right = []
  }
  for (const line of lines) {
    if (line.segments.some((segment) => crosses(segment, gutter))) {
      close()
      placed.push({ line, region: 'page' })
      continue
    }
    const onLeft = line.segments.filter(({ right: end }) => end <= gutter)
    const onRight = line.segments.filter(({ x }) => x >= gutter)
    if (onLeft.length > 0) left.push({ line: { ...line, segments: onLeft }, region: 'left' })
    if (onRight.length > 0) right.push({ line: { ...line, segments: onRight }, region: 'right' })
  }
  close()
  return placed
}

/** The middle of the gutter, in points from the left; null where there is none. */
function findGutter(lines: readonly Line[]): number | null {
  const segments = lines.flatMap((line) => line.segments)
  if (segments.length < leastLines * 2) return null
  const start = Math.min(...segments.map(({ x }) => x))
  const end = Math.max(...segments.map(({ right }) => right))
  const width = end - start
  let best: { at: number; crossing: number } | null = null
  // From the middle outwards, so that of equally clear cuts the most central wins.
  for (let step = 0; step <= 20; step++) {
    const at = start + width * (0.5 + (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * 0.01)
    const crossing = segments.filter((segment) => crosses(segment, at)).length
    if (!best || crossing < best.crossing) best = { at, crossing }
  }
  if (!best || best.crossing > lines.length * mostCrossing) return null
  const { at } = best
  const left = segments.filter(({ right }) => right <= at)
  const right = segments.filter(({ x }) => x >= at)
  return isRunningText(left) && isRunningText(right) ? at : null
}

function crosses(segment: Segment, at: number): boolean {
  return segment.x < at && segment.right > at
}

/** Most lines of a column reach from its left to its right edge. */
function isRunningText(column: readonly Segment[]): boolean {
  if (column.length < leastLines) return false
  const start = Math.min(...column.map(({ x }) => x))
  const width = Math.max(...column.map(({ right }) => right)) - start
  return column.filter(({ x, right }) => right - x >= width * full).length >= column.length * leastFull
}
