import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Recipient } from '../../src/chat/outgoing.ts'
import { listDeadLetters } from '../../src/delivery/dead-letters.ts'
import { enqueue, enqueueEdit } from '../../src/delivery/outbox.ts'
import { sweepOutbox } from '../../src/delivery/sweep.ts'
import { createDelivery } from '../../src/delivery/worker.ts'
import type { Store } from '../../src/store/store.ts'
import { FakePlatform, type FakePlatformOptions } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const now = new Date('2026-03-02T01:00:00Z')
const account = { platform: 'fake', installation: 't', user: '张三' }
const card = (title: string, cancelled = false): Card => ({
  tone: 'info',
  title,
  blocks: [],
  entry: {
    ...{ title, description: '', place: '', reminders: [], timeZone: 'Asia/Shanghai', cancelled },
    ...{ startsAt: '2026-03-13T06:00:00.000Z', endsAt: '2026-03-13T08:00:00.000Z' },
  },
})

describeEachDatabase('entries of calendars', (open) => {
  const time = { now }

  async function begin(options: FakePlatformOptions) {
    time.now = now
    const { store } = await open({ clock: () => time.now, databaseClock: () => time.now })
    const fake = new FakePlatform({ keepsCalendar: true, ...options })
    const logger = { info() {}, warn() {}, error() {} }
    return { store, fake, delivery: createDelivery({ store, platforms: [fake], logger }) }
  }

  const put = (store: Store, id: string, to: Recipient = { type: 'calendar', account }) =>
    store.transaction((trx) => enqueue(trx, { id, to, card: card(id), lane: 'confirmation', now: time.now }))

  test('go where the platform keeps calendars, and are left out elsewhere without a word', async () => {
    const { store, fake, delivery } = await begin({ keepsCalendar: false })
    await put(store, 'entry')
    await put(store, 'message', { type: 'account', account })
    await delivery.idle()
    expect(fake.made.map(({ operation }) => operation.id)).toEqual(['message'])
    expect(await listDeadLetters(store)).toEqual([])
    await delivery.stop()
  })

  test('hold up no message, and are held up by none', async () => {
    const { store, fake, delivery } = await begin({
      fate: ({ to }) => (to.type === 'calendar' ? 'later' : 'ok'),
    })
    await put(store, 'entry')
    await put(store, 'message', { type: 'account', account })
    await delivery.idle()
    expect(fake.made.map(({ operation }) => operation.id)).toEqual(['message'])
    await delivery.stop()
  })

  test('leave no dead letter where the scope is missing, but do where they fail otherwise', async () => {
    const { store, fake, delivery } = await begin({ fate: () => 'not-allowed' })
    await put(store, 'entry')
    await delivery.idle()
    expect(fake.tried).toHaveLength(1)
    expect(await listDeadLetters(store)).toEqual([])
    fake.fate = () => 'bad-input'
    await put(store, 'another')
    await delivery.idle()
    expect(await listDeadLetters(store)).toMatchObject([{ problem: 'bad-input' }])
    await delivery.stop()
  })

  test('can be moved and removed for a year, messages for a month', async () => {
    const { store, fake, delivery } = await begin({})
    await put(store, 'entry')
    await put(store, 'message', { type: 'account', account })
    await delivery.idle()
    time.now = new Date('2026-12-01T01:00:00Z')
    await store.transaction((trx) => sweepOutbox(trx, time.now))
    const edits = ['entry', 'message'].map((of) => ({ of, card: card('改期', true), now: time.now }))
    for (const edit of edits) await store.transaction((trx) => enqueueEdit(trx, edit))
    await delivery.idle()
    expect(fake.made.filter(({ operation: { name } }) => name === 'edit')).toMatchObject([
      { operation: { to: { type: 'calendar' }, card: { entry: { cancelled: true } } } },
    ])
    time.now = new Date('2027-12-20T01:00:00Z')
    await store.transaction((trx) => sweepOutbox(trx, time.now))
    const left = await store.db.selectFrom('outbox').select('id').execute()
    expect(left).toEqual([])
    await delivery.stop()
  })
})
