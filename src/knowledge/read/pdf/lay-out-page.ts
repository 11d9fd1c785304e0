/** A run of text where it stands on a page, in points from the top left corner. */
export interface TextItem {
  text: string
  x: number
  /** Baseline. */
  y: number
  width: number
  /** Height of the type. */
  size: number
}

/** Text without a gap in it: a line of a column, a cell of a row. */
export interface Segment {
  text: string
  x: number
  right: number
  y: number
  size: number
}

/** All that stands on one baseline, from left to right. */
export interface Line {
  y: number
  size: number
  segments: Segment[]
}

/** Baselines this near, in heights of the type, make one line: superscripts stay in theirs. */
const sameLine = 0.4
/** A gap this wide, in heights of the type, parts columns or cells. */
const widestGap = 1.3
const wordGap = 0.2
const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]/

/** Puts the runs of a page, in whatever order they were drawn, together into lines from top to bottom. */
export function layOutPage(items: readonly TextItem[]): Line[] {
  const drawn = items.filter((item) => item.text.trim() !== '').sort((a, b) => a.y - b.y || a.x - b.x)
  const lines: TextItem[][] = []
  for (const item of drawn) {
    const line = lines.at(-1)
    const size = Math.max(item.size, line?.[0]?.size ?? 0)
    if (line && item.y - line[0]!.y < size * sameLine) line.push(item)
    else lines.push([item])
  }
  return lines.map((line) => {
    const segments = findSegments(line.sort((a, b) => a.x - b.x))
    return { y: line[0]!.y, size: Math.max(...segments.map(({ size }) => size)), segments }
  })
}

function findSegments(items: readonly TextItem[]): Segment[] {
  const segments: Segment[] = []
  let before: TextItem | undefined
  for (const item of items) {
    // Bold type that a font lacks is drawn twice, a hair apart.
    const twice = before && before.text === item.text && item.x - before.x < item.size * 0.15
    if (twice) continue
    before = item
    const segment = segments.at(-1)
    const gap = segment ? item.x - segment.right : 0
    if (!segment || gap > Math.max(item.size, segment.size) * widestGap) {
      segments.push({ text: item.text, x: item.x, right: item.x + item.width, y: item.y, size: item.size })
      continue
    }
    segment.text = join(segment.text, item.text, gap / item.size)
    segment.right = Math.max(segment.right, item.x + item.width)
    segment.size = Math.max(segment.size, item.size)
  }
  return segments.map((segment) => ({ ...segment, text: segment.text.trim() }))
}

/** Han characters that are spread to fill a line have no space between them. */
function join(before: string, after: string, gap: number): string {
  if (/\s$/.test(before) || /^\s/.test(after)) return before + after
  const bothHan = han.test(before.at(-1)!) && han.test(after.charAt(0))
  return before + (gap > (bothHan ? 0.8 : wordGap) ? ' ' : '') + after
}
