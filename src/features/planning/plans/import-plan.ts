import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { type ReadRecord, readRecords } from '../../../spreadsheets/read-records.ts'
import { SpreadsheetError } from '../../../spreadsheets/spreadsheet-error.ts'
import { parseDay } from '../../../timers/calendar/parse-day.ts'
import { type ItemColumn, itemHeadings, itemTableColumns, longest, neededColumns } from './columns.ts'
import { checkItem, differences, type ItemChanges, type ItemDraft, mostItems } from './keep-items.ts'
import type { Plan, PlanItem } from './records.ts'

/** A row of a table of items, as text. */
export type ItemRow = ReadRecord<ItemColumn>

/** What a row comes to, before anything counts. */
export interface RowPreview {
  /** From 1, as spreadsheets count. */
  line: number
  goal: string
  outcome: 'add' | 'change' | 'same' | 'refused'
  /** Old and new by column, of a change. */
  changes: ReturnType<typeof differences>
  /** Why it is refused; null: it is not. */
  reason: PlainError | null
  /** In which column; null: in the row as a whole. */
  column: ItemColumn | null
}

/** Reads a table of items (XLSX or CSV). Throws PlainError where the file is no such table. */
export async function readItemTable(bytes: Uint8Array): Promise<ItemRow[]> {
  try {
    return await readRecords(bytes, { headings: itemHeadings, needed: neededColumns, most: mostItems })
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    const key = error.why === 'no-header' ? 'planning:import.no-header' : 'planning:import.no-table'
    throw new PlainError(key, { most: mostItems }, { cause: error })
  }
}

/**
 * What the rows of a table come to for a plan: rows with the number of an item change it, those without add one, items that
 * are not in the table stay. Nothing is kept.
 */
export async function previewItems(
  db: Reads,
  { row, items }: Plan,
  rows: readonly ItemRow[],
): Promise<{ rows: RowPreview[]; changes: ItemChanges }> {
  const byPosition = new Map(items.map((item) => [item.position, item]))
  const seen = new Set<number>()
  const add: ItemDraft[] = []
  const change = new Map<string, ItemDraft>()
  const previews: RowPreview[] = []
  for (const { line, values } of rows) {
    if (itemTableColumns.every((column) => values[column] === '')) continue
    const preview: RowPreview = {
      ...{ line, goal: values.goal, outcome: 'add', changes: {}, reason: null, column: null },
    }
    previews.push(preview)
    try {
      const before = itemOf(values.position, byPosition, seen)
      const draft = await draftOf(db, values, before, row.year)
      if (!before) {
        add.push(draft)
        continue
      }
      preview.changes = differences(before, draft)
      preview.outcome = Object.keys(preview.changes).length === 0 ? 'same' : 'change'
      if (preview.outcome === 'change' && before.state !== 'open') {
        throw new ColumnError('position', 'planning:item-over', { goal: before.goal })
      }
      if (preview.outcome === 'change') change.set(before.id, draft)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      preview.outcome = 'refused'
      preview.reason = error
      preview.column = error instanceof ColumnError ? error.column : null
    }
  }
  return { rows: previews, changes: { add, change } }
}

/** What is wrong, and in which column. */
class ColumnError extends PlainError {
  readonly column: ItemColumn

  constructor(column: ItemColumn, ...rest: ConstructorParameters<typeof PlainError>) {
    super(...rest)
    this.column = column
  }
}

/** The item of a number; undefined where none is given. Throws PlainError for a number that is none, or comes twice. */
function itemOf(
  typed: string,
  byPosition: ReadonlyMap<number, PlanItem>,
  seen: Set<number>,
): PlanItem | undefined {
  if (typed === '') return
  const position = Number(typed.normalize('NFKC'))
  const item = byPosition.get(position)
  if (!item) throw new ColumnError('position', 'planning:import.no-position', { position: typed })
  if (seen.has(position)) throw new ColumnError('position', 'planning:import.twice', { position })
  seen.add(position)
  return item
}

async function draftOf(
  db: Reads,
  values: ItemRow['values'],
  before: PlanItem | undefined,
  year: number,
): Promise<ItemDraft> {
  for (const column of neededColumns) {
    if (values[column] === '') throw new ColumnError(column, 'planning:import.empty')
  }
  for (const column of itemTableColumns) {
    const most = longest[column]
    if (most !== undefined && Array.from(values[column]).length > most) {
      throw new ColumnError(column, 'planning:import.too-long', { most })
    }
  }
  const draft: ItemDraft = {
    ...{ section: values.section, goal: values.goal, measure: values.measure, target: values.target },
    owner: await ownerNamed(db, values.owner, before?.owner ?? null),
    clause: numberIn('clause', values.clause, 'planning:no-clause'),
    budget: numberIn('budget', values.budget, 'planning:no-budget'),
    startsOn: dayIn('starts', values.starts, year),
    endsOn: dayIn('ends', values.ends, year),
  }
  checkItem(draft, year)
  return draft
}

function numberIn(column: ItemColumn, typed: string, key: string): number | null {
  if (typed === '') return null
  const text = typed.normalize('NFKC').replaceAll(/[,，\s元]/gu, '')
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value)) throw new ColumnError(column, key)
  return value
}

function dayIn(column: ItemColumn, typed: string, year: number): string {
  const day = /\d{4}/u.test(typed) ? parseDay(typed, `${year}-01-01`) : null
  if (day === null) throw new ColumnError(column, 'planning:no-day', { day: typed })
  if (day.slice(0, 4) !== String(year)) throw new ColumnError(column, 'planning:other-year', { day, year })
  return day
}

/**
 * The one person of a name; null where none is named. Whoever has the item already is meant, also where others are called
 * the same. Throws PlainError where nobody or more than one is.
 */
async function ownerNamed(db: Reads, name: string, before: string | null): Promise<string | null> {
  if (name === '') return null
  const found = await db.selectFrom('person').select('id').where('name', '=', name).limit(20).execute()
  if (before !== null && found.some(({ id }) => id === before)) return before
  if (found.length !== 1) throw new ColumnError('owner', 'planning:no-person', { name })
  return found[0]?.id ?? null
}
