import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import type { Expert } from './directory.ts'
import { expertColumns, expertHeadings } from './import-experts.ts'

const widths = [14, 24, 30, 40, 18, 10, 16, 10]

/**
 * Experts as a file with the headings of the import, so that it can be taken in elsewhere, and number and state beside.
 * @param today `YYYY-MM-DD`, for the file's name.
 */
export function exportExperts(
  experts: readonly Expert[],
  { format, language, today }: { format: 'xlsx' | 'csv'; language: Language; today: string },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = translate(language, 'problems:expert.title')
  const rows = rowsOf(experts, language)
  return {
    pieces: format === 'xlsx' ? writeWorkbook([{ name: title, rows, headings: 1, widths }]) : writeCsv(rows),
    name: `${title}-${today}.${format}`,
    type:
      format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
  }
}

async function* rowsOf(experts: readonly Expert[], language: Language): AsyncGenerator<Cell[]> {
  // Nobody is in the directory who did not agree.
  const agreed = translate(language, 'forms:value.yes')
  const own = expertColumns.map((column) => expertHeadings[column][language === 'en' ? 1 : 0] ?? column)
  const number = translate(language, 'problems:command.column.number')
  yield [...own, number, translate(language, 'problems:command.column.state')]
  for (const expert of experts) {
    const cells = expertColumns.map((column) => (column === 'consent' ? agreed : expert[column]))
    yield [...cells, expert.number, translate(language, `problems:expert.${expert.state}`)]
  }
}
