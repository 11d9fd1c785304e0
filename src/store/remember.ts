import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

type Reader = Pick<Kysely<Tables>, 'selectFrom'> & { readonly isTransaction?: boolean }

/** What was read, by transaction and then by what was asked for. */
const known = new WeakMap<Reader, Map<string, Promise<unknown>>>()

/**
 * Reads something once for a transaction: whoever asks again within it gets the same, without a statement. Outside of one
 * it is read each time. Whoever changes what is read so calls `forgetRead` in the same transaction.
 * @param what names table and row; the same name is the same read.
 */
export function remember<T>(db: Reader, what: string, read: () => Promise<T>): Promise<T> {
  if (db.isTransaction !== true) return read()
  const reads = known.get(db) ?? new Map<string, Promise<unknown>>()
  known.set(db, reads)
  const before = reads.get(what) as Promise<T> | undefined
  if (before) return before
  const reading = read()
  reads.set(what, reading)
  reading.catch(() => reads.delete(what))
  return reading
}

/** What was read in this transaction of these is read anew. @param beginning of the names that were given. */
export function forgetRead(db: Reader, beginning: string): void {
  const reads = known.get(db)
  for (const what of reads?.keys() ?? []) if (what.startsWith(beginning)) reads?.delete(what)
}
