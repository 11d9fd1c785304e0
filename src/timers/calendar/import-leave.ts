import { randomUUID } from 'node:crypto'
import { PlainError } from '../../messages/plain-error.ts'
import { bareWord } from '../../people/import/columns.ts'
import type { RowReport } from '../../people/import/plan-import.ts'
import { readTable, type TableRow } from '../../people/import/read-table.ts'
import type { ImportReport } from '../../people/import-people.ts'
import { findPerson } from '../../people/people.ts'
import type { Store, Trx } from '../../store/store.ts'
import { type Day, dayIn } from './day.ts'
import { enterLeave } from './leave.ts'
import { parseDay } from './parse-day.ts'
import { defaultZone } from './working-hours.ts'

/** Every heading under which a column is known. */
const headings = {
  person: ['姓名', '名字', '人员', 'name', 'person'],
  first: ['开始日期', '起始日期', '开始', '起', '首日', 'first day', 'first', 'from', 'start'],
  last: ['结束日期', '截止日期', '结束', '止', '末日', 'last day', 'last', 'until', 'to', 'end'],
  note: ['备注', '事由', '说明', '类型', 'note', 'reason'],
} as const

type Column = keyof typeof headings

const columnNames = Object.keys(headings) as Column[]
/** Titles above the heading are common. */
const headingWithin = 10

/**
 * Enters leave from a spreadsheet (XLSX) or CSV file: name, first day, last day, note. A row that is wrong is reported
 * and stops no other; the same file again changes nothing. Throws PlainError where there is no such heading.
 * @param by who imports, a person's id; null: on the machine.
 */
export async function importLeave(
  store: Store,
  bytes: Uint8Array,
  now: Date,
  by: string | null,
): Promise<Omit<ImportReport, 'signedOut'>> {
  const rows = await readTable(bytes)
  const at = rows.slice(0, headingWithin).findIndex(({ cells }) => {
    const columns = cells.map(columnOf)
    return columns.includes('person') && columns.includes('first') && columns.includes('last')
  })
  if (at < 0) throw new PlainError('calendar:import.no-heading')
  const heading = rows[at]!.cells
  const columns = heading.map(columnOf)
  const reports = await store.transaction(async (trx) => {
    const made: RowReport[] = []
    for (const row of rows.slice(at + 1)) made.push(await enterRow(trx, row, columns, now, by))
    return made
  })
  return { rows: reports, ignored: heading.filter((text, i) => text !== '' && columns[i] === null) }
}

function columnOf(heading: string): Column | null {
  const name = bareWord(heading)
  return columnNames.find((column) => headings[column].some((known) => known === name)) ?? null
}

async function enterRow(
  trx: Trx,
  { line, cells }: TableRow,
  columns: readonly (Column | null)[],
  now: Date,
  by: string | null,
): Promise<RowReport> {
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? ''
  const name = cell('person')
  try {
    if (name === '') throw new PlainError('calendar:import.no-person')
    const person = await findPerson(trx, name)
    const today = dayIn(defaultZone, now)
    const first = cellDay(cell('first'), today)
    const given = { id: randomUUID(), person: person.id, first, last: cellDay(cell('last'), today), by }
    const outcome = await enterLeave(trx, { ...given, note: cell('note') }, now)
    return { line, name, outcome: outcome === 'same' ? 'unchanged' : 'added', reason: null }
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return { line, name, outcome: 'refused', reason: error }
  }
}

function cellDay(text: string, today: Day): Day {
  const day = parseDay(text, today)
  if (day === null) throw new PlainError('calendar:day.invalid', { text: text.slice(0, 40) })
  return day
}
