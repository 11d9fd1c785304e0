import type { Reads } from '../people/people.ts'
import { inPieces } from '../store/in-pieces.ts'
import type { TimerRule } from './set-timer.ts'

/** When those of these timers are due that wait; the others are not among them. */
export async function readWaiting(db: Reads, ids: readonly string[]): Promise<Map<string, Date>> {
  const waiting = new Map<string, Date>()
  for (const piece of inPieces(ids)) {
    const rows = await db
      .selectFrom('timer')
      .select(['id', 'due_at'])
      .where('id', 'in', piece)
      .where('state', '=', 'waiting')
      .execute()
    for (const { id, due_at } of rows) waiting.set(id, new Date(due_at))
  }
  return waiting
}

/** From when the working time of a timer that waits is counted; null: it does not wait, or was set to a given time. */
export async function countedSince(db: Reads, id: string): Promise<Date | null> {
  const row = await db
    .selectFrom('timer')
    .select('rule')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  const { from } = JSON.parse(row?.rule ?? '{}') as Partial<TimerRule>
  return from === undefined ? null : new Date(from)
}
