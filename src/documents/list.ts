import type { Language } from '../chat/language.ts'
import { translate } from '../messages/translate.ts'
import { openPdf, type Pdf } from './pdf.ts'

/** A table to be printed. */
export interface PrintedList {
  title: string
  /** Below the title, such as of whom and of when; empty: nothing. */
  subtitle: string
  /** `share`: of the width, in proportion to the others. Default: all alike. */
  columns: readonly { title: string; share?: number; align?: 'left' | 'right' }[]
  rows: readonly (readonly string[])[]
  /** More columns than 6 are printed across the broad side. */
  language: Language
}

const margin = 48
const sizes = { title: 18, small: 9, cell: 10 }
const padding = { x: 5, y: 4 }
/** Characters of a cell: more than a page has room for. */
const longestCell = 3000
const ink = { text: '#1f1f1f', faint: '#6b6b6b', rule: '#b5b5b5', head: '#eef1f5' }

interface Sheet {
  pdf: Pdf
  layout: 'portrait' | 'landscape'
  width: number
  bottom: number
  /** Left edges, with the right edge of the last. */
  edges: number[]
  list: PrintedList
}

/**
 * A list as PDF (A4), its head on each page, pages numbered. A cell of many words is broken; one that is higher than a
 * page is cut with an ellipsis.
 * @returns Also the characters that the font lacks; 〓 stands in their place.
 */
export async function writeList(
  list: PrintedList,
  now: Date,
): Promise<{ bytes: Uint8Array; missing: string[] }> {
  const pdf = openPdf(list.title, now)
  const layout = list.columns.length > 6 ? 'landscape' : 'portrait'
  const [short, long] = [595.28, 841.89]
  const [pageWidth, height] = layout === 'portrait' ? [short, long] : [long, short]
  const width = pageWidth - 2 * margin
  const shares = list.columns.map(({ share = 1 }) => share)
  const total = shares.reduce((sum, share) => sum + share, 0) || 1
  const edges = [margin]
  for (const share of shares) edges.push(edges.at(-1)! + (width * share) / total)
  const sheet: Sheet = { pdf, layout, width, bottom: height - margin - 16, edges, list }
  addPage(sheet)
  let y = drawTitle(sheet)
  y = drawHead(sheet, y)
  for (const row of list.rows) y = drawRow(sheet, row, y)
  if (list.rows.length === 0) {
    pdf.use('regular', sizes.cell).fillColor(ink.faint)
    pdf.doc.text(pdf.plain(translate(list.language, 'documents:list.none')), margin, y + 10)
  }
  numberPages(sheet, height)
  return pdf.finish()
}

function addPage({ pdf, layout }: Sheet): void {
  pdf.doc.addPage({ size: 'A4', layout, margins: { top: margin, left: margin, right: margin, bottom: 0 } })
}

function drawTitle({ pdf, width, list }: Sheet): number {
  const { doc } = pdf
  pdf.use('bold', sizes.title).fillColor(ink.text)
  doc.text(pdf.plain(list.title), margin, margin, { width, align: 'center' })
  const subtitle = pdf.plain(list.subtitle)
  if (subtitle !== '') {
    pdf.use('regular', sizes.small + 1).fillColor(ink.faint)
    doc.text(subtitle, margin, doc.y + 4, { width, align: 'center' })
  }
  return doc.y + 10
}

function drawHead(sheet: Sheet, y: number): number {
  const cells = sheet.list.columns.map(({ title }) => sheet.pdf.plain(title))
  return drawCells(sheet, cells, y, { isHead: true, height: heightOf(sheet, cells, true) })
}

function drawRow(sheet: Sheet, row: readonly string[], y: number): number {
  const { pdf, bottom } = sheet
  const cells = sheet.list.columns.map((_, at) =>
    fitted(sheet, pdf.plain((row[at] ?? '').slice(0, 2 * longestCell)), at),
  )
  let top = y
  let height = heightOf(sheet, cells, false)
  if (top + height > bottom) {
    addPage(sheet)
    top = drawHead(sheet, margin)
    height = Math.min(height, bottom - top)
  }
  return drawCells(sheet, cells, top, { isHead: false, height })
}

/** A cell that can be set in time: cut, and its long words broken here, since the library tries them letter by letter. */
function fitted({ pdf, edges }: Sheet, text: string, at: number): string {
  const doc = pdf.use('regular', sizes.cell)
  const room = edges[at + 1]! - edges[at]! - 2 * padding.x
  const letters = [...text]
  const cut = letters.length > longestCell ? `${letters.slice(0, longestCell).join('')}…` : text
  return cut.replaceAll(/[!-~\u00a1-\u024f]{31,}/g, (word) => {
    const lines = ['']
    let width = 0
    for (const letter of word) {
      const wide = doc.widthOfString(letter)
      if (width + wide > room) {
        lines.push('')
        width = 0
      }
      lines[lines.length - 1] += letter
      width += wide
    }
    return lines.join('\n')
  })
}

function heightOf({ pdf, edges }: Sheet, cells: readonly string[], isHead: boolean): number {
  const doc = pdf.use(isHead ? 'bold' : 'regular', sizes.cell)
  const heights = cells.map((cell, at) =>
    doc.heightOfString(cell || ' ', { width: edges[at + 1]! - edges[at]! - 2 * padding.x }),
  )
  return Math.max(...heights, sizes.cell) + 2 * padding.y
}

function drawCells(
  { pdf, edges, list, width }: Sheet,
  cells: readonly string[],
  y: number,
  { isHead, height }: { isHead: boolean; height: number },
): number {
  const { doc } = pdf
  if (isHead) doc.rect(margin, y, width, height).fill(ink.head)
  doc.lineWidth(0.5).strokeColor(ink.rule)
  for (const [at, cell] of cells.entries()) {
    const [left, right] = [edges[at]!, edges[at + 1]!]
    doc.rect(left, y, right - left, height).stroke()
    pdf.use(isHead ? 'bold' : 'regular', sizes.cell).fillColor(ink.text)
    doc.text(cell, left + padding.x, y + padding.y, {
      ...{ width: right - left - 2 * padding.x, height: height - padding.y, ellipsis: true },
      align: list.columns[at]?.align ?? 'left',
    })
  }
  return y + height
}

function numberPages({ pdf, width, list }: Sheet, height: number): void {
  const { doc } = pdf
  const { start, count } = doc.bufferedPageRange()
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(start + at)
    pdf.use('regular', sizes.small).fillColor(ink.faint)
    const text = translate(list.language, 'documents:list.page', { page: at + 1, pages: count })
    doc.text(text, margin, height - margin + 6, { width, align: 'center', lineBreak: false })
  }
}
