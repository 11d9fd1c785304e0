import type { ColumnTypes } from '../connections.ts'

export const columnTypes: ColumnTypes = { bytes: 'blob' }
