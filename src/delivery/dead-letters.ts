import type { Card } from '../chat/card.ts'
import type { Account } from '../chat/incoming.ts'
import type { Language } from '../chat/language.ts'
import type { Recipient } from '../chat/outgoing.ts'
import { translate } from '../messages/translate.ts'
import { directoryEntryOf } from '../people/directory.ts'
import { findPersonByAccount } from '../people/people.ts'
import type { Store, Trx } from '../store/store.ts'
import { type Lane, lanes } from './outbox.ts'

/** A message or edit that was given up, or of which nobody knows whether it arrived. */
export interface DeadLetter {
  /** Its number in the outbox. */
  number: number
  at: Date
  state: 'dead' | 'uncertain'
  operation: 'send' | 'edit'
  to: Recipient
  /** The person's name, or the one that a directory has, where it goes to somebody who is known. */
  name: string | null
  lane: Lane
  /** Why, in a word, as its message is named. */
  problem: string
  attempts: number
  card: Card
}

/** All of them, the oldest first. */
export async function listDeadLetters(store: Store): Promise<DeadLetter[]> {
  return store.snapshot(async (trx) => {
    const rows = await trx
      .selectFrom('outbox')
      .selectAll()
      .where('state', 'in', ['dead', 'uncertain'])
      .orderBy('seq')
      .execute()
    const letters: DeadLetter[] = []
    for (const row of rows) {
      const to = JSON.parse(row.recipient) as Recipient
      letters.push({
        number: Number(row.seq),
        at: new Date(row.created_at),
        state: row.state === 'dead' ? 'dead' : 'uncertain',
        operation: row.operation,
        to,
        name: to.type === 'conversation' ? null : await nameOf(trx, to.account),
        lane: lanes[row.lane]!,
        problem: row.problem ?? 'unknown',
        attempts: row.attempts,
        card: JSON.parse(row.card!) as Card,
      })
    }
    return letters
  })
}

async function nameOf(trx: Trx, account: Account): Promise<string | null> {
  const person = await findPersonByAccount(trx, account)
  return person?.name ?? ((await directoryEntryOf(trx, account))?.name || null)
}

/** Where it goes, as an administrator reads it. */
export function recipientText({ to, name }: Pick<DeadLetter, 'to' | 'name'>, language: Language): string {
  if (to.type !== 'conversation') return `${name ?? to.account.user} (${to.account.platform})`
  const { platform, chat } = to.conversation
  return translate(language, 'delivery:list.chat', { platform, chat })
}

/** How many operations are in each state and lane; none of those that are none. */
export async function countOutbox(store: Store): Promise<{ state: string; lane: Lane; count: number }[]> {
  const rows = await store.db
    .selectFrom('outbox')
    .select(({ fn }) => ['state', 'lane', fn.countAll().as('count')])
    .groupBy(['state', 'lane'])
    .orderBy('state')
    .orderBy('lane')
    .execute()
  return rows.map(({ state, lane, count }) => ({ state, lane: lanes[lane]!, count: Number(count) }))
}

/** `all`, or the number of one. */
export type Chosen = number | 'all'

/**
 * Puts dead letters back into the outbox, as if they had never been tried; whoever does so accepts that one that is
 * uncertain may be seen twice. Returns how many.
 * @param now of `store.now(trx)`.
 */
export async function resendDeadLetters(trx: Trx, chosen: Chosen, now: Date): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({
      state: 'waiting',
      attempts: 0,
      due_at: now.toISOString(),
      first_tried_at: null,
      in_doubt_since: null,
      problem: null,
    })
    .where('state', 'in', ['dead', 'uncertain'])
    .$if(chosen !== 'all', (query) => query.where('seq', '=', Number(chosen)))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Gives a dead letter up for good: its text is forgotten. False where there is none of that number. */
export async function dropDeadLetter(trx: Trx, number: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({ state: 'superseded', card: null })
    .where('state', 'in', ['dead', 'uncertain'])
    .where('seq', '=', number)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
