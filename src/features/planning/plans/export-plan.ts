import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import { type ItemColumn, itemHeadings, itemTableColumns } from './columns.ts'
import { itemStateTitle } from './plan-texts.ts'
import type { Plan, PlanItem } from './records.ts'

export const planFormats = ['xlsx', 'csv'] as const

const widths = [8, 16, 32, 8, 40, 30, 12, 14, 14, 14, 12, 12]

/**
 * A plan's items as a file with the headings of the import, so that it can be changed in a spreadsheet and taken in again, and
 * how far they are beside. A plan without items gives a file to fill in.
 * @param names Of owners, by id.
 */
export function exportPlan(
  { row, items }: Plan,
  names: ReadonlyMap<string, string>,
  { format, language }: { format: (typeof planFormats)[number]; language: Language },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const rows = rowsOf(items, names, language)
  return {
    pieces: format === 'xlsx' ? writeWorkbook([{ name: row.number, rows, widths }]) : writeCsv(rows),
    name: `${row.number}.${format}`,
    type:
      format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
  }
}

async function* rowsOf(
  items: readonly PlanItem[],
  names: ReadonlyMap<string, string>,
  language: Language,
): AsyncGenerator<Cell[]> {
  yield [
    ...itemTableColumns.map((column) => itemHeadings[column][language === 'en' ? 1 : 0]),
    ...(['percent', 'state'] as const).map((column) => translate(language, `planning:column.${column}`)),
  ]
  for (const item of items) {
    const values: Record<ItemColumn, Cell> = {
      ...{ position: item.position, section: item.section, goal: item.goal, clause: item.clause ?? '' },
      ...{ measure: item.measure, target: item.target, owner: names.get(item.owner ?? '') ?? '' },
      ...{ budget: item.budget ?? '', starts: { day: item.starts_on }, ends: { day: item.ends_on } },
    }
    yield [
      ...itemTableColumns.map((column) => values[column]),
      item.percent,
      itemStateTitle(item.state, language),
    ]
  }
}
