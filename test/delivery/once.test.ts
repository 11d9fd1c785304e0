import { expect, test } from 'vitest'
import type { Once } from '../../src/chat/outgoing.ts'
import { FakePlatform, type FakePlatformOptions } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type OutboxWorld, openOutboxWorld, textOf } from './outbox-world.ts'

const minute = 60_000
const hour = 60 * minute

const keyed: Once = { how: 'keyed', window: hour }
const lookedUp: Once = { how: 'looked-up' }
const atMostOnce: Once = { how: 'at-most-once' }
const overwritten: Once = { how: 'overwritten' }

/** A worker that dies at a step: what it has in hand stays as it is until the lease runs out. */
async function crash(world: OutboxWorld, platform: FakePlatform, step: 'claimed' | 'delivered') {
  const dying = world.worker({
    platforms: [platform],
    steps: (reached) => {
      if (reached === step) throw new Error('killed')
    },
  })
  await dying.idle().catch(() => {})
}

describeEachDatabase('an operation whose end is unknown', (open) => {
  const openWith = async (options: FakePlatformOptions) => {
    const world = await openOutboxWorld(open)
    const platform = new FakePlatform({ clock: world.passed, ...options })
    return { ...world, world, platform, delivery: world.worker({ platforms: [platform] }) }
  }

  test.each([
    ['keyed, cut off before', keyed, 'cut-before', 1],
    ['keyed, cut off after', keyed, 'cut-after', 1],
    ['keyed for ever', { how: 'keyed', window: null }, 'cut-after', 1],
    ['looked up, cut off before', lookedUp, 'cut-before', 1],
    ['looked up, cut off after', lookedUp, 'cut-after', 1],
    ['overwritten, cut off before', overwritten, 'cut-before', 1],
    ['overwritten, cut off after', overwritten, 'cut-after', 2],
  ] as const)('%s: is made again', async (_name, send, fate, times) => {
    const { world, platform, delivery, row } = await openWith({ send, fate: () => fate })
    await world.send('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'waiting', problem: 'unknown', lease_owner: null })
    platform.fate = () => 'ok'
    await world.passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent' })
    expect(platform.made).toHaveLength(times)
    expect(platform.looked).toHaveLength(send.how === 'looked-up' ? 1 : 0)
  })

  test.each(['claimed', 'delivered'] as const)('keyed, the process died when it was %s', async (step) => {
    const { world, platform, delivery, row, pass } = await openWith({ send: keyed })
    await world.send('hello')
    await crash(world, platform, step)
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'waiting', attempts: 1 })
    pass(minute)
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent', attempts: 2 })
    expect(platform.made).toHaveLength(1)
  })

  test('keyed: when the key has lapsed it is not sent again', async () => {
    const { world, platform, delivery, row, pass } = await openWith({ send: keyed })
    await world.send('hello')
    await crash(world, platform, 'delivered')
    pass(hour - 30_000)
    await delivery.idle()
    expect(platform.tried).toHaveLength(1)
    expect(platform.looked).toHaveLength(1)
    expect(await row('hello')).toMatchObject({ state: 'uncertain', problem: 'unknown' })
  })

  test('keyed: the window begins with the try that is in doubt', async () => {
    const { world, platform, delivery, row, passUntilDue } = await openWith({
      send: keyed,
      wait: 2 * hour,
      fate: () => 'later',
    })
    await world.send('hello')
    await delivery.idle()
    platform.fate = () => 'cut-after'
    await passUntilDue('hello')
    await delivery.idle()
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'waiting', attempts: 3 })
    platform.fate = () => 'ok'
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent' })
    expect(platform.made).toHaveLength(1)
  })

  test('a try that surely was not made leaves the doubt of an earlier one', async () => {
    const { world, platform, delivery, row, passUntilDue } = await openWith({
      send: keyed,
      fate: () => 'cut-after',
      wait: hour,
    })
    await world.send('hello')
    await delivery.idle()
    platform.fate = () => 'later'
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'waiting', problem: 'later', attempts: 2 })
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'uncertain' })
  })

  test('looked up: nothing is settled while the platform cannot be asked', async () => {
    const { world, platform, delivery, row, passUntilDue } = await openWith({
      send: lookedUp,
      fate: () => 'cut-after',
    })
    await world.send('hello')
    await delivery.idle()
    const find = platform.find.bind(platform)
    platform.find = async () => {
      throw new Error('no connection')
    }
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'waiting', problem: 'later', attempts: 2 })
    platform.find = find
    platform.fate = () => 'ok'
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent', message: 'message-1' })
    expect(platform.made).toHaveLength(1)
  })

  test.each([
    ['cut off', 'cut-after'],
    ['claimed', 'claimed'],
    ['delivered', 'delivered'],
  ] as const)('at most once, %s: is not tried again', async (_name, how) => {
    const { world, platform, delivery, row, pass } = await openWith({ send: atMostOnce })
    await world.send('hello')
    if (how === 'cut-after') platform.fate = () => how
    else await crash(world, platform, how)
    pass(minute)
    await delivery.idle()
    pass(hour)
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'uncertain', card: expect.any(String) })
    expect(platform.tried).toHaveLength(how === 'claimed' ? 0 : 1)
  })

  test('at most once: what surely was not made is tried again', async () => {
    const { world, platform, delivery, row, passUntilDue } = await openWith({
      send: atMostOnce,
      fate: () => 'later',
    })
    await world.send('hello')
    await delivery.idle()
    platform.fate = () => 'ok'
    await passUntilDue('hello')
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent' })
    expect(platform.made).toHaveLength(1)
  })

  test('an edit whose worker died is neither overtaken while it may go on, nor made after a newer one', async () => {
    const { world, platform, delivery, rows, pass } = await openWith({})
    await world.send('answer', { lane: 'reply' })
    await delivery.idle()
    await world.edit('answer', 'older', { lane: 'broadcast' })
    await crash(world, platform, 'claimed')
    await world.edit('answer', 'newer', { lane: 'reply' })
    await delivery.idle()
    expect(platform.made).toHaveLength(1)
    pass(minute)
    await delivery.idle()
    expect(platform.tried.map(({ card }) => textOf(card))).toEqual(['answer', 'newer'])
    expect((await rows()).map(({ state, card }) => [state, card])).toEqual([
      ['sent', null],
      ['superseded', null],
      ['sent', null],
    ])
  })

  test('an edit that waited for a message in doubt does not come after one that changed the message', async () => {
    const { world, platform, delivery, passUntilDue, rows } = await openWith({
      send: lookedUp,
      fate: () => 'cut-before',
    })
    await world.send('answer')
    await delivery.idle()
    await world.edit('answer', 'older')
    platform.fate = () => 'later'
    await passUntilDue('answer')
    await delivery.idle()
    await world.edit('answer', 'newer')
    platform.fate = () => 'ok'
    await passUntilDue('answer')
    await delivery.idle()
    expect(platform.made.map(({ operation }) => textOf(operation.card))).toEqual(['newer'])
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'superseded'])
  })

  test('what ends the process at each try is given up', async () => {
    const { world, platform, delivery, row, pass } = await openWith({ send: keyed })
    await world.send('poison')
    for (let tries = 0; tries < 12; tries++) {
      await crash(world, platform, 'claimed')
      pass(minute)
    }
    await delivery.idle()
    expect(await row('poison')).toMatchObject({ state: 'uncertain', attempts: 13 })
    expect(platform.tried).toEqual([])
  })

  test('what was sent is written down though the lease ran out meanwhile', async () => {
    const { world, platform, delivery, row, pass } = await openWith({ send: keyed })
    const held = Promise.withResolvers<void>()
    platform.hold = () => held.promise
    await world.send('hello')
    await delivery.round()
    pass(2 * minute)
    await delivery.round()
    expect(platform.tried).toHaveLength(1)
    held.resolve()
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('a database that was away does not make it forget what was sent', async () => {
    const { world, platform, row } = await openWith({ send: lookedUp })
    const { store } = world
    let away = false
    const delivery = world.worker({
      platforms: [platform],
      store: {
        dialect: store.dialect,
        fullText: store.fullText,
        db: store.db,
        now: (db) => store.now(db),
        snapshot: (fn) => store.snapshot(fn),
        close: () => store.close(),
        transaction: (fn, options) =>
          away ? Promise.reject(new Error('the database is away')) : store.transaction(fn, options),
      },
    })
    platform.hold = async () => {
      away = true
    }
    await world.send('hello')
    await expect(delivery.idle()).rejects.toThrow('away')
    away = false
    await delivery.idle()
    expect(await row('hello')).toMatchObject({ state: 'sent' })
    expect(platform.tried).toHaveLength(1)
    expect(platform.looked).toHaveLength(0)
  })
})
