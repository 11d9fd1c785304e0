import { type Card, plain } from '../../src/chat/card.ts'
import type { Account } from '../../src/chat/incoming.ts'
import type { Recipient } from '../../src/chat/outgoing.ts'
import { enqueue, enqueueEdit, type OutgoingMessage } from '../../src/delivery/outbox.ts'
import { createDelivery, type Delivery, type DeliveryOptions } from '../../src/delivery/worker.ts'
import type { Store } from '../../src/store/store.ts'
import type { Open } from '../store/each-database.ts'

export interface OutboxWorld {
  store: Store
  /** The same outbox as another process has it open. */
  openAgain(): Promise<Store>
  /** Lets time pass for the database, in milliseconds. */
  pass(milliseconds: number): void
  /** Lets time pass until the row's next try. */
  passUntilDue(id: string): Promise<void>
  /** Milliseconds that have passed. */
  passed(): number
  send(id: string, message?: Partial<OutgoingMessage> & { chat?: string }): Promise<string>
  edit(of: string, text: string, options?: { open?: boolean; lane?: OutgoingMessage['lane'] }): Promise<void>
  row(id: string): Promise<Awaited<ReturnType<typeof readRows>>[number]>
  rows(): ReturnType<typeof readRows>
  worker(options: Partial<DeliveryOptions> & Pick<DeliveryOptions, 'platforms'>): Delivery
}

export function card(text: string): Card {
  return { tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] }
}

export function textOf({ blocks }: Card): string {
  return blocks.flatMap((block) => (block.type === 'text' ? block.runs.map(({ text }) => text) : [])).join('')
}

export function chatOf(chat: string, platform = 'fake'): Recipient {
  return { type: 'conversation', conversation: { platform, installation: 'one', chat, thread: '' } }
}

export function accountOf(user: string, platform = 'fake'): Account {
  return { platform, installation: 'one', user }
}

/** An empty outbox whose time only passes when told. */
export async function openOutboxWorld(open: Open): Promise<OutboxWorld> {
  let passed = 0
  const begun = Date.now()
  const clock = () => new Date(begun + passed)
  const options = { clock, databaseClock: clock }
  const { store, location } = await open(options)
  const row = async (id: string) => {
    const found = (await readRows(store)).find((one) => one.id === id)
    if (!found) throw new Error(`no row ${id}`)
    return found
  }
  return {
    store,
    openAgain: async () => (await open({ ...options, at: location })).store,
    pass(milliseconds) {
      passed += milliseconds
    },
    async passUntilDue(id) {
      const wait = Date.parse((await row(id)).due_at) - (await store.now()).getTime()
      passed += Math.max(0, wait)
    },
    passed: () => passed,
    send: (id, { chat = 'a', ...message } = {}) =>
      store.transaction(async (trx) =>
        enqueue(trx, {
          id,
          to: chatOf(chat),
          card: card(id),
          lane: 'reply',
          now: await store.now(trx),
          ...message,
        }),
      ),
    edit: (of, text, options = {}) =>
      store.transaction(async (trx) =>
        enqueueEdit(trx, { of, card: card(text), now: await store.now(trx), ...options }),
      ),
    row,
    rows: () => readRows(store),
    worker: (options) =>
      createDelivery({
        store,
        logger: { error: () => {} },
        random: () => 0.5,
        ...options,
      }),
  }
}

function readRows(store: Store) {
  return store.db.selectFrom('outbox').selectAll().orderBy('seq').execute()
}
