import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { listDeadLetters } from '../../src/delivery/dead-letters.ts'
import { enqueue, enqueueEdit } from '../../src/delivery/outbox.ts'
import { enqueueUrgent, withdrawUrgent } from '../../src/delivery/urgent.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import { FakePlatform, type FakePlatformOptions } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const now = new Date('2026-03-02T01:00:00Z')
const account = { platform: 'fake', installation: 't', user: '张三' }
const card: Card = { tone: 'info', title: '【加急】交记录', blocks: [] }

describeEachDatabase('what presses a message', (open) => {
  async function begin(options: FakePlatformOptions = {}) {
    const time = { now }
    const { store } = await open({ clock: () => time.now, databaseClock: () => time.now })
    const fake = new FakePlatform({ urges: true, ...options })
    const logger = { info() {}, warn() {}, error() {} }
    const delivery = createDelivery({ store, platforms: [fake], logger })
    const send = (id: string, ids: string[]) =>
      store.transaction(async (trx) => {
        await enqueue(trx, { id, to: { type: 'account', account }, card, lane: 'reminder', now: time.now })
        await enqueueUrgent(trx, { ids, of: id, account, lane: 'reminder', now: time.now })
      })
    const made = () => fake.made.map(({ operation }) => [operation.id, operation.message])
    return { time, store, fake, delivery, send, made }
  }

  test('comes behind the message, once for each matter, beside its edits', async () => {
    const { time, store, delivery, fake, send, made } = await begin()
    await send('m', ['urgent:a:1', 'urgent:b:1'])
    await delivery.idle()
    expect(made()).toEqual([
      ['m', null],
      ['urgent:a:1', 'message-1'],
    ])
    await store.transaction((trx) => enqueueEdit(trx, { of: 'm', card, now: time.now }))
    await send('again', ['urgent:a:1', 'urgent:b:1'])
    await send('new', ['urgent:b:1', 'urgent:b:2'])
    await delivery.idle()
    const pressed = fake.made.filter(({ operation }) => operation.to.type === 'urgent')
    expect(pressed.map(({ operation }) => operation.id)).toEqual(['urgent:a:1', 'urgent:b:2'])
    expect(fake.made.filter(({ operation }) => operation.name === 'edit')).toHaveLength(1)
    await delivery.stop()
  })

  test('is left out where there is no such thing, the message never came, or it is refused', async () => {
    const elsewhere = await begin({ urges: false })
    await elsewhere.send('m', ['u'])
    await elsewhere.delivery.idle()
    expect(elsewhere.made()).toEqual([['m', null]])
    await elsewhere.delivery.stop()

    const { fake, delivery, send, store } = await begin({ fate: () => 'gone' })
    await send('m', ['u'])
    await delivery.idle()
    expect(fake.tried.map(({ id }) => id)).toEqual(['m'])
    fake.fate = ({ to }) => (to.type === 'urgent' ? 'not-allowed' : 'ok')
    await send('n', ['v'])
    await delivery.idle()
    expect(fake.tried.map(({ id }) => id)).toEqual(['m', 'n', 'v'])
    expect(await listDeadLetters(store)).toMatchObject([{ number: 1 }])
    await delivery.stop()
  })

  test('is not made again where the first try is in doubt, or the process has ended in it', async () => {
    const { time, fake, delivery, send, store } = await begin({
      fate: ({ to }) => (to.type === 'urgent' ? 'cut-after' : 'ok'),
    })
    await send('m', ['u'])
    await delivery.idle()
    time.now = new Date('2026-03-02T05:00:00Z')
    await delivery.idle()
    expect(fake.tried.map(({ id }) => id)).toEqual(['m', 'u'])
    expect(await listDeadLetters(store)).toEqual([])
    // Claimed by a process that is no more.
    await send('n', ['v'])
    await store.transaction((trx) =>
      trx
        .updateTable('outbox')
        .set({ in_doubt_since: time.now.toISOString(), attempts: 1, lease_owner: 'another' })
        .set({ lease_until: time.now.toISOString() })
        .where('id', '=', 'v')
        .execute(),
    )
    time.now = new Date('2026-03-02T06:00:00Z')
    await delivery.idle()
    expect(fake.tried.map(({ id }) => id)).toEqual(['m', 'u', 'n'])
    await delivery.stop()
  })

  test('is taken back as long as it waits', async () => {
    const { fake, delivery, send, store } = await begin()
    await send('m', ['u'])
    await store.transaction((trx) => withdrawUrgent(trx, ['u']))
    await delivery.idle()
    expect(fake.tried.map(({ id }) => id)).toEqual(['m'])
    await delivery.stop()
  })
})
