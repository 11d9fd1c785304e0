import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { decodeText } from '../knowledge/read/decode-text.ts'
import { needsApostrophe } from './cell.ts'
import { longestText, mostColumns, type ReadCell, type ReadRow } from './read-cell.ts'
import { readWorkbook } from './read-workbook.ts'
import { SpreadsheetError } from './spreadsheet-error.ts'

const longestRecord = 4_000_000

/**
 * The rows of a workbook's first visible sheet (XLSX), or of a CSV file in UTF-8, UTF-16 or GB18030, told apart by
 * what is in the file; one after another, so that memory does not grow with the table. Rows without anything are left
 * out. Throws SpreadsheetError.
 */
export function readRows(bytes: Uint8Array): AsyncGenerator<ReadRow> {
  // An XLSX file is a ZIP archive; what Excel wrote before 2007, or encrypts, is an OLE file.
  if (beginsWith(bytes, [0x50, 0x4b])) return readWorkbook(bytes)
  if (beginsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new SpreadsheetError('old')
  return readCsv(bytes)
}

function beginsWith(bytes: Uint8Array, begin: readonly number[]): boolean {
  return begin.every((byte, i) => bytes[i] === byte)
}

async function* readCsv(bytes: Uint8Array): AsyncGenerator<ReadRow> {
  const text = decodeText(bytes)
  if (text === null) throw new SpreadsheetError('broken')
  const start = text.slice(0, 4096)
  const count = (mark: string) => start.split(mark).length
  // Spreadsheets write what their country's settings say.
  const delimiter = [',', '\t', ';'].toSorted((a, b) => count(b) - count(a))[0]!
  const parser = parse({
    ...{ delimiter, relax_column_count: true, relax_quotes: true, info: true },
    max_record_size: longestRecord,
  })
  try {
    for await (const piece of Readable.from([text]).pipe(parser)) {
      const { record, info } = piece as { record: string[]; info: { lines: number } }
      if (record.every((cell) => cell.trim() === '')) continue
      yield { line: info.lines, cells: record.slice(0, mostColumns).map(csvText) }
    }
  } catch (error) {
    const isLong = error instanceof Error && 'code' in error && error.code === 'CSV_MAX_RECORD_SIZE'
    throw new SpreadsheetError(isLong ? 'too-large' : 'broken', { cause: error })
  }
}

/** Without the apostrophe by which `writeCsv` says that a text is one. */
function csvText(cell: string): ReadCell {
  const text = cell.startsWith("'") && needsApostrophe(cell) ? cell.slice(1) : cell
  return text === '' ? null : text.slice(0, longestText + 1)
}
