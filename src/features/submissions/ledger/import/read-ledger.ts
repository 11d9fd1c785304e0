import { PlainError } from '../../../../messages/plain-error.ts'
import type { ReadCell, ReadRow } from '../../../../spreadsheets/read-cell.ts'
import { readRows } from '../../../../spreadsheets/read-rows.ts'
import { SpreadsheetError } from '../../../../spreadsheets/spreadsheet-error.ts'
import type { Kind } from '../../definition/schema.ts'
import { bareHeading, type Column, columnsByName } from '../columns.ts'
import type { LedgerMapping } from './mapping.ts'

/** What the columns of a ledger are. */
export interface LedgerHead {
  /** By number of the column from 0; missing where a heading means nothing. */
  columns: ReadonlyMap<number, { column: Column; heading: string }>
  /** Headings that mean nothing here; their columns are not read. */
  ignored: string[]
}

/** Titles above the headings are common: they are looked for in the first lines. */
const headWithin = 20

/**
 * Parts a ledger into its head and its rows, which are read on while they are asked for. A head of two lines, as merged
 * cells make it, is one. Throws PlainError where the file cannot be read, or no line names what was proposed.
 */
export async function readLedger(
  bytes: Uint8Array,
  kind: Kind,
  mapping: LedgerMapping,
): Promise<{ head: LedgerHead; rows: AsyncGenerator<ReadRow> }> {
  const known = columnsByName([kind])
  const mapped = new Map(
    Object.entries(mapping.columns).map(([heading, name]) => {
      const column = known.get(bareHeading(name))
      if (column === undefined) throw new PlainError('submissions:ledger.no-column', { name })
      return [bareHeading(heading), column]
    }),
  )
  const columnOf = (cell: ReadCell) => {
    const heading = headingOf(cell)
    return heading === '' ? undefined : (mapped.get(heading) ?? known.get(heading))
  }
  const rows = refusals(readRows)(bytes)
  const seen: ReadRow[] = []
  for (;;) {
    const { value, done } = await rows.next()
    if (done || seen.length === headWithin) throw new PlainError('submissions:ledger.import.no-head')
    seen.push(value)
    if (value.cells.filter((cell) => columnOf(cell) !== undefined).length < 2) continue
    if (value.cells.some((cell) => columnOf(cell) === 'subject')) break
  }
  const first = seen.at(-1)!.cells
  const { value: second, done } = await rows.next()
  const isSecond = !done && isSecondLine(first, second.cells, columnOf)
  const headings = isSecond
    ? Array.from(
        { length: Math.max(first.length, second.cells.length) },
        (_, i) => second.cells[i] ?? first[i] ?? null,
      )
    : first
  return {
    head: headOf(headings, columnOf),
    rows: following(done || isSecond ? [] : [second], rows),
  }
}

/** Below merged headings stands what they are parted into: nothing but headings, and none under what was proposed. */
function isSecondLine(
  first: readonly ReadCell[],
  second: readonly ReadCell[],
  columnOf: (cell: ReadCell) => Column | undefined,
): boolean {
  const filled = second.filter((cell) => cell !== null)
  const subject = first.findIndex((cell) => columnOf(cell) === 'subject')
  return (
    (second[subject] ?? null) === null &&
    filled.length > 0 &&
    filled.every((cell) => columnOf(cell) !== undefined)
  )
}

function headOf(headings: readonly ReadCell[], columnOf: (cell: ReadCell) => Column | undefined): LedgerHead {
  const columns = new Map<number, { column: Column; heading: string }>()
  const taken = new Map<Column, string>()
  const ignored: string[] = []
  for (const [at, cell] of headings.entries()) {
    if (typeof cell !== 'string' || cell.trim() === '') continue
    const heading = cell.replaceAll(/\s+/g, ' ').trim().slice(0, 60)
    const column = columnOf(cell)
    // Of two that mean the same the first holds: 序号 and 编号 are two, 日期 and 时间 would not be.
    if (column === undefined || column === 'row' || taken.has(column)) {
      if (column !== 'row') ignored.push(heading)
      continue
    }
    taken.set(column, heading)
    columns.set(at, { column, heading })
  }
  return { columns, ignored }
}

function headingOf(cell: ReadCell): string {
  return typeof cell === 'string' && cell.length <= 100 ? bareHeading(cell) : ''
}

async function* following(
  before: readonly ReadRow[],
  rows: AsyncGenerator<ReadRow>,
): AsyncGenerator<ReadRow> {
  yield* before
  yield* rows
}

/** What cannot be read is told to people, whenever that is found out. */
function refusals(read: (bytes: Uint8Array) => AsyncGenerator<ReadRow>) {
  return async function* (bytes: Uint8Array): AsyncGenerator<ReadRow> {
    try {
      yield* read(bytes)
    } catch (error) {
      if (!(error instanceof SpreadsheetError)) throw error
      throw new PlainError(`submissions:ledger.file.${error.why}`, {}, { cause: error })
    }
  }
}
