import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'

/** What was said about a change, by the registration that it concerns. */
export interface HistoryNotes {
  /** Why organisers took a registration back or declined it. */
  reasons: ReadonlyMap<string, string>
  /** Why somebody wants to be let go after the deadline. */
  leaving: ReadonlyMap<string, string>
}

/** Keeps why organisers change registrations, before they do: whoever tells the registrants reads it there. */
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

/** What was noted in the transaction of this moment. */
export async function notesAt(db: Reads, event: string, now: Date): Promise<HistoryNotes> {
  const rows = await db
    .selectFrom('event_history')
    .select(['registration', 'change', 'data'])
    .where('event', '=', event)
    .where('at', '=', now.toISOString())
    .where('change', 'in', ['reason', 'asked-to-leave'])
    .execute()
  const of = (change: string) =>
    new Map(
      rows.flatMap((row): [string, string][] => {
        if (row.change !== change || row.registration === null) return []
        const { reason = '' } = JSON.parse(row.data) as { reason?: string }
        return [[row.registration, reason]]
      }),
    )
  return { reasons: of('reason'), leaving: of('asked-to-leave') }
}
