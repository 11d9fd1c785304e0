import type { Pace } from '../chat/outgoing.ts'
import type { DialectName } from '../store/connections.ts'
import type { Trx } from '../store/store.ts'

/** How fast the chat or the app of that name may be spoken to. */
export interface Paced {
  name: string
  pace: Pace
}

/** The name of an app's pace; a chat's is its address. */
export function appPaceName(platform: string, installation: string): string {
  return `app:${platform} ${installation}`
}

/**
 * Of `rows`, those that may go now, in their order; the pace of each is taken. Kept in the database by one instant per
 * name (GCRA without a burst: one operation every `per / most`), so that any number of processes together keep it, and
 * no window of `per` ever holds more than `most`.
 * @param pacesOf names are the same for all rows of a chat or app.
 */
export async function takePace<Row>(
  trx: Trx,
  rows: readonly Row[],
  pacesOf: (row: Row) => readonly Paced[],
  { now, dialect }: { now: Date; dialect: DialectName },
): Promise<Row[]> {
  const names = [...new Set(rows.flatMap((row) => pacesOf(row).map(({ name }) => name)))].sort()
  if (names.length === 0) return [...rows]
  // Locked in the order of their names, so that two processes that want the same ones wait instead of deadlocking.
  await trx
    .insertInto('outbox_pace')
    .values(names.map((name) => ({ name, next_at: now.toISOString() })))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const kept = await trx
    .selectFrom('outbox_pace')
    .selectAll()
    .where('name', 'in', names)
    .orderBy('name')
    .$if(dialect === 'postgres', (query) => query.forUpdate())
    .execute()
  const next = new Map(kept.map((row) => [row.name, Date.parse(row.next_at)]))
  const taken = new Map<string, number>()
  const going = rows.filter((row) => {
    const paces = pacesOf(row)
    if (paces.some(({ name }) => (next.get(name) ?? 0) > now.getTime())) return false
    for (const { name, pace } of paces) {
      const free = now.getTime() + Math.ceil(pace.per / pace.most)
      next.set(name, free)
      taken.set(name, free)
    }
    return true
  })
  if (taken.size > 0) {
    await trx
      .insertInto('outbox_pace')
      .values([...taken].map(([name, free]) => ({ name, next_at: new Date(free).toISOString() })))
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((set) => ({ next_at: set.ref('excluded.next_at') })),
      )
      .execute()
  }
  return going
}

/** When the next chat or app that waits for its pace may be spoken to; null: none waits. */
export async function nextPace(trx: Trx, now: Date): Promise<Date | null> {
  const row = await trx
    .selectFrom('outbox_pace')
    .select('next_at')
    .where('next_at', '>', now.toISOString())
    .orderBy('next_at')
    .limit(1)
    .executeTakeFirst()
  return row ? new Date(row.next_at) : null
}
