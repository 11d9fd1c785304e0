import type { ColumnTypes } from '../connections.ts'
import { fullText } from './full-text.ts'

export const columnTypes: ColumnTypes = {
  bytes: 'bytea',
  counter: { type: 'serial', define: (column) => column.primaryKey() },
  fullText,
}
