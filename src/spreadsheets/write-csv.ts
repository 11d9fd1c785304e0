import { type Cell, cleanText, looksLikeFormula, needsApostrophe } from './cell.ts'

/** Spreadsheets take a file for UTF-8 only if it begins so. */
const mark = '\ufeff'

/**
 * A table as CSV that spreadsheets open rightly: UTF-8 with its mark, lines ended by CR LF. A text that would be taken
 * for a formula or for another number begins with an apostrophe, which spreadsheets know as “this is text”.
 */
export async function* writeCsv(rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = mark
  for await (const row of rows) {
    text += `${row.map(csvCell).join(',')}\r\n`
    if (text.length < 65_536) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text !== '') yield encoder.encode(text)
}

/** One cell, in quotes where it needs them. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  if (typeof cell === 'object') return 'day' in cell ? cell.day : cell.minute
  const clean = cleanText(cell)
  // Looked at as it came too: what is removed in front must not hide what follows.
  const isGuarded = looksLikeFormula(cell) || needsApostrophe(clean)
  const text = isGuarded ? `'${clean}` : clean
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
