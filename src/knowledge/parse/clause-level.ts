import type { OutlineEntry } from './outline.ts'
import type { Paragraph } from './reflow.ts'
import { isHeadingLike } from './reflow.ts'

/** From here on a chapter is too long to cite whole, and its items 1., 2. are the citable unit. */
const longChapter = 400

/**
 * The rank of the unit that is cited: articles or questions where there are any; else the level at which text stands,
 * looked for from the outermost in. （一）, 3.1 and headings are units; 1., 3.1.2 and （1） are items unless
 * their numbers run straight on through the chapters, or chapters are nothing but headings over them.
 */
export function findClauseRank(entries: readonly OutlineEntry[], paragraphs: readonly Paragraph[]): number {
  const articles = entries
    .filter((entry) => entry.style === 'article' || entry.style === 'question')
    .map((entry) => entry.rank)
  if (articles.length > 0) return Math.min(...articles)
  const body = entries.filter((entry) => entry.rank > -20)
  const ranks = [...new Set(body.map((entry) => entry.rank))].sort((a, b) => a - b)
  let level = ranks[0] ?? 0
  for (const next of ranks.slice(1)) {
    if (!isLowered(level, next, body, paragraphs)) break
    level = next
  }
  return level
}

/** Whether what is cited is rather the entries of rank `next` than those of `level`. */
function isLowered(
  level: number,
  next: number,
  entries: readonly OutlineEntry[],
  paragraphs: readonly Paragraph[],
): boolean {
  // Headings of Markdown and chapters of whatever name only group what is below them.
  if (next < 0) return true
  const children = entries.filter((entry) => entry.rank === next)
  if (runsThrough(children, entries)) return true
  const style = children[0]!.style
  const parents = entries.flatMap((entry, position) => {
    const following = entries[position + 1]
    return entry.rank <= level && following && following.rank > level ? [{ entry, following }] : []
  })
  const bare = parents.filter(
    ({ entry, following }) =>
      following.rank <= next &&
      following.index === entry.index + 1 &&
      isHeadingLike(paragraphs[entry.index]!.text),
  )
  if (bare.length * 2 < parents.length || bare.length === 0) return false
  if (style === 'digit-bracket') return false
  const isItem = style === 'digit' || style === 'decimal3' || style === 'decimal4'
  return !isItem || meanLength(entries, level, paragraphs) > longChapter
}

/** Numbers that rise through several parents without starting again: （一） to （十七） through four chapters. */
function runsThrough(children: readonly OutlineEntry[], entries: readonly OutlineEntry[]): boolean {
  const rises = children.every(
    (entry, position) => position === 0 || (entry.number ?? 0) > (children[position - 1]!.number ?? 0),
  )
  if (!rises || children.length < 3) return false
  const places = new Set(children)
  let parents = 0
  let inside = false
  for (const entry of entries) {
    if (places.has(entry)) {
      if (!inside) parents++
      inside = true
    } else if (entry.rank < children[0]!.rank) inside = false
  }
  return parents >= 2
}

function meanLength(
  entries: readonly OutlineEntry[],
  level: number,
  paragraphs: readonly Paragraph[],
): number {
  const starts = entries.filter((entry) => entry.rank <= level)
  const from = starts[0]?.index ?? 0
  const length = paragraphs.slice(from).reduce((sum, { text }) => sum + text.length, 0)
  return length / Math.max(1, starts.length)
}
