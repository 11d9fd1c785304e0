import { randomUUID } from 'node:crypto'
import { type ExpressionBuilder, sql } from 'kysely'
import type { IncomingMessage } from '../chat/incoming.ts'
import type { Store, Trx } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

/** What a process works: a platform, or one chat of it (a terminal's). */
export interface Served {
  platform: string
  chat?: string
}

/** A message that this process may work until its lease ends. */
export interface Claimed {
  position: number
  key: string
  platform: string
  /** JSON of the message. */
  payload: string
  /** How often handling it has thrown, and how often it was begun, this time counted in. */
  attempts: number
  claims: number
  /** Names this one claim: a lease that went to somebody else, even of the same process, is told by it. */
  owner: string
}

/** Written out, not bound: a partial index is used only where the query says its condition itself. */
export const waiting = sql.lit<'waiting'>('waiting')
/** Any number, the same in every replica: the name of the lock under which claims are made. */
const claimLock = 7236410022

export interface Inbox {
  /**
   * Leases up to `most` messages: of each conversation the oldest unfinished one, and none while another of it is at
   * work.
   */
  claim(most: number): Promise<Claimed[]>
  /** Whether there is anything to claim. */
  isDue(): Promise<boolean>
  /** Prolongs the leases of those still at work. */
  renew(claimed: readonly Claimed[]): Promise<void>
  /** Gives a message back; it is due again at `dueIn` milliseconds from now. */
  release(claimed: Claimed, attempts: number, dueIn: number): Promise<void>
  /** Gives back what this house held when it ended: where it is the only one that serves, nobody else holds any. */
  releaseAll(): Promise<void>
  /**
   * Marks a message as finished and forgets what it said; null where somebody else has it by now. `noticed`: the person
   * was told that the answer takes longer.
   */
  finish(
    trx: Trx,
    claimed: Claimed,
    state: 'done' | 'failed',
    now: Date,
  ): Promise<{ noticed: boolean } | null>
}

/** @param lease How long a claim holds, in milliseconds. */
export function createInbox(store: Store, serves: readonly Served[], lease: number): Inbox {
  const isPostgres = store.dialect === 'postgres'
  const after = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds).toISOString()

  const isServed = (where: ExpressionBuilder<Tables, 'inbox'>) =>
    where.or(
      serves.map(({ platform, chat }) =>
        chat === undefined
          ? where('platform', '=', platform)
          : where.and([where('platform', '=', platform), where('chat', '=', chat)]),
      ),
    )

  /** Those that may be begun now, oldest first. */
  const claimable = (db: Pick<Trx, 'selectFrom'>, now: string) =>
    db
      .selectFrom('inbox')
      .select('position')
      .where('state', '=', waiting)
      .where('due_at', '<=', now)
      .where(isServed)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('inbox as other')
              .select('other.position')
              .whereRef('other.conversation', '=', 'inbox.conversation')
              .where('other.state', '=', waiting)
              // Also finds the row itself while it is leased.
              .where((where) =>
                where.or([
                  where('other.position', '<', where.ref('inbox.position')),
                  where('other.lease_until', '>', now),
                ]),
              ),
          ),
        ),
      )
      .orderBy('position')

  async function isDue(): Promise<boolean> {
    const now = (await store.now()).toISOString()
    return (await claimable(store.db, now).limit(1).executeTakeFirst()) !== undefined
  }

  /** The last claim took as many as it might: there are others then, most likely. */
  let wasFull = false

  return {
    isDue,

    async claim(most) {
      // Looking costs no writer's turn, and mostly there is nothing.
      if (!wasFull && !(await isDue())) return []
      const found = await store.transaction(
        async (trx) => {
          // Two that claim at the same moment would not see one another's lease on the same conversation.
          if (isPostgres) await sql`select pg_advisory_xact_lock(${sql.lit(claimLock)})`.execute(trx)
          const at = await store.now(trx)
          const rows = await claimable(trx, at.toISOString())
            .limit(most)
            .$if(isPostgres, (query) => query.forUpdate().skipLocked())
            .execute()
          if (rows.length === 0) return []
          const owner = randomUUID()
          const claimed = await trx
            .updateTable('inbox')
            .set(({ eb }) => ({
              lease_owner: owner,
              lease_until: after(at, lease),
              claims: eb('claims', '+', 1),
            }))
            .where(
              'position',
              'in',
              rows.map(({ position }) => position),
            )
            .where('state', '=', waiting)
            .where('due_at', '<=', at.toISOString())
            .returning(['position', 'key', 'platform', 'payload', 'attempts', 'claims'])
            .execute()
          return claimed.map((row) => ({ ...row, owner })).sort((one, other) => one.position - other.position)
        },
        { isolation: 'row-locks' },
      )
      wasFull = found.length === most
      return found
    },

    async renew(claimed) {
      if (claimed.length === 0) return
      await store.transaction(
        async (trx) => {
          await trx
            .updateTable('inbox')
            .set({ lease_until: after(await store.now(trx), lease) })
            .where('state', '=', waiting)
            .where((where) =>
              where.or(
                claimed.map(({ position, owner }) =>
                  where.and([where('position', '=', position), where('lease_owner', '=', owner)]),
                ),
              ),
            )
            .execute()
        },
        { isolation: 'row-locks' },
      )
    },

    async release({ position, owner }, attempts, dueIn) {
      await store.transaction(
        async (trx) => {
          await trx
            .updateTable('inbox')
            .set({
              lease_owner: null,
              lease_until: null,
              attempts,
              due_at: after(await store.now(trx), dueIn),
            })
            .where('position', '=', position)
            .where('lease_owner', '=', owner)
            .where('state', '=', waiting)
            .execute()
        },
        { isolation: 'row-locks' },
      )
    },

    async releaseAll() {
      await store.transaction(async (trx) => {
        await trx
          .updateTable('inbox')
          .set({ lease_owner: null, lease_until: null })
          .where('state', '=', waiting)
          .where('lease_owner', 'is not', null)
          .where(isServed)
          .execute()
      })
    },

    async finish(trx, { position, owner, payload }, state, now) {
      const row = await trx
        .updateTable('inbox')
        .set({
          state,
          payload: withoutText(payload),
          done_at: now.toISOString(),
          lease_owner: null,
          lease_until: null,
        })
        .where('position', '=', position)
        .where('lease_owner', '=', owner)
        .where('state', '=', waiting)
        .returning('noticed_at')
        .executeTakeFirst()
      return row ? { noticed: row.noticed_at !== null } : null
    },
  }
}

/** What is left of a message that is over: by what it is known again. */
export function withoutText(payload: string): string {
  const { id, account, conversation, at } = JSON.parse(payload) as IncomingMessage
  return JSON.stringify({ id, account, conversation, at })
}
