import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'

/** Keeps why organisers change registrations, beside what changed. */
export async function noteReason(
  trx: Trx,
  event: string,
  registrations: readonly string[],
  { reason, by, now }: { reason: string; by: string; now: Date },
): Promise<void> {
  if (reason === '') return
  for (const piece of inPieces(registrations)) {
    const lines = piece.map((registration) => ({
      ...{ event, registration, change: 'reason', by, at: now.toISOString() },
      data: JSON.stringify({ type: 'reason', id: registration, reason }),
    }))
    await trx.insertInto('event_history').values(lines).execute()
  }
}
