import type { Instant } from '../tables.ts'

/** A file that the bot made and gave an address at which whoever has the address reads it. */
interface HandedFileTable {
  /** Not to be guessed: it is the key. */
  token: string
  /** SHA-256, its name in the blob store. */
  blob: string
  name: string
  media_type: string
  handed_at: Instant
  /** With which it ends, such as a notice; empty: with none. */
  matter: string
  /** When it is not read there any more; null: as long as it is kept. */
  until: Instant | null
}

/** What a platform calls a file that it was given, so that it is given once. */
interface UploadTable {
  /** Platform and app, such as `feishu cli_0123`. */
  place: string
  /** `picture BLOB` or `document BLOB NAME`. */
  what: string
  key: string
  at: Instant
}

export interface DocumentTables {
  handed_file: HandedFileTable
  upload: UploadTable
}
