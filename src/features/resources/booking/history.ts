import { randomUUID } from 'node:crypto'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { BookingRow } from '../records.ts'

/** Notes what happened to a booking. @param what the state it came to, or `asked-again`, `rated`. */
export async function keepHistory(
  trx: Trx,
  { id }: Pick<BookingRow, 'id'>,
  what: BookingRow['state'] | 'asked-again' | 'rated',
  { by, words, now }: { by: string | null; words: string; now: Date },
): Promise<void> {
  await trx
    .insertInto('resource_history')
    .values({ id: randomUUID(), booking: id, what, words, by, at: now.toISOString() })
    .execute()
}

/** What became of a booking, first to last. */
export async function historyOf(
  db: Reads,
  booking: string,
): Promise<{ what: string; words: string; by: string | null; at: string }[]> {
  return db
    .selectFrom('resource_history')
    .select(['what', 'words', 'by', 'at'])
    .where('booking', '=', booking)
    .orderBy('at')
    .orderBy('id')
    .execute()
}
