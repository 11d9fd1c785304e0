import type { Trx } from '../store/store.ts'

/**
 * The next number of its kind, such as `WD-2026-0001`: without gaps, since it is given out with the record or not at
 * all. Whoever asks meanwhile waits for this transaction.
 * @param year of the calendar of China.
 */
export async function nextNumber(trx: Trx, prefix: string, year: number): Promise<string> {
  const { last } = await trx
    .insertInto('form_number')
    .values({ prefix, year, last: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['prefix', 'year'])
        .doUpdateSet(({ eb }) => ({ last: eb('form_number.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return `${prefix}-${year}-${String(last).padStart(4, '0')}`
}
