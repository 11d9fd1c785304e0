import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Operation } from '../../src/chat/outgoing.ts'
import { enqueue } from '../../src/delivery/outbox.ts'
import { enqueueUrgent } from '../../src/delivery/urgent.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { type FeishuStage, openFeishuStage } from './feishu-stage.ts'
import { KeptIntake } from './platform-scene.ts'

let now = new Date('2026-03-02T01:00:00Z')
const opened = await openTestStore({ clock: () => now, databaseClock: () => now })
afterAll(() => opened.close())

let stage: FeishuStage
beforeEach(async () => {
  stage = await openFeishuStage(opened, new KeptIntake(), () => now, 'ws')
})
afterEach(() => stage.close())

const account = { platform: 'feishu', installation: 'tenant-1', user: 'on_zhang' }
const card: Card = {
  tone: 'info',
  title: '【加急】交记录',
  blocks: [{ type: 'text', runs: [{ text: '今天' }] }],
}
const operation = (changes: Partial<Operation> = {}): Operation => ({
  ...{ id: 'reminded:1', name: 'send', to: { type: 'account', account }, card, replyTo: null },
  ...{ open: false, message: null },
  ...changes,
})
const press = (message: string | null, user = account.user) =>
  stage.platform.deliver(
    operation({ id: 'urgent:1', to: { type: 'urgent', account: { ...account, user }, of: 'x' }, message }),
  )

test('a message is pressed upon whoever it was sent to', async () => {
  const { message } = await stage.platform.deliver(operation())
  const pressed = await press(message)
  expect(stage.server.urgent.pressed).toEqual([{ message, user: 'on_zhang' }])
  expect(pressed.message).not.toBe(message)
})

test('an unknown message or person is no reason to try again, nor is what was never sent', async () => {
  const { message } = await stage.platform.deliver(operation())
  await expect(press('om_of_nobody')).rejects.toMatchObject({ kind: 'bad-input' })
  await expect(press(message, 'on_stranger')).rejects.toMatchObject({ kind: 'bad-input' })
  await expect(press(null)).rejects.toMatchObject({ kind: 'gone' })
  stage.server.fate = (call) =>
    call.endsWith('/urgent_app')
      ? { status: 200, body: { code: 0, data: { invalid_user_id_list: ['on_zhang'] } } }
      : undefined
  await expect(press(message)).rejects.toMatchObject({ kind: 'gone' })
  expect(stage.platform.health().refused).toEqual({})
})

test('without the scope the card stands as it is; it is counted, and logged once', async () => {
  stage.server.urgent.isAllowed = false
  const { message } = await stage.platform.deliver(operation())
  await expect(press(message)).rejects.toMatchObject({ kind: 'not-allowed' })
  await expect(press(message)).rejects.toMatchObject({ kind: 'not-allowed' })
  expect(stage.platform.health().refused).toMatchObject({ 'no-urgent-scope': 2 })
  expect(stage.warned.filter((words) => words.includes('urgent'))).toHaveLength(1)
})

test('a line that breaks after it was pressed is not followed by a second pressing', async () => {
  const { store } = opened
  const logger = { info() {}, warn() {}, error() {} }
  const delivery = createDelivery({ store, platforms: [stage.platform], logger })
  stage.server.fate = (call) =>
    call.endsWith('/urgent_app') ? { status: 0, body: {}, line: 'cut', after: true } : undefined
  await store.transaction(async (trx) => {
    const at = await store.now(trx)
    await enqueue(trx, { id: 'reminded:2', to: operation().to, card, lane: 'reminder', now: at })
    await enqueueUrgent(trx, { ids: ['urgent:2'], of: 'reminded:2', account, lane: 'reminder', now: at })
  })
  // The message, what presses it, and whatever might follow.
  for (const at of ['01:00:00', '01:00:01', '05:00:00']) {
    now = new Date(`2026-03-02T${at}Z`)
    await delivery.idle()
  }
  expect(stage.server.urgent.pressed).toHaveLength(1)
  await delivery.stop()
})
