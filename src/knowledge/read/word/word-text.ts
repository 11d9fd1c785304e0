import type { AutomaticNumbers } from './numbering.ts'
import type { XmlElement } from './read-xml.ts'
import { childrenOf, findChild } from './read-xml.ts'
import type { ParagraphStyle } from './styles.ts'
import { levelOf, outlineLevel, settingOf } from './styles.ts'

/** Deleted or moved away under revision, or written for programs that show the other choice. */
const dropped = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:rt', 'w:instrText', 'w:delText', 'w:sdtPr'])
const plain: ParagraphStyle = { name: '', heading: 0, numId: null, level: null, lineage: [] }

/** Walks through the body of a document once, in reading order, and counts its numbers. */
export class WordText {
  private readonly styles: ReadonlyMap<string, ParagraphStyle>
  private readonly numbers: AutomaticNumbers
  private readonly notes: ReadonlyMap<string, XmlElement>
  /** For each open field whether its code is being read, which is not shown, or its result. */
  private readonly fields: ('code' | 'result')[] = []
  /** Text whose paragraph mark was deleted: it goes on in the next paragraph. */
  private carried = ''
  /** Lines that follow the paragraph in which they are anchored: text boxes and notes. */
  private anchored: string[] = []

  constructor(
    styles: ReadonlyMap<string, ParagraphStyle>,
    numbers: AutomaticNumbers,
    notes: ReadonlyMap<string, XmlElement>,
  ) {
    this.styles = styles
    this.numbers = numbers
    this.notes = notes
  }

  /** The lines of the document. */
  readBody(body: XmlElement): string[] {
    const lines = this.read(body)
    return this.carried === '' ? lines : [...lines, this.carried.trim()]
  }

  private read(container: XmlElement): string[] {
    const lines: string[] = []
    for (const block of childrenOf(container)) {
      if (dropped.has(block.name)) continue
      const own =
        block.name === 'w:p'
          ? this.readParagraph(block)
          : block.name === 'w:tbl'
            ? childrenOf(block).flatMap((row) => this.readRow(row))
            : this.read(block)
      for (const line of own) lines.push(line)
    }
    return lines
  }

  private readParagraph(paragraph: XmlElement): string[] {
    const properties = findChild(paragraph, 'w:pPr')
    const style = this.styles.get(settingOf(findChild(properties, 'w:pStyle')) ?? '') ?? plain
    const before = this.anchored
    this.anchored = []
    let text = this.readInline(paragraph)
    const after = this.anchored
    this.anchored = before
    if (findChild(properties, 'w:rPr', 'w:del')) {
      this.carried += text
      return after
    }
    text = this.carried + text
    this.carried = ''
    const number = this.countParagraph(properties, style)
    // The table of contents repeats the headings; its page numbers say nothing here.
    if (/^toc (?:\d|heading)/.test(style.name)) return after
    const [first, ...more] = text.split('\n').map((line) => line.trim())
    if (!first && more.every((line) => line === '')) return after
    const own = outlineLevel(paragraph)
    const heading = own === null ? style.heading : own > 8 ? 0 : own + 1
    const mark = heading > 0 ? `${'#'.repeat(Math.min(heading, 6))} ` : ''
    return [mark + number + first, ...more, ...after].filter((line) => line !== '')
  }

  private countParagraph(properties: XmlElement | undefined, style: ParagraphStyle): string {
    const own = findChild(properties, 'w:numPr')
    const numId = settingOf(findChild(own, 'w:numId')) ?? style.numId
    // 0 takes the numbering of the style away.
    if (numId === null || numId === '0') return ''
    const level = (own && levelOf(own)) ?? (numId === style.numId ? style.level : null)
    return this.numbers.next(numId, level ?? this.numbers.levelOfStyle(numId, style.lineage))
  }

  /** A row is one line; a table of one column is a frame around paragraphs. */
  private readRow(row: XmlElement): string[] {
    if (row.name !== 'w:tr')
      return dropped.has(row.name) ? [] : childrenOf(row).flatMap((one) => this.readRow(one))
    if (findChild(row, 'w:trPr', 'w:del')) return []
    const cells = this.findCells(row).map((cell) => this.read(cell))
    if (cells.length === 1) return cells[0]!
    const texts = cells.map((lines) => lines.map((line) => line.replace(/^#+ /, '')).join(' '))
    return texts.every((text) => text === '') ? [] : [texts.join(' | ')]
  }

  /** Cells may stand in content controls. */
  private findCells(row: XmlElement): XmlElement[] {
    return childrenOf(row).flatMap((child) =>
      child.name === 'w:tc'
        ? [child]
        : /^w:(?:sdt|sdtContent|customXml)$/.test(child.name)
          ? this.findCells(child)
          : [],
    )
  }

  private readInline(element: XmlElement): string {
    let text = ''
    for (const child of childrenOf(element)) text += this.readPiece(child)
    return text
  }

  private readPiece(piece: XmlElement): string {
    if (dropped.has(piece.name)) return ''
    switch (piece.name) {
      case 'w:r':
        return isHidden(piece) ? '' : this.readInline(piece)
      case 'w:t':
      case 'm:t':
        return this.fields.includes('code')
          ? ''
          : piece.children.filter((one) => typeof one === 'string').join('')
      case 'w:tab':
      case 'w:ptab':
        return ' '
      case 'w:br':
      case 'w:cr':
        return '\n'
      case 'w:noBreakHyphen':
        return '-'
      case 'w:fldChar':
        this.followField(piece.attributes['w:fldCharType'])
        return ''
      case 'w:footnoteReference':
      case 'w:endnoteReference': {
        const note = this.notes.get(`${piece.name} ${piece.attributes['w:id']}`)
        if (note) this.anchored.push(...this.read(note).map((line) => `注：${line}`))
        return ''
      }
      case 'w:txbxContent':
        this.anchored.push(...this.read(piece))
        return ''
      case 'w:pPr':
      case 'w:rPr':
        return ''
      default:
        return this.readInline(piece)
    }
  }

  private followField(type: string | undefined): void {
    if (type === 'begin') this.fields.push('code')
    else if (type === 'separate') this.fields.splice(-1, 1, 'result')
    else if (type === 'end') this.fields.pop()
  }
}

function isHidden(run: XmlElement): boolean {
  const vanish = findChild(run, 'w:rPr', 'w:vanish')
  return vanish !== undefined && !/^(?:0|false|off)$/.test(settingOf(vanish) ?? '')
}
