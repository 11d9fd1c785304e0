import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { type BookingRow, readBooking } from '../records.ts'
import { keepHistory } from './history.ts'
import { longestReason } from './settle.ts'
import { refused } from './when.ts'

/** Keeps what whoever came says of it, once. Throws PlainError before it is over, and of somebody else's. */
export async function rate(
  trx: Trx,
  given: { booking: string; by: { person: string } | 'receipt'; rating: number; comment: string; now: Date },
): Promise<BookingRow> {
  const { by, rating, now } = given
  const booking = await readBooking(trx, given.booking)
  const isTheirs = by === 'receipt' ? booking.person === null : booking.person === by.person
  if (!isTheirs) throw refused('not-yours')
  if (booking.state !== 'over' || booking.rating !== null) throw refused('settled')
  if (!(Number.isInteger(rating) && rating >= 1 && rating <= 5))
    throw new PlainError('resources:wrong.rating')
  const changes = {
    ...{ rating, comment: given.comment.toWellFormed().trim().slice(0, longestReason) },
    changed_at: now.toISOString(),
  }
  await trx.updateTable('resource_booking').set(changes).where('id', '=', booking.id).execute()
  const person = by === 'receipt' ? null : by.person
  await keepHistory(trx, booking, 'rated', { by: person, words: changes.comment, now })
  return { ...booking, ...changes }
}
