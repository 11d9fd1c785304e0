import type { Language } from '../../chat/language.ts'
import type { OnlineTables } from '../../chat/online-tables.ts'
import type { Sheet } from '../../spreadsheets/write-workbook.ts'
import type { Store } from '../../store/store.ts'

/** What all parts of this feature work with. */
export interface PushesContext {
  store: Store
  tables: readonly ExportableTable[]
  /** Where tables can be pushed to; empty: nowhere. */
  onlineTables(): readonly OnlineTables[]
  wakeWorkers(): void
}

/** A table that may be exported: what the feature that owns it gives out as a file anyway. */
export interface ExportableTable {
  /** First part of its name in the database; the same for ever. */
  name: string
  /** What it is asked for by; empty where a record's number says which is meant. */
  words: Record<Language, readonly string[]>
  /** Of the numbers of its records; null: there is one table for the house. */
  number: RegExp | null
  /**
   * Opens it with the rights of a person now, as its export does. Throws PlainError where they may not, or there is none.
   * @param record Number or id; empty where there is one for the house.
   */
  open(asked: TableRequest): Promise<OpenedTable>
}

export interface TableRequest {
  record: string
  person: string
  language: Language
  now: Date
}

export interface OpenedTable {
  /** The record's id; empty where there is one for the house. */
  record: string
  title: string
  /** The file's, as cells. */
  sheets: readonly Sheet[]
  /** By sheet: the columns that tell its rows apart, from 0. */
  keys: readonly (readonly number[])[]
}
