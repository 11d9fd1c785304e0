import type { Store, Trx } from '../store/store.ts'
import type { ClaimedTimer } from './claim-due.ts'
import type { AtTimerStep } from './steps.ts'
import type { TimerBatch, TimerPayload } from './timers.ts'

interface Together {
  store: Store
  kind: string
  batch: TimerBatch
  /** The worker's name in the rows that it claimed. */
  owner: string
  steps: AtTimerStep
  /** Told of each commit. */
  committed(): Promise<void>
  /** Has one that failed by itself wait for its next try. */
  putOff(timer: ClaimedTimer, error: unknown): Promise<void>
}

/** Timers that were claimed so often run alone: one that ends the process must not take the others with it each time. */
const triedTogether = 3

/**
 * Runs claimed timers of one kind in one transaction. Where it fails each half is tried by itself, down to the single
 * timers, so that one that cannot run costs a few transactions and holds up none of the others.
 */
export async function runTogether(together: Together, timers: readonly ClaimedTimer[]): Promise<void> {
  const worn = timers.filter(({ attempts }) => attempts > triedTogether)
  await runOrHalve(
    together,
    timers.filter((timer) => !worn.includes(timer)),
  )
  for (const timer of worn) await runOrHalve(together, [timer])
}

async function runOrHalve(together: Together, timers: readonly ClaimedTimer[]): Promise<void> {
  if (timers.length === 0) return
  const { store } = together
  try {
    await store.transaction((trx) => handleAll(trx, together, timers), { isolation: 'row-locks' })
  } catch (error) {
    if (timers.length === 1) return together.putOff(timers[0]!, error)
    const half = Math.ceil(timers.length / 2)
    await runOrHalve(together, timers.slice(0, half))
    await runOrHalve(together, timers.slice(half))
    return
  }
  await together.committed()
}

/** Marks them as done and does them, all or nothing: those that are still due and in hand, and not to be counted again. */
async function handleAll(
  trx: Trx,
  { store, kind, batch, owner, steps }: Together,
  timers: readonly ClaimedTimer[],
): Promise<void> {
  const now = await store.now(trx)
  const rows = await trx
    .selectFrom('timer')
    .select(['id', 'payload'])
    .where(
      'id',
      'in',
      timers.map(({ id }) => id),
    )
    .where('kind', '=', kind)
    .where('state', '=', 'waiting')
    .where('lease_owner', '=', owner)
    .where('stale', '=', 0)
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .orderBy('id')
    // Whoever marks them as stale meanwhile waits, and then finds what is set anew.
    .$if(store.dialect === 'postgres', (query) => query.forUpdate())
    .execute()
  if (rows.length === 0) return
  // Before they are handled: most are set anew.
  await trx
    .updateTable('timer')
    .set({ state: 'done', done_at: now.toISOString(), lease_owner: null, lease_until: null })
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  const due = rows.map(({ id, payload }) => ({ id, payload: JSON.parse(payload) as TimerPayload }))
  await batch.runAll(trx, due, now)
  await steps('handled')
}
