import { PlainError } from '../../../messages/plain-error.ts'
import { csvTemplate } from '../../../spreadsheets/csv-template.ts'
import { readTable, takeRows } from '../../../spreadsheets/import-records.ts'
import type { Store } from '../../../store/store.ts'
import { enterExpert } from './directory.ts'

/** Every heading under which a column is known; the first is what the template says, the second what it is in English. */
export const expertHeadings = {
  name: ['姓名', 'name'],
  organisation: ['单位', 'organisation', '所在单位', '工作单位', 'organization', 'unit'],
  fields: ['专业领域', 'fields', '领域', '专业', '研究方向', 'field'],
  description: ['专长与经历', 'description', '专长', '简介', '经历'],
  contact: ['联系方式', 'contact', '电话', '联系电话', 'phone'],
  consent: ['本人同意', 'agreed', '是否同意', 'consent'],
} as const

type Column = keyof typeof expertHeadings

export const expertColumns = Object.keys(expertHeadings) as Column[]

/** What stands in a column of a person who agreed. */
const yes = /^(?:是|同意|已同意|✓|√|y|yes|true|1)$/i

/** What became of a row. */
export interface ExpertRow {
  /** From 1, as spreadsheets count. */
  line: number
  name: string
  /** Of the expert; null: not taken. */
  number: string | null
  /** Why it was not taken; null: it was. */
  reason: PlainError | null
}

/** A CSV file to fill in. */
export function expertsTemplate(): string {
  return csvTemplate(expertHeadings, [
    '林教授',
    '冶金大学',
    '铸件热处理、变形控制',
    '研究铸钢件热处理变形二十年。',
    '13900000000',
    '是',
  ])
}

/**
 * Takes in a table of experts from outside (XLSX or CSV), one a row; the same name of the same organisation is changed.
 * Rows that are wrong are reported and change nothing. Throws PlainError where the file is no such table.
 * @param root Whose directory it is.
 */
export async function importExperts(
  store: Store,
  bytes: Uint8Array,
  { root, enteredBy }: { root: string; enteredBy: string | null },
): Promise<ExpertRow[]> {
  const rows = await readTable(bytes, {
    ...{ headings: expertHeadings, needed: ['name', 'fields'] },
    refusals: { header: 'problems:command.no-header', table: 'problems:command.no-table' },
  })
  return takeRows(store, rows, async (trx, { line, values: { consent, ...words } }, now) => {
    try {
      if (words.name === '') throw new PlainError('problems:command.no-name')
      if (!yes.test(consent)) throw new PlainError('problems:command.no-consent')
      const { number } = await enterExpert(trx, {
        ...{ ...words, root, person: null, source: 'import', consent: true },
        ...{ enteredBy, approved: true, now },
      })
      return { line, name: words.name, number, reason: null }
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return { line, name: words.name, number: null, reason: error }
    }
  })
}
