import { PlainError } from '../messages/plain-error.ts'
import type { Store, Trx } from '../store/store.ts'
import { type ReadRecord, type RecordOptions, readRecords } from './read-records.ts'
import { SpreadsheetError } from './spreadsheet-error.ts'

/** Rows; a directory has hundreds, not more. */
const most = 5000
/** Rows of one transaction: others write in between. */
const atOnce = 50

/** A table that people hand in, and what they are told where it is none. */
interface Table<Column extends string> extends Omit<RecordOptions<Column>, 'most'> {
  /** Message keys in full: no row of headings was found; the file cannot be read, or is too large. */
  refusals: { header: string; table: string }
}

/** The rows of a table (XLSX or CSV), 5000 at most. Throws PlainError with one of the refusals. */
export async function readTable<Column extends string>(
  bytes: Uint8Array,
  { headings, needed, refusals }: Table<Column>,
): Promise<ReadRecord<Column>[]> {
  try {
    return await readRecords(bytes, { headings, needed, most })
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    throw new PlainError(error.why === 'no-header' ? refusals.header : refusals.table, {}, { cause: error })
  }
}

/**
 * Takes rows in, one after another and some in each transaction, and gives what became of them in their order. What
 * `take` throws ends it; what was committed before stays.
 * @param take May be called again for a row when its transaction is repeated.
 */
export async function takeRows<Row, Outcome>(
  store: Store,
  rows: readonly Row[],
  take: (trx: Trx, row: Row, now: Date) => Promise<Outcome>,
): Promise<Outcome[]> {
  const done: Outcome[] = []
  for (let from = 0; from < rows.length; from += atOnce) {
    const outcomes = await store.transaction(async (trx) => {
      const now = await store.now(trx)
      const taken: Outcome[] = []
      for (const row of rows.slice(from, from + atOnce)) taken.push(await take(trx, row, now))
      return taken
    })
    done.push(...outcomes)
  }
  return done
}
