import { sql } from 'kysely'
import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import { type Lane, lanes } from './outbox.ts'

/** Written out, not bound: SQLite uses the index of what waits only where it reads that it is asked for just that. */
const waiting = sql.lit('waiting' as const)

/**
 * The messages of a lane that were put in until then and still wait, in their order, after a place in it. `isAny`: whether
 * any of the lane waits, also a newer one.
 */
export async function heldMessages(
  trx: Trx,
  { lane, until, after, most }: { lane: Lane; until: Date; after: number; most: number },
): Promise<{ held: { id: string; seq: number }[]; isAny: boolean }> {
  const ofLane = trx
    .selectFrom('outbox')
    .select(['id', 'seq'])
    .where('state', '=', waiting)
    .where('lane', '=', lanes.indexOf(lane))
    .where('operation', '=', 'send')
  const held = await ofLane
    .where('created_at', '<=', until.toISOString())
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(most)
    .execute()
  return { held, isAny: (await ofLane.limit(1).executeTakeFirst()) !== undefined }
}

/** Those of the messages that lay here for so many milliseconds before they went out, or lie here for so long already. */
export async function lateMessages(
  trx: Trx,
  ids: readonly string[],
  { from, now }: { from: number; now: Date },
): Promise<Set<string>> {
  const late = new Set<string>()
  for (const piece of inPieces(ids)) {
    const rows = await trx
      .selectFrom('outbox')
      .select(['id', 'created_at', 'sent_at'])
      .where('id', 'in', piece)
      .execute()
    for (const { id, created_at, sent_at } of rows) {
      const until = sent_at === null ? now.getTime() : Date.parse(sent_at)
      if (until - Date.parse(created_at) >= from) late.add(id)
    }
  }
  return late
}
