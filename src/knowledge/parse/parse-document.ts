import type { Clause } from '../clause.ts'
import { findClauseRank } from './clause-level.ts'
import type { ClosingBlock } from './closing-block.ts'
import { findClosings, findSignatories } from './closing-block.ts'
import { groupParagraphs } from './group-paragraphs.ts'
import { findLead, findPreambleLead } from './lead.ts'
import type { OutlineEntry } from './outline.ts'
import { findOutline } from './outline.ts'
import type { Paragraph } from './reflow.ts'
import { isHeadingLike, reflow } from './reflow.ts'
import { readTitleBlock } from './title-block.ts'

export type TextFormat = 'txt' | 'md' | 'pdf' | 'docx' | 'html'

export interface ParsedDocument {
  /** As it stands in the text; null where none can be told. Front matter wins over it. */
  title: string | null
  /** From the lines before the title or the signature, joined by 、; null where none can be told. */
  issuers: string | null
  /** In reading order: the preamble where there is one, then clauses and appendices. */
  clauses: Clause[]
}

/**
 * Cuts a document into its clauses, verbatim: each character that is not white space stands in the title, the
 * issuers, a heading (`path`) or a clause, but for tables of contents and page numbers. Which level of the
 * document's numbering is “the clause” is decided for each document (see findClauseRank).
 * @param format Markdown, and HTML and DOCX as their readers render them, have headings marked by `#`.
 */
export function parseDocument(text: string, format: TextFormat): ParsedDocument {
  const source = format === 'md' ? withoutMarks(text) : text
  const paragraphs = reflow(source, format === 'md' || format === 'html' || format === 'docx')
  const closings = findClosings(paragraphs)
  const { entries, left } = withoutTitle(findOutline(paragraphs, closings), paragraphs)
  const structured = isStructure(entries, paragraphs) ? entries : []
  const clauseRank = structured.length === 0 ? 0 : findClauseRank(structured, paragraphs)
  const units = structured.filter((entry) => entry.rank <= clauseRank)
  // Items that stand before the first clause belong to the opening, not to nothing.
  const start = units[0]?.index ?? paragraphs.length
  const opening = paragraphs.slice(0, start).filter((_, index) => !left.has(index))
  const block = readTitleBlock(opening)
  const collector = new ClauseCollector()
  if (structured.length === 0) {
    for (const group of groupParagraphs(block.preamble)) collector.addGroup(group)
    for (const closing of closings) collector.addClosing(paragraphs.slice(closing.start, closing.end))
  } else {
    if (block.preamble.length > 0) collector.addPreamble(block.preamble)
    collectClauses(units, paragraphs, { left, closings }, collector)
  }
  return {
    title: block.title,
    issuers: block.issuers ?? findSignatories(paragraphs, closings),
    clauses: collector.clauses,
  }
}

/** What Markdown prints: **bold** without its stars, a link as its words. Fenced code is too rare to be spared. */
function withoutMarks(text: string): string {
  return text
    .replaceAll(/(?<!\*)\*\*(?=[^\s*])([^*\n]{1,300})\*\*(?!\*)/g, '$1')
    .replaceAll(/(?<!!)\[([^\]\n]{1,300})\]\((?:https?:|#|\.{0,2}\/|mailto:)[^)\s]{0,500}\)/g, '$1')
}

/** The only Markdown heading of the first level, at the beginning, is the title and no chapter. */
function withoutTitle(outline: { entries: OutlineEntry[]; left: Set<number> }, paragraphs: Paragraph[]) {
  const [first, second] = outline.entries
  const isTitle =
    first &&
    paragraphs[first.index]!.heading > 0 &&
    first.label === '' &&
    first.index < 8 &&
    outline.entries.every((entry) => entry === first || entry.rank > first.rank) &&
    second
  if (!isTitle) return outline
  // The block before the first entry is read for it; its level there is always the first.
  paragraphs[first.index]!.heading = 1
  return { ...outline, entries: outline.entries.slice(1) }
}

/** A few items 1., 2., 3. somewhere in running text are a list, not the structure of the document. */
function isStructure(entries: readonly OutlineEntry[], paragraphs: readonly Paragraph[]): boolean {
  const first = entries[0]
  if (!first) return false
  const onlyItems = entries.every((entry) => entry.rank >= 5)
  if (!onlyItems) return true
  if (entries.length < 2) return false
  const onlyDigits = entries.every((entry) => entry.style === 'digit' || entry.style === 'digit-bracket')
  return !onlyDigits || first.index <= 3 || first.index <= paragraphs.length / 3
}

function collectClauses(
  units: readonly OutlineEntry[],
  paragraphs: readonly Paragraph[],
  { left, closings }: { left: ReadonlySet<number>; closings: readonly ClosingBlock[] },
  collector: ClauseCollector,
): void {
  const above: OutlineEntry[] = []
  let position = 0
  /** Closings that stand before this paragraph, in their place between the clauses. */
  const close = (before: number) => {
    for (let closing = closings[position]; closing && closing.start < before; closing = closings[++position])
      collector.addClosing(paragraphs.slice(closing.start, closing.end))
  }
  close(units[0]!.index)
  for (const [place, entry] of units.entries()) {
    const next = units[place + 1]
    while (above.length > 0 && above.at(-1)!.rank >= entry.rank) above.pop()
    const own: string[] = []
    const end = next?.index ?? paragraphs.length
    for (let index = entry.index; index < end; index++) {
      if (!left.has(index)) own.push(paragraphs[index]!.text)
    }
    // A heading with nothing of its own lives on in the paths of what is below it.
    const isBare = own.length === 1 && next !== undefined && next.rank > entry.rank
    if (!isBare)
      collector.add(
        entry,
        above.map((heading) => heading),
        own,
        paragraphs,
      )
    above.push(entry)
    close(end)
  }
}

class ClauseCollector {
  readonly clauses: Clause[] = []
  private readonly seen = new Map<string, number>()

  add(entry: OutlineEntry, above: OutlineEntry[], own: string[], paragraphs: readonly Paragraph[]): void {
    const isAppendix = entry.style === 'appendix' || above.some((heading) => heading.style === 'appendix')
    const first = paragraphs[entry.index]!
    const isHeading = own.length > 1 && (first.heading > 0 || isHeadingLike(first.text))
    this.push({
      key: [...above.map((heading) => heading.key), entry.key].join('/'),
      kind: isAppendix ? 'appendix' : 'clause',
      number: entry.number,
      label: entry.label,
      path: above.map((heading) => paragraphs[heading.index]!.text),
      lead: isHeading && entry.rest !== '' ? entry.rest : findLead([entry.rest, ...own.slice(1)]),
      text: own.join('\n'),
    })
  }

  addPreamble(lines: string[]): void {
    const text = lines.join('\n')
    this.push({
      key: 'preamble',
      kind: 'preamble',
      number: null,
      label: '',
      path: [],
      lead: findPreambleLead(lines),
      text,
    })
  }

  addGroup(lines: string[]): void {
    const key = `段${this.clauses.length + 1}`
    const text = lines.join('\n')
    this.push({ key, kind: 'clause', number: null, label: '', path: [], lead: findLead(lines), text })
  }

  /** Whoever signed and when belongs to no clause, but is not lost either. */
  addClosing(own: readonly Paragraph[]): void {
    const lines = own.map((paragraph) => paragraph.text)
    const lead = findLead(lines)
    this.push({
      key: '落款',
      kind: 'appendix',
      number: null,
      label: '',
      path: [],
      lead,
      text: lines.join('\n'),
    })
  }

  private push(clause: Clause): void {
    const count = (this.seen.get(clause.key) ?? 0) + 1
    this.seen.set(clause.key, count)
    this.clauses.push(count === 1 ? clause : { ...clause, key: `${clause.key}~${count}` })
  }
}
