import { randomUUID } from 'node:crypto'
import type { Card } from '../chat/card.ts'
import type { Recipient } from '../chat/outgoing.ts'
import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import { addressKey, installationOf } from './addresses.ts'

/** What goes out first, from the first to the last; their places are the numbers in the table. */
export const lanes = ['reply', 'confirmation', 'reminder', 'broadcast'] as const

export type Lane = (typeof lanes)[number]

export interface OutgoingMessage {
  /** Given by the caller and made of its cause: the same id again is nothing new. */
  id: string
  to: Recipient
  card: Card
  lane: Lane
  /** `Incoming.id` of what this answers. Default null. */
  replyTo?: string | null
  /** More edits of it are about to come. Default false. */
  open?: boolean
  /** Who is told where it cannot be delivered, as `accountKey` writes it. Default null: nobody. */
  sender?: string | null
  /** Of `store.now(trx)`: it is due from then on. */
  now: Date
}

/** Puts a message into the outbox, in the transaction of what caused it. Returns its id, for `enqueueEdit`. */
export async function enqueue(trx: Trx, message: OutgoingMessage): Promise<string> {
  await enqueueMany(trx, [message])
  return message.id
}

/** As `enqueue`, in few statements; each address gets its messages in the order given. */
export async function enqueueMany(trx: Trx, messages: readonly OutgoingMessage[]): Promise<void> {
  for (const piece of inPieces(messages)) {
    await trx
      .insertInto('outbox')
      .values(piece.map(rowOf))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
  }
}

function rowOf({ id, to, card, lane, replyTo = null, open = false, sender = null, now }: OutgoingMessage) {
  const at = now.toISOString()
  return {
    id,
    ...installationOf(to),
    address: addressKey(to),
    recipient: JSON.stringify(to),
    operation: 'send' as const,
    card: JSON.stringify(card),
    lane: lanes.indexOf(lane),
    reply_to: replyTo,
    open: open ? (1 as const) : (0 as const),
    sender,
    state: 'waiting' as const,
    attempts: 0,
    due_at: at,
    created_at: at,
  }
}

export interface OutgoingEdit {
  /** What `enqueue` returned. */
  of: string
  card: Card
  /** More edits are about to come. Default false: this is the last. */
  open?: boolean
  /** Default: that of the message. */
  lane?: Lane
  /** Of `store.now(trx)`. */
  now: Date
}

/**
 * Puts another card in place of a message's. What was not sent yet is changed where it lies, so that at most one edit
 * of a message waits; else an edit follows the message. Without effect once the message is forgotten (30 days).
 */
export async function enqueueEdit(trx: Trx, edit: OutgoingEdit): Promise<void> {
  const { of, open = false, now } = edit
  const changed = { card: JSON.stringify(edit.card), open: open ? (1 as const) : (0 as const) }
  // An update that changes nothing locks the row on both databases: a message must not fail for good while an edit of
  // it is being written, which would then wait for ever.
  const message = await trx
    .updateTable('outbox')
    .set((set) => ({ lane: set.ref('lane') }))
    .where('id', '=', of)
    .returningAll()
    .executeTakeFirst()
  if (!message || message.state === 'superseded') return
  const sent = message.state === 'sent'
  const mayHaveArrived = message.state === 'waiting' && message.in_doubt_since !== null
  if (!sent && !mayHaveArrived) {
    // Of a dead letter too, so that the last word goes out when it is sent again.
    await trx.updateTable('outbox').set(changed).where('id', '=', of).execute()
    // Those that were put in while it was in doubt; by now it is known that it was not made.
    await trx
      .updateTable('outbox')
      .set({ state: 'superseded', card: null })
      .where('of', '=', of)
      .where('state', '=', 'waiting')
      .execute()
    return
  }
  const replaced = await trx
    .updateTable('outbox')
    .set(changed)
    .where('of', '=', of)
    .where('state', '=', 'waiting')
    .where('in_doubt_since', 'is', null)
    .executeTakeFirst()
  if (replaced.numUpdatedRows > 0n) return
  // Whatever became of earlier edits, they must not come after this one. One that is in a worker's hands ends first.
  const before = await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('of', '=', of)
    .where('state', 'in', ['waiting', 'dead', 'uncertain'])
    .where('lease_owner', 'is', null)
    .returning(['state', 'due_at'])
    .execute()
  const at = now.toISOString()
  const asked = edit.lane === undefined ? message.lane : lanes.indexOf(edit.lane)
  await trx
    .insertInto('outbox')
    .values({
      id: randomUUID(),
      platform: message.platform,
      installation: message.installation,
      address: message.address,
      recipient: message.recipient,
      operation: 'edit',
      of,
      ...changed,
      // Ahead of a message that it waits for, it would hold up the address for ever.
      lane: sent ? asked : Math.max(asked, message.lane),
      reply_to: message.reply_to,
      sender: message.sender,
      state: 'waiting',
      attempts: 0,
      // A platform that asked to be left alone is not asked again sooner by a newer edit.
      due_at: [at, ...before.map(({ due_at }) => due_at)].sort().at(-1)!,
      created_at: at,
    })
    .execute()
}

/**
 * Takes back messages that have surely not gone out; those that may have are left as they are. Returns the ids of what
 * was taken back.
 */
export async function withdraw(trx: Trx, ids: readonly string[]): Promise<string[]> {
  const withdrawn: string[] = []
  for (const piece of inPieces(ids)) {
    const rows = await trx
      .updateTable('outbox')
      .set({ state: 'superseded', card: null })
      .where('id', 'in', piece)
      .where('operation', '=', 'send')
      .where('state', '=', 'waiting')
      // Written as a try begins, and taken back where it has surely failed.
      .where('in_doubt_since', 'is', null)
      .returning('id')
      .execute()
    withdrawn.push(...rows.map(({ id }) => id))
  }
  return withdrawn
}
