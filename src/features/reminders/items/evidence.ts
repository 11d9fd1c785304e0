import type { IncomingFile } from '../../../chat/incoming.ts'
import type { Reads } from '../../../people/people.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'

/** A file that was sent in with what was done. */
export type Evidence = Pick<IncomingFile, 'name' | 'type' | 'size' | 'blob'> & { position: number }

/** From now on the files are kept for the item: the draft in which they came lets go of them. */
export async function keepEvidence(trx: Trx, item: string, files: readonly IncomingFile[]): Promise<void> {
  if (files.length === 0) return
  const rows = files.map(({ name, type, size, blob }, position) => ({
    ...{ item, position, name, type, size, blob },
  }))
  await trx.insertInto('reminder_evidence').values(rows).execute()
  await holdBlobs(
    trx,
    `reminder item ${item}`,
    rows.map(({ blob }) => blob),
  )
}

/** The files of items, by item; those without any are left out. */
export async function evidenceOf(db: Reads, items: readonly string[]): Promise<Map<string, Evidence[]>> {
  const found = new Map<string, Evidence[]>()
  for (const piece of inPieces(items)) {
    const rows = await db
      .selectFrom('reminder_evidence')
      .selectAll()
      .where('item', 'in', piece)
      .orderBy('position')
      .execute()
    for (const { item, ...file } of rows) found.set(item, [...(found.get(item) ?? []), file])
  }
  return found
}
