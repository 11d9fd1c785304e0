import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { decodeText } from '../../knowledge/read/decode-text.ts'
import { UnpackedSizeError, unpackParts } from '../../knowledge/read/word/unpack-parts.ts'
import { PlainError } from '../../messages/plain-error.ts'

/** A row as the person sees it in the spreadsheet. */
export interface TableRow {
  /** From 1, as spreadsheets count. */
  line: number
  cells: string[]
}

/** In bytes: of the file itself, and of a workbook when it is unpacked. */
const longestFile = 10 * 1024 * 1024
const longestUnpacked = 100 * 1024 * 1024
const mostRows = 20_000

/**
 * The rows of a workbook's first sheet (XLSX) or of a CSV file in UTF-8, UTF-16 or GB18030, told apart by what is
 * in the file. Rows without any text are left out; a date is given as `YYYY-MM-DD`.
 * Throws PlainError where the file is neither, is broken, or is too large.
 */
export async function readTable(bytes: Uint8Array): Promise<TableRow[]> {
  if (bytes.length > longestFile) throw tooLarge()
  // An XLSX file is a ZIP archive, which begins so.
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  const cells = zipped ? await readWorkbook(bytes) : readCsv(bytes)
  const rows = cells
    .map((row, i) => ({ line: i + 1, cells: row.map((cell) => cell.normalize('NFC').trim()) }))
    .filter((row) => row.cells.some((cell) => cell !== ''))
  if (rows.length > mostRows) throw tooLarge()
  return rows
}

function tooLarge(): PlainError {
  return new PlainError('people:import.too-large', { megabytes: longestFile / 1024 / 1024, rows: mostRows })
}

async function readWorkbook(bytes: Uint8Array): Promise<string[][]> {
  try {
    await unpackParts(bytes, () => false, longestUnpacked)
    const rows = await readSheet(Buffer.from(bytes))
    return rows.map((row) => row.map(cellText))
  } catch (error) {
    if (error instanceof UnpackedSizeError) throw tooLarge()
    throw new PlainError('people:import.unreadable', {}, { cause: error })
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // The reader gives a date without a time as midnight in UTC.
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}

function readCsv(bytes: Uint8Array): string[][] {
  const text = decodeText(bytes)
  if (text === null) throw new PlainError('people:import.unreadable')
  const start = text.slice(0, 4096)
  const count = (mark: string) => start.split(mark).length
  // Spreadsheets write what their country's settings say.
  const delimiter = [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0]!
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true })
  } catch (error) {
    throw new PlainError('people:import.unreadable', {}, { cause: error })
  }
}
