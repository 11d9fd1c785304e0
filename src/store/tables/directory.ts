import type { Instant } from '../tables.ts'

/** What a platform's directory says of an account that spoke, also of one that is nobody's. */
interface DirectoryEntryTable {
  platform: string
  installation: string
  user_id: string
  /** Empty where the directory says none. */
  name: string
  /** JSON array of names, the main department first. */
  departments: string
  language: string
  /** IANA name; empty where the directory says none. */
  time_zone: string
  /** When it was looked up last, because the account spoke. */
  seen_at: Instant
}

export interface DirectoryTables {
  directory_entry: DirectoryEntryTable
}
