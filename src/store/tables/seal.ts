/** The key of one matter, itself encrypted with `DATA_KEY`. Without its row nobody reads again what lies under it. */
interface SealKeyTable {
  /** A tag of the matter, so that the row says to nobody what it opens. */
  name: string
  wrapped: string
}

/** One row (id 1): by which it is seen at the start that `DATA_KEY` is the one of before. */
interface SealCheckTable {
  id: number
  tag: string
}

/** What holds a file that was sent into a form: a draft or a record. Documents of the library are not among them. */
interface BlobUseTable {
  hash: string
  /** `draft TAG` or `submission TAG`. */
  used_by: string
}

/** A file that something let go of: to be removed where nothing else holds it. */
interface BlobDroppedTable {
  hash: string
}

export interface SealTables {
  seal_key: SealKeyTable
  seal_check: SealCheckTable
  blob_use: BlobUseTable
  blob_dropped: BlobDroppedTable
}
