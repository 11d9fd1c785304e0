import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'

/**
 * Takes messages back that have not been begun to be sent, with the edits that wait for them. Returns the ids of those
 * that are not sent any more; whatever else of the ids is sent, or about to be.
 */
export async function withdrawMessages(trx: Trx, ids: readonly string[]): Promise<string[]> {
  const withdrawn: string[] = []
  for (const piece of inPieces(ids)) {
    const rows = await trx
      .updateTable('outbox')
      .set({ state: 'superseded', card: null })
      .where('id', 'in', piece)
      .where('state', '=', 'waiting')
      .where('lease_owner', 'is', null)
      .where('in_doubt_since', 'is', null)
      .returning('id')
      .execute()
    withdrawn.push(...rows.map(({ id }) => id))
  }
  for (const piece of inPieces(withdrawn)) {
    await trx
      .updateTable('outbox')
      .set({ state: 'superseded', card: null })
      .where('of', 'in', piece)
      .where('state', '=', 'waiting')
      .execute()
  }
  return withdrawn
}
