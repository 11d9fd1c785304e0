import type { Reads } from '../../../people/people.ts'
import { openText, sealText } from '../../../seal/matters.ts'
import type { Sealer } from '../../../seal/sealer.ts'
import type { Trx } from '../../../store/store.ts'
import type { BookingRow } from '../records.ts'

/** What is said of a booking beside when and how many: who can be called lies in it, so all of it lies sealed. */
export interface BookingDetails {
  /** The unit that comes. */
  unit: string
  /** Who is called. */
  name: string
  phone: string
  purpose: string
  /** Other times that would do. */
  wishes: string
}

const place = 'resource_booking.details'

export function sealDetails(
  trx: Trx,
  sealer: Sealer,
  booking: string,
  details: BookingDetails,
): Promise<string> {
  return sealText(trx, sealer, booking, place, JSON.stringify(details))
}

/** Null where it was erased. */
export async function openDetails(
  db: Pick<Reads, 'selectFrom'>,
  sealer: Sealer,
  { id, details }: Pick<BookingRow, 'id' | 'details'>,
): Promise<BookingDetails | null> {
  const text = await openText(db, sealer, id, place, details)
  return text === null ? null : (JSON.parse(text) as BookingDetails)
}
