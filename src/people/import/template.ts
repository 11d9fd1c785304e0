import { templateHeadings } from './columns.ts'

/** Rows that show what can be said; they can be imported as they are. */
const examples = [
  ['', '示例集团', '', '集团', '', '', '', '', ''],
  ['', '示例分公司', '示例集团', '分会', '', '', '', '', ''],
  ['张三', '示例分公司', '示例集团', '', '干部、联络员', '2026-01-01', '', '', '李四'],
  ['李四', '示例集团', '', '', '领导', '', '', '', ''],
]

/** A CSV file to fill in. Spreadsheets take a file for UTF-8 only if it begins with the mark. */
export function peopleTemplate(): string {
  return `\ufeff${[templateHeadings, ...examples].map((row) => `${row.join(',')}\r\n`).join('')}`
}
