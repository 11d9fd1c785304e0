import type { ColumnTypes } from '../connections.ts'

export const columnTypes: ColumnTypes = {
  bytes: 'bytea',
  counter: { type: 'serial', define: (column) => column.primaryKey() },
}
