import type { ReadCell } from './read-cell.ts'
import { readRows } from './read-rows.ts'
import { SpreadsheetError } from './spreadsheet-error.ts'

/** A row by what its columns are called; empty where a column is missing or its cell is. */
export interface ReadRecord<Column extends string> {
  /** From 1, as spreadsheets count. */
  line: number
  values: Record<Column, string>
}

export interface RecordOptions<Column extends string> {
  /** Every heading under which a column is known, in small letters. */
  headings: Readonly<Record<Column, readonly string[]>>
  /** Without these it is another table. */
  needed: readonly NoInfer<Column>[]
  /** Rows. */
  most: number
}

/**
 * Reads a table (XLSX or CSV) of which the first row says what stands in which column. Throws
 * SpreadsheetError where it cannot be read, `no-header` where it is another table.
 */
export async function readRecords<Column extends string>(
  bytes: Uint8Array,
  { headings, needed, most }: RecordOptions<Column>,
): Promise<ReadRecord<Column>[]> {
  const columns = Object.keys(headings) as Column[]
  const records: ReadRecord<Column>[] = []
  let places: Map<Column, number> | null = null
  for await (const { line, cells } of readRows(bytes)) {
    if (places === null) {
      const names = cells.map((cell) => textOf(cell).toLowerCase())
      const found = columns.map(
        (column) => [column, names.findIndex((name) => headings[column].includes(name))] as const,
      )
      places = new Map(found.filter(([, at]) => at >= 0))
      if (needed.some((column) => !places?.has(column))) throw new SpreadsheetError('no-header')
      continue
    }
    const at = places
    const values = columns.map((column) => [column, textOf(cells[at.get(column) ?? -1] ?? null)])
    records.push({ line, values: Object.fromEntries(values) as ReadRecord<Column>['values'] })
    if (records.length > most) throw new SpreadsheetError('too-large')
  }
  if (places === null) throw new SpreadsheetError('no-header')
  return records
}

function textOf(cell: ReadCell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return 'day' in cell ? cell.day : 'minute' in cell ? cell.minute : ''
  return String(cell).trim()
}
