import type { ColumnTypes } from '../connections.ts'
import { fullText } from './full-text.ts'

export const columnTypes: ColumnTypes = {
  bytes: 'blob',
  // Without autoincrement SQLite gives the number of a deleted last row once more.
  counter: { type: 'integer', define: (column) => column.primaryKey().autoIncrement() },
  fullText,
}
