import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStore } from '../../test/store/open-test-store.ts'
import { type Card, plain } from '../chat/card.ts'
import type { Store } from '../store/store.ts'
import { editMessage } from './edit-message.ts'
import { enqueue, enqueueEdit } from './outbox.ts'

const conversation = { platform: 'p', installation: 'i', chat: 'c', thread: '' }
const card = (text: string): Card => ({ tone: 'info', blocks: [{ type: 'text', runs: plain(text) }] })
const now = new Date('2026-03-02T01:00:00Z')

let store: Store
let close: () => Promise<void>
beforeEach(async () => {
  const opened = await openTestStore({ clock: () => now })
  store = opened.store
  close = opened.close
  await store.transaction(async (trx) => {
    const to = { type: 'conversation' as const, conversation }
    await enqueue(trx, { id: 'said', to, card: card('旧'), lane: 'reply', now })
    await trx
      .updateTable('outbox')
      .set({ state: 'sent', message: 'm-1', sent_at: now.toISOString() })
      .execute()
  })
})
afterEach(() => close())

const edit = (changes: object) =>
  store.transaction((trx) =>
    editMessage(trx, { conversation, message: 'm-1', card: card('新'), now, ...changes }),
  )
const waiting = () =>
  store.db.selectFrom('outbox').select(['of', 'card']).where('state', '=', 'waiting').execute()

test('an edit of a message is put in by the platform’s name of it; one that nobody knows is told', async () => {
  expect(await edit({})).toBe(true)
  expect(await waiting()).toEqual([{ of: 'said', card: JSON.stringify(card('新')) }])
  expect(await edit({ message: 'm-2' })).toBe(false)
})

test('a card that is shown already is put in only after an older edit that waits, and in its place', async () => {
  expect(await edit({ onlyAfterWaiting: true })).toBe(true)
  expect(await waiting()).toEqual([])
  await store.transaction((trx) => enqueueEdit(trx, { of: 'said', card: card('中'), now }))
  await edit({ onlyAfterWaiting: true })
  expect(await waiting()).toEqual([{ of: 'said', card: JSON.stringify(card('新')) }])
})
