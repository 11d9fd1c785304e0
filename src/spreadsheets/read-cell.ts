/** A cell as it stands in a file. Dates have no zone; `error` is what a spreadsheet shows instead of a value: `#REF!`. */
export type ReadCell =
  | string
  | number
  | boolean
  | { day: string }
  | { minute: string }
  | { error: string }
  | null

export interface ReadRow {
  /** From 1, as spreadsheets count. */
  line: number
  /** By column from 0; columns without anything may be missing at the end. */
  cells: readonly ReadCell[]
}

/** In characters. What is longer is cut just behind it, so that whoever takes the text sees that it is too long. */
export const longestText = 100_000
/** Columns behind are not looked at; a spreadsheet has up to 16,384. */
export const mostColumns = 512
