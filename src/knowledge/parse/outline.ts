import { acceptArticles } from './accept-articles.ts'
import type { ClosingBlock } from './closing-block.ts'
import type { Question } from './find-questions.ts'
import { findQuestions } from './find-questions.ts'
import type { Marker, NumberingStyle } from './numbering.ts'
import { isCrossReference, isEnumeration, matchMarker, mayBeArticle, shortenSpace } from './numbering.ts'
import type { Paragraph } from './reflow.ts'
import { endsSentence, isHeadingLike, namedHeading } from './reflow.ts'
import { findContents } from './table-of-contents.ts'

/** A heading or numbered clause that was recognised: where it begins, how deep it stands. */
export interface OutlineEntry {
  /** Index of its paragraph. */
  index: number
  /** Smaller is further out; equal ranks are siblings. */
  rank: number
  style: NumberingStyle | 'named' | 'markdown' | 'question'
  number: number | null
  label: string
  key: string
  /** The paragraph without its label. */
  rest: string
}

const ranks: Record<NumberingStyle, number> = {
  appendix: -20,
  part: 0,
  subpart: 1,
  chapter: 2,
  section: 3,
  article: 4,
  han: 5,
  'han-bracket': 6,
  digit: 7,
  decimal2: 7.2,
  decimal3: 7.3,
  decimal4: 7.4,
  'digit-bracket': 8,
}
/** A skipped number is forgiven up to this far: one glued to a line above must not cost all that follow. */
const largestGap = 3

/**
 * Finds headings and numbered clauses by their number (the next one expected at their level), their place
 * (the beginning of a paragraph after the end of a sentence) and what follows them. One pass over the
 * paragraphs; those of a table of contents and of a closing are left out.
 */
export function findOutline(
  paragraphs: Paragraph[],
  closings: readonly ClosingBlock[],
): { entries: OutlineEntry[]; left: Set<number> } {
  const left = findContents(paragraphs)
  for (const { start, end } of closings) for (let index = start; index < end; index++) left.add(index)
  const candidates = paragraphs.map((paragraph, index) =>
    left.has(index) ? null : findCandidate(paragraph, paragraphs[index - 1]),
  )
  const articles = acceptArticles(candidates, findDoubtfulArticles(paragraphs, left))
  for (const [index, found] of articles) candidates[index] = found
  const scan = new OutlineScan(paragraphs, candidates, new Set(articles.keys()))
  return { entries: scan.run(left), left }
}

function findCandidate(paragraph: Paragraph, previous: Paragraph | undefined): Marker | null {
  const found = matchMarker(paragraph.text)
  if (!found || isCrossReference(found)) return null
  if (paragraph.heading > 0 || !previous || previous.heading > 0) return found
  const closed = endsSentence(previous.text) || isHeadingLike(previous.text)
  return closed || (found.apart && found.style === 'article') ? found : null
}

/** Articles such as 第三条所称… run on without a space: only the gap they fill tells them from references. */
function findDoubtfulArticles(paragraphs: Paragraph[], left: ReadonlySet<number>): Map<number, Marker> {
  const doubtful = new Map<number, Marker>()
  for (const [index, { text }] of paragraphs.entries()) {
    const before = paragraphs[index - 1]?.text ?? ''
    const found = matchMarker(text)
    if (!found || left.has(index) || !isCrossReference(found) || !mayBeArticle(found)) continue
    if (before === '' || /。["”’』」）)】]{0,2}$/.test(before) || isHeadingLike(before))
      doubtful.set(index, found)
  }
  return doubtful
}

class OutlineScan {
  private readonly paragraphs: Paragraph[]
  private readonly candidates: (Marker | null)[]
  private readonly articles: Set<number>
  private readonly entries: OutlineEntry[] = []
  /** Open entries, outermost first. */
  private open: OutlineEntry[] = []
  private readonly last = new Map<string, number>()
  /** Lists inside a clause that use the style of an open level: their last number. */
  private readonly lists = new Map<string, number>()
  private readonly following: (number | undefined)[]
  private lastDecimal: number[] = []
  private readonly chaptersOfDecimals: Set<number>
  private readonly overArticles: Set<number>
  private readonly questions: ReadonlyMap<number, Question>
  private readonly headingsByNumber: boolean

  constructor(paragraphs: Paragraph[], candidates: (Marker | null)[], articles: Set<number>) {
    this.paragraphs = paragraphs
    this.candidates = candidates
    this.articles = articles
    this.following = findFollowing(candidates)
    this.chaptersOfDecimals = new Set(
      candidates.flatMap((found) => (found?.style === 'decimal2' ? [found.parts[0]!] : [])),
    )
    this.questions = articles.size > 0 ? new Map() : findQuestions(paragraphs)
    const below = articles.size > 0 ? articles : new Set(this.questions.keys())
    this.overArticles = findHeadingsOver(paragraphs, candidates, below)
    this.headingsByNumber = isUnevenlyStyled(paragraphs, candidates)
  }

  run(left: ReadonlySet<number>): OutlineEntry[] {
    for (const [index, paragraph] of this.paragraphs.entries()) {
      if (left.has(index)) continue
      const found = this.candidates[index] ?? null
      const question = this.questions.get(index)
      const before = this.entries.length
      if (question) this.pushQuestion(index, question)
      else if (found && paragraph.heading > 0 && this.headingsByNumber) this.consider(index, found)
      if (this.entries.length > before) continue
      if (paragraph.heading > 0) this.push(index, paragraph.heading - 10, found)
      else if (namedHeading.test(paragraph.text)) this.push(index, ranks.chapter, null)
      else if (found) this.consider(index, found)
    }
    return this.entries
  }

  private consider(index: number, found: Marker): void {
    if (found.style === 'appendix') {
      if (isHeadingLike(this.paragraphs[index]!.text)) this.push(index, ranks.appendix, found)
    } else if (found.style === 'article') {
      if (this.articles.has(index)) this.push(index, ranks.article, found)
    } else if (this.overArticles.has(index)) {
      this.push(index, found.style === 'han' ? 3.5 : 3.6, found)
    } else if (this.isExpected(index, found)) this.push(index, ranks[found.style], found)
  }

  private isExpected(index: number, found: Marker): boolean {
    if (found.parts.length > 0) return this.isExpectedDecimal(found)
    const heading = isHeadingLike(this.paragraphs[index]!.text)
    const major = ranks[found.style] <= ranks.section
    if (major && !heading) return false
    // “1 范围” without a point is a chapter only where 1.1 or the like shows that chapters are so numbered.
    if (found.style === 'digit' && !/[、.．]$/.test(found.label)) {
      if (!heading || this.chaptersOfDecimals.size === 0) return false
    }
    const style = found.style
    const last = this.last.get(style) ?? 0
    const number = found.number
    const isNext =
      number === last + 1 || this.skips(index, number, last) || (major && last > 0 && number > last)
    if (isEnumeration(found) && (number !== last + 1 || last === 0)) return false
    const current = this.open.find((entry) => entry.style === style)
    const list = this.lists.get(style)
    if (!current) return number === 1 || isNext || (last === 0 && this.following[index] === number + 1)
    if (list !== undefined && number === list + 1) {
      // Either list goes on here. Items end in semicolons, the clause before a new one in a full stop.
      const leaves = isNext && this.followsFullStop(index)
      if (!leaves) this.lists.set(style, number)
      return leaves
    }
    if (isNext) return true
    if (number !== 1) return false
    if (major) return true
    this.lists.set(style, 1)
    return false
  }

  /** A number further on than expected, and its successor follows or it is the last. */
  private skips(index: number, number: number, last: number): boolean {
    if (last === 0 || number <= last || number > last + largestGap) return false
    const following = this.following[index]
    return following === number + 1 || (following === undefined && this.followsFullStop(index))
  }

  private followsFullStop(index: number): boolean {
    return /[。.]["”’』」）)】]{0,2}$/.test(this.paragraphs[index - 1]?.text ?? '')
  }

  private isExpectedDecimal(found: Marker): boolean {
    const parts = found.parts
    const last = this.lastDecimal
    const depth = parts.length
    const parent = parts.slice(0, -1)
    const first = parts.at(-1) === 1
    const sharesParent = parent.every((part, index) => part === last[index])
    if (last.length >= depth && sharesParent) {
      const step = parts.at(-1)! - last[depth - 1]!
      return step > 0 && step <= largestGap
    }
    if (last.length === depth - 1 && sharesParent && depth > 1 && last.length > 0) return first
    if (depth === 2) {
      const chapter = this.open.some((entry) => entry.rank < ranks.decimal2 && entry.number === parts[0])
      // Where no line says “3 …”, 3.1 may come right after 2.4.
      const bare = !this.entries.some((entry) => entry.style === 'digit') && parts[0] === (last[0] ?? 0) + 1
      return first && (chapter || last.length === 0 || bare)
    }
    return false
  }

  private pushQuestion(index: number, question: Question): void {
    const entry: OutlineEntry = { index, rank: ranks.article, style: 'question', ...question }
    this.close(entry.rank)
    this.open.push(entry)
    this.entries.push(entry)
  }

  private close(rank: number): void {
    while (this.open.length > 0 && this.open.at(-1)!.rank >= rank) this.open.pop()
  }

  private push(index: number, rank: number, found: Marker | null): void {
    this.close(rank)
    if (rank === ranks.appendix) this.last.clear()
    const text = this.paragraphs[index]!.text
    const entry: OutlineEntry = {
      index,
      rank,
      style: found?.style ?? (rank < 0 ? 'markdown' : 'named'),
      number: found && found.parts.length === 0 ? found.number : null,
      label: found?.label ?? '',
      key: found?.key ?? shortKey(text),
      rest: found?.rest ?? text,
    }
    this.open.push(entry)
    this.entries.push(entry)
    if (!found) return
    this.last.set(found.style, found.number)
    if (found.parts.length > 0) this.lastDecimal = found.parts
    else if (this.chaptersOfDecimals.has(found.number) && found.style !== 'article' && rank < ranks.decimal2)
      this.lastDecimal = [found.number]
    for (const style of this.lists.keys())
      if (ranks[style as NumberingStyle] >= rank) this.lists.delete(style)
  }
}

const styledNumbers: NumberingStyle[] = ['part', 'chapter', 'section', 'article', 'han', 'han-bracket']

/**
 * Whether some headings of a kind of number were given a style of heading in Word and others were not: then
 * their numbers tell how deep they stand, and not their styles.
 */
function isUnevenlyStyled(paragraphs: Paragraph[], candidates: (Marker | null)[]): boolean {
  const styled = new Set<NumberingStyle>()
  const plain = new Set<NumberingStyle>()
  for (const [index, found] of candidates.entries()) {
    if (!found || !styledNumbers.includes(found.style)) continue
    const { text, heading } = paragraphs[index]!
    if (heading > 0) styled.add(found.style)
    else if (found.style === 'article' || isHeadingLike(text)) plain.add(found.style)
  }
  return [...styled].some((style) => plain.has(style))
}

/** For each candidate the number of the next one of its style. */
function findFollowing(candidates: (Marker | null)[]): (number | undefined)[] {
  const next = new Map<string, number>()
  const following: (number | undefined)[] = new Array(candidates.length)
  for (let index = candidates.length - 1; index >= 0; index--) {
    const found = candidates[index]
    if (!found) continue
    following[index] = next.get(found.style)
    next.set(found.style, found.number)
  }
  return following
}

/** 一、 and （一） may group articles or questions: headings that one of them or another such heading follows. */
function findHeadingsOver(
  paragraphs: Paragraph[],
  candidates: (Marker | null)[],
  below: ReadonlySet<number>,
): Set<number> {
  const over = new Set<number>()
  if (below.size === 0) return over
  for (let index = candidates.length - 2; index >= 0; index--) {
    const found = candidates[index]
    if (found?.style !== 'han' && found?.style !== 'han-bracket') continue
    const leads = below.has(index + 1) || over.has(index + 1)
    if (leads && isHeadingLike(paragraphs[index]!.text)) over.add(index)
  }
  return over
}

/** A heading without number names its clause by its words. */
function shortKey(text: string): string {
  return shortenSpace(text.slice(0, 80)).replaceAll('/', '／').slice(0, 40)
}
