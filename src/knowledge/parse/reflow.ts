import { isCrossReference, matchMarker } from './numbering.ts'
import { isPageNumber } from './page-number.ts'

/** A paragraph as its author wrote it, its broken lines put together. */
export interface Paragraph {
  text: string
  /** Level of a Markdown heading (its `#` taken off), 0 for any other paragraph. */
  heading: number
}

/** Text whose lines were cut at the margin has most of its open lines within this of the margin (columns). */
const slack = 4
/** Columns; no text is set narrower, but the lines of a short notice may all be alike. */
const narrowest = 24
/** The first line of a paragraph is shorter by its indent, which an extraction may have lost. */
const lostIndent = 4
const han = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]/
const sentenceEnd = /[。；：！？.;:!?…]["”’』」）)】\]]{0,3}$/
const closing = /^[、，。；：！？）】》”’』」,.;:!?)\]]/

/** Whether a line ends where a sentence or a clause of one may end. */
export function endsSentence(line: string): boolean {
  return sentenceEnd.test(line.slice(-6))
}

/** Whether a paragraph reads as a heading: short, and with no end of a sentence. */
export function isHeadingLike(text: string): boolean {
  return text.length <= 60 && !/[。；;：:，,？！]$/.test(text) && !/[。；]/.test(text)
}

/** Headings without a number, which official documents print on a line of their own. */
export const namedHeading = /^(?:序\s*言|前\s*言|引\s*言|总\s*则|分\s*则|附\s*则|结\s*语)$/

function isUnitHeading(text: string): boolean {
  const style = matchMarker(text)?.style
  return namedHeading.test(text) || style === 'part' || style === 'chapter' || style === 'section'
}

/**
 * Puts the lines of a text together into paragraphs. Nothing but white space is taken away or added, except
 * for the page numbers between the lines of a text that was cut at the margin (as PDFs give it).
 * @param markdown `#` at the beginning of a line makes a heading.
 */
export function reflow(text: string, markdown = false): Paragraph[] {
  const lines = text.split(/\r\n|[\n\r\f\v\u2028\u2029]/)
  const margin = findMargin(lines)
  const kept = margin === null ? lines : lines.filter((line, index) => !isPageNumberLine(line, lines, index))
  const spaced = isDoubleSpaced(kept)
  const paragraphs: (Paragraph & { lines: string[] })[] = []
  let blank = true
  let indentBefore = 0
  let fenced = false
  for (const line of kept) {
    const trimmed = line.trim()
    if (trimmed === '') {
      blank = true
      continue
    }
    if (markdown && /^(?:```|~~~)/.test(trimmed)) fenced = !fenced
    const heading = markdown && !fenced ? /^(#{1,6})\s+(?=\S)/.exec(trimmed) : null
    const last = paragraphs.at(-1)
    const indent = line.length - line.trimStart().length
    const joins =
      last &&
      !heading &&
      last.heading === 0 &&
      continues(last.lines, trimmed, margin, blank && !spaced, indent > indentBefore)
    if (joins) last.lines.push(trimmed)
    else {
      const own = heading ? trimmed.slice(heading[0].length).replace(/\s#{1,6}$/, '') : trimmed
      paragraphs.push({ text: '', heading: heading?.[1]?.length ?? 0, lines: [own] })
    }
    indentBefore = indent
    blank = false
  }
  return paragraphs.map(({ heading, lines: own }) => ({ heading, text: joinLines(own) }))
}

/** Whether the line goes on with the paragraph whose lines stand before it. */
function continues(
  before: string[],
  line: string,
  margin: number | null,
  blank: boolean,
  indented: boolean,
): boolean {
  const previous = before.at(-1)!
  const open = !endsSentence(previous)
  const found = matchMarker(line)
  if (margin === null) {
    // One line, one paragraph; only a sentence that plainly goes on with a reference is put together again.
    if (!open || blank || !found || !isCrossReference(found)) return false
    return /[\p{L}，,、]$/u.test(previous.slice(-2)) && !isUnitHeading(before.join(''))
  }
  const needed = margin - slack - (before.length === 1 ? lostIndent : 0)
  const full = columns(previous) + columns(firstWord(line)) > needed
  if (!full) return false
  if (isTableRow(line) || isTableRow(previous)) return false
  if (!found || isCrossReference(found)) return open || (!blank && !indented)
  if (!open) return false
  // No sentence has white space after its 第九条; a title or heading that fills its line may stand before one.
  const isUnit = found.label.startsWith('第') && /\s/.test(line.charAt(found.label.length))
  if (isUnit) return false
  // An open line that fills the margin, then a number: the sentence goes on, unless that line is a heading.
  const headed = matchMarker(before[0]!)
  const isHeading = headed !== null && headed.style !== found.style && !/[。；，]/.test(before.join(''))
  return !isHeading
}

/**
 * The width, in columns, at which lines were cut, or null where each line is a paragraph. A text counts as
 * cut if most lines that end in the middle of a sentence could not have held the next word as well.
 */
function findMargin(lines: string[]): number | null {
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '')
  const widths = filled.map(columns).sort((a, b) => a - b)
  const margin = widths[Math.floor(widths.length * 0.95)] ?? 0
  if (filled.length < 4 || margin > 160 || margin < narrowest) return null
  let open = 0
  let full = 0
  for (const [index, line] of filled.entries()) {
    const next = filled[index + 1]
    if (next === undefined || endsSentence(line)) continue
    open++
    if (columns(line) + columns(firstWord(next)) > margin - slack - lostIndent) full++
  }
  return full >= 3 && full >= open * 0.5 && full >= filled.length * 0.15 ? margin : null
}

/** Whether nearly every line has a blank one after it, so that blank lines say nothing about paragraphs. */
function isDoubleSpaced(lines: string[]): boolean {
  let followed = 0
  let filled = 0
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    filled++
    if ((lines[index + 1] ?? '').trim() === '') followed++
  }
  return followed > filled * 0.8
}

/** Width in columns; a Han character takes two. */
function columns(text: string): number {
  let width = 0
  // Beyond 400 characters no text is cut at a margin; a huge line must not be walked again and again.
  for (const character of text.slice(0, 400)) width += han.test(character) ? 2 : 1
  return width
}

/** What would have had to fit on the line before: one Han character with the closing signs after it, or a word. */
function firstWord(line: string): string {
  const start = line.slice(0, 40)
  if (!han.test(start.charAt(0))) return /^[!-~\u00a1-\u024f]{1,40}/.exec(start)?.[0] ?? start.charAt(0)
  let end = 1
  while (end < 4 && closing.test(start.slice(end))) end++
  return start.slice(0, end)
}

function joinLines(lines: string[]): string {
  const pieces: string[] = []
  for (const line of lines) {
    const last = pieces.at(-1)?.at(-1)
    if (last && !han.test(last) && !han.test(line.charAt(0)) && last !== '-') pieces.push(' ')
    pieces.push(line)
  }
  return pieces.join('')
}

function isTableRow(line: string): boolean {
  return line.includes(' | ') || line.startsWith('|')
}

/** Numbers that stand by themselves, with blank lines on both sides where they are bare. */
function isPageNumberLine(line: string, lines: string[], index: number): boolean {
  const lonely = (lines[index - 1] ?? '').trim() === '' && (lines[index + 1] ?? '').trim() === ''
  return isPageNumber(line, lonely)
}
