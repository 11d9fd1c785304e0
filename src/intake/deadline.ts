import { type KyselyPlugin, sql } from 'kysely'
import { PlainError } from '../messages/plain-error.ts'
import type { Trx } from '../store/store.ts'

/** The time by which something has to be committed, or it is undone. */
export interface Deadline {
  /**
   * Runs work within a transaction: what is not done in time is refused, and no statement of it follows the
   * rollback. Once it has returned, the commit is let through, where there is one.
   */
  within<T>(trx: Trx, work: (trx: Trx) => Promise<T>, options: { commits: boolean }): Promise<T>
  /** What the task resolves to; rejects with `chat:busy` at the deadline where its commit has not begun by then. */
  race<T>(task: Promise<T>): Promise<T>
  /** To be called at the end. */
  clear(): void
}

/** @param milliseconds From now. */
export function createDeadline(milliseconds: number): Deadline {
  const missed = Promise.withResolvers<never>()
  // Nobody may be listening when it is missed.
  missed.promise.catch(() => {})
  let state: 'open' | 'committing' | 'missed' = 'open'
  const busy = () => new PlainError('chat:busy')
  const endsAt = performance.now() + milliseconds
  const timer = setTimeout(() => {
    // A commit that has begun cannot be called back: its end is waited for.
    if (state === 'committing') return
    state = 'missed'
    missed.reject(busy())
  }, milliseconds)
  const refuseLate: KyselyPlugin = {
    transformQuery({ node }) {
      if (state === 'missed') throw busy()
      return node
    },
    transformResult: async ({ result }) => result,
  }

  return {
    async within(trx, work, { commits }) {
      // A commit that met a conflict is tried again: this try may be the one that comes too late.
      if (state === 'missed' || performance.now() >= endsAt) throw busy()
      state = 'open'
      const task = work(trx.withPlugin(refuseLate))
      task.catch(() => {})
      try {
        const result = await Promise.race([task, missed.promise])
        if (commits) state = 'committing'
        return result
      } catch (error) {
        // A statement under way ends first: after the rollback it would be on its own.
        await sql`select 1`.execute(trx).catch(() => {})
        throw error
      }
    },
    race: (task) => {
      task.catch(() => {})
      return Promise.race([task, missed.promise])
    },
    clear: () => clearTimeout(timer),
  }
}
