import type { Flag, Instant } from '../tables.ts'

/** A table that a person pushes to a base, once or daily. */
interface PushTable {
  id: string
  /** Which table: `ledger`, `collection`; and of which record, by its id: empty where there is only one. */
  source: string
  record: string
  person: string
  title: string
  /** JSON of the account that is told. */
  account: string
  language: 'zh-CN' | 'en'
  /** Empty: to be made. */
  base: string
  url: string
  /** 1: the person gave the base, which the bot never made. */
  given: Flag
  /** A table of the base that is to be removed; empty: none. */
  spare: string
  shared: Flag
  state: 'waiting' | 'done' | 'failed'
  /** Why it failed; empty else. */
  problem: string
  daily: Flag
  /** How often it was asked for: what is asked while it runs makes it run again. */
  asked: number
  /** Up to which of these its person was told how it went; what runs at night was not asked for. */
  told: number
  attempts: number
  due_at: Instant
  leased_until: Instant | null
  pushed_at: Instant | null
}

/** A sheet's table in the base. */
interface PushSheetTable {
  push: string
  sheet: string
  online_table: string
  /** JSON: names and types. */
  columns: string
}

/** A row that the bot wrote, or is about to write where `online_row` is null. */
interface PushRowTable {
  push: string
  sheet: string
  row_key: string
  /** Of what was written. */
  digest: string
  online_row: string | null
}

export interface PushTables {
  push: PushTable
  push_sheet: PushSheetTable
  push_row: PushRowTable
}
