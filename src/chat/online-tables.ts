import type { Account } from './incoming.ts'

/** Tables that people keep and edit together on a platform, gathered in bases. */
export interface OnlineTables {
  /** The platform's name, as accounts have it. */
  readonly platform: string
  /** What the vendor takes: rows of a table and of a call, columns, characters of a text. */
  readonly limits: { rows: number; batch: number; columns: number; text: number }
  /** The base that a link leads to; null where it is no such link. */
  baseIn(link: string): string | null
  /** Makes an empty base; `spare` is the table that the vendor puts into it, and that is to be removed. */
  createBase(name: string): Promise<{ base: string; url: string; spare: string }>
  /** Lets an account do everything with a base; again is no harm. */
  share(base: string, account: Account): Promise<void>
  createTable(base: string, name: string, columns: readonly OnlineColumn[]): Promise<string>
  /** Without effect where it is gone. */
  removeTable(base: string, table: string): Promise<void>
  addColumn(base: string, table: string, column: OnlineColumn): Promise<void>
  /** Makes texts of a column's numbers or days. */
  widenColumn(base: string, table: string, name: string): Promise<void>
  /** Adds rows; the same token, a UUID, again adds none. Returns their ids in order. */
  addRows(base: string, table: string, rows: readonly OnlineCells[], token: string): Promise<string[]>
  changeRows(base: string, table: string, rows: readonly { id: string; cells: OnlineCells }[]): Promise<void>
  removeRows(base: string, table: string, ids: readonly string[]): Promise<void>
  /** The text of one column in all rows that are there, by the ids of the rows. */
  textsOf(base: string, table: string, column: string): Promise<Map<string, string>>
}

export interface OnlineColumn {
  name: string
  type: 'text' | 'number' | 'time'
}

/** By the names of columns; a time is milliseconds since 1970; null empties the cell. */
export type OnlineCells = Record<string, string | number | null>

/**
 * Why a call did not succeed. `later`: nothing is lost by trying again; `row-gone`: somebody deleted a row there; `full`:
 * no more rows, columns or tables are taken.
 */
export class OnlineTableError extends Error {
  readonly kind: 'later' | 'not-allowed' | 'gone' | 'row-gone' | 'full' | 'refused'
  /** Milliseconds, where the vendor said it. */
  readonly wait: number | undefined

  constructor(
    kind: OnlineTableError['kind'],
    { wait, cause }: { wait?: number | undefined; cause?: unknown } = {},
  ) {
    super(`online tables: ${kind}`, { cause })
    this.kind = kind
    this.wait = wait
  }
}
