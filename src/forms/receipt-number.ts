import type { Trx } from '../store/store.ts'

/** The numbers that a transaction has given out; it goes with the transaction. */
const givenOut = new WeakMap<object, Set<string>>()

/** Whether a number was given out in this transaction: what carries it is new, and stood nowhere before. */
export function isNewNumber(trx: Trx, number: string): boolean {
  return givenOut.get(trx)?.has(number) ?? false
}

/**
 * The next number of its kind, such as `WD-2026-0001`: without gaps, since it is given out with the record or not at
 * all. Whoever asks meanwhile waits for this transaction.
 * @param year of the calendar of China.
 */
export async function nextNumber(trx: Trx, prefix: string, year: number): Promise<string> {
  const [number] = await nextNumbers(trx, prefix, year, { count: 1, digits: 4 })
  return number!
}

/** As `nextNumber`, so many in their order, in one statement. */
export async function nextNumbers(
  trx: Trx,
  prefix: string,
  year: number,
  { count, digits }: { count: number; digits: number },
): Promise<string[]> {
  if (count === 0) return []
  const { last } = await trx
    .insertInto('form_number')
    .values({ prefix, year, last: count })
    .onConflict((conflict) =>
      conflict
        .columns(['prefix', 'year'])
        .doUpdateSet(({ eb }) => ({ last: eb('form_number.last', '+', count) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  const first = Number(last) - count + 1
  const numbers = Array.from(
    { length: count },
    (_, n) => `${prefix}-${year}-${String(first + n).padStart(digits, '0')}`,
  )
  const given = givenOut.get(trx) ?? new Set()
  for (const number of numbers) given.add(number)
  givenOut.set(trx, given)
  return numbers
}
