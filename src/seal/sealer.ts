/**
 * Encrypts what must not lie open: AES-256-GCM with a key of its own for each record, which is itself encrypted with
 * `DATA_KEY`. Where a record's key is removed nobody reads it again, also not in an older copy of the rows.
 */
export interface Sealer {
  /** A new key, encrypted, to be kept in a row of its own. */
  newKey(): string
  /** @param place Names table, record and column: a text moved elsewhere cannot be opened. */
  seal(key: string, place: string, text: string): string
  /** Throws where key, place or text are not what was sealed. */
  open(key: string, place: string, sealed: string): string
  /** The same for the same text, and no way back: by which an author finds their own again. */
  tag(text: string): string
}
