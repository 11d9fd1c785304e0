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

/** A table of the bot that is kept in step with one of a Feishu Bitable. */
export interface BitableConnectionTable {
  id: string
  /** Name of what is pushed. */
  source: string
  /** Whose rows, with those below it. */
  organisation: string
  app_token: string
  table_id: string
  /** `failed`: somebody must do something first, as `problem` says. */
  state: 'on' | 'failed' | 'off'
  /** Key of the message that says what is wrong; null: nothing. */
  problem: string | null
  due_at: Instant
  /** Until when a worker has it; null: nobody. */
  lease: Instant | null
  pushed_at: Instant | null
  made_by: string
  made_at: Instant
  ended_at: Instant | null
}

interface BitableRowTable {
  connection: string
  /** By the source's own name for it. */
  row: string
  /** Of what was pushed last. */
  hash: string
  /** UUID under which it is created, until that is known to have been done. */
  batch: string | null
  /** The vendor's id; null: it may not be there yet. */
  record: string | null
}

export interface DocumentTables {
  handed_file: HandedFileTable
  upload: UploadTable
  bitable_connection: BitableConnectionTable
  bitable_row: BitableRowTable
}
