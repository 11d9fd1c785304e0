import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { lateFrom } from '../running/due-times.ts'

/** Those of the messages that went out late, or lie there for so long already. */
export async function lateMessages(trx: Trx, messages: readonly string[], now: Date): Promise<Set<string>> {
  const late = new Set<string>()
  for (const piece of inPieces(messages)) {
    const rows = await trx
      .selectFrom('outbox')
      .select(['id', 'created_at', 'sent_at'])
      .where('id', 'in', piece)
      .execute()
    for (const { id, created_at, sent_at } of rows) {
      const until = sent_at === null ? now.getTime() : Date.parse(sent_at)
      if (until - Date.parse(created_at) >= lateFrom) late.add(id)
    }
  }
  return late
}
