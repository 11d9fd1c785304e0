import type { Account } from '../chat/incoming.ts'
import { type Recipient, wordless } from '../chat/outgoing.ts'
import type { Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import { enqueue, type Lane } from './outbox.ts'

export interface Urging {
  /** For what the message presses, one or several matters: each of these presses once. */
  ids: readonly string[]
  /** The message: what `enqueue` returned. */
  of: string
  account: Account
  /** That of the message, behind which it stays. */
  lane: Lane
  /** Of `store.now(trx)`. */
  now: Date
}

/**
 * Has a message pressed upon its reader once it was sent, as its platform does that (加急); without effect where it does not,
 * where it refuses, and where all of the ids have pressed before.
 */
export async function enqueueUrgent(trx: Trx, { ids, of, account, lane, now }: Urging): Promise<void> {
  // What waited behind an earlier message of the same comes behind this one instead.
  await trx
    .deleteFrom('outbox')
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .where('lease_owner', 'is', null)
    .where('attempts', '=', 0)
    .execute()
  const before = await trx.selectFrom('outbox').select('id').where('id', 'in', ids).execute()
  const known = new Set(before.map(({ id }) => id))
  const to = { type: 'urgent' as const, account, of }
  const fresh = ids.filter((id) => !known.has(id))
  for (const id of fresh) await enqueue(trx, { id, to, card: wordless, lane, now })
  // One message presses once, however many matters it shows.
  await withdrawUrgent(trx, fresh.slice(1))
}

/** Takes back what has not pressed yet. What is in a worker's hands goes its way. */
export async function withdrawUrgent(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .where('lease_owner', 'is', null)
    .execute()
}

/** Which messages are to press, by the row that asks for it: the platform's ids. Those that were never sent are left out. */
export async function messagesToUrge(
  db: Reads,
  rows: readonly { id: string; recipient: string }[],
): Promise<Map<string, string>> {
  const asked = rows.flatMap((row) => {
    const to = JSON.parse(row.recipient) as Recipient
    return to.type === 'urgent' ? [{ id: row.id, of: to.of }] : []
  })
  if (asked.length === 0) return new Map()
  const messages = await db
    .selectFrom('outbox')
    .select(['id', 'message'])
    .where(
      'id',
      'in',
      asked.map(({ of }) => of),
    )
    .where('state', '=', 'sent')
    .execute()
  const messageOf = new Map(messages.map(({ id, message }) => [id, message]))
  return new Map(
    asked.flatMap(({ id, of }) => {
      const message = messageOf.get(of)
      return message ? [[id, message] as const] : []
    }),
  )
}
