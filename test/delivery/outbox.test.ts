import { expect, test } from 'vitest'
import { addCalls } from '../../src/delivery/calls.ts'
import type { DeliveryLabels } from '../../src/delivery/counts.ts'
import { sweepOutbox } from '../../src/delivery/sweep.ts'
import { FakePlatform, type Fate } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { card, openOutboxWorld, textOf } from './outbox-world.ts'

const minute = 60_000
const hour = 60 * minute

describeEachDatabase('the outbox', (open) => {
  test('sends what was put in, once, and forgets what it said', async () => {
    const { send, worker, row, rows } = await openOutboxWorld(open)
    await send('hello', { replyTo: 'event-1' })
    await send('hello', { card: card('the same id again') })
    const platform = new FakePlatform()
    await worker({ platforms: [platform] }).idle()
    expect(platform.made).toEqual([
      {
        operation: expect.objectContaining({
          id: 'hello',
          name: 'send',
          card: card('hello'),
          replyTo: 'event-1',
          open: false,
          again: false,
          message: null,
        }),
        message: 'message-1',
        at: 0,
      },
    ])
    expect(await rows()).toHaveLength(1)
    expect(await row('hello')).toMatchObject({ state: 'sent', card: null, message: 'message-1', attempts: 1 })
  })

  test('leaves other platforms to other processes', async () => {
    const { send, worker, row } = await openOutboxWorld(open)
    await send('hello')
    const other = new FakePlatform({ name: 'other' })
    await worker({ platforms: [other] }).idle()
    expect(other.tried).toEqual([])
    expect(await row('hello')).toMatchObject({ state: 'waiting', attempts: 0 })
  })

  test('goes by lanes, then by order; other addresses do not wait', async () => {
    const { send, worker } = await openOutboxWorld(open)
    await send('broadcast', { lane: 'broadcast' })
    await send('reminder', { lane: 'reminder' })
    await send('first reply')
    await send('confirmation', { lane: 'confirmation' })
    await send('second reply')
    await send('elsewhere', { lane: 'broadcast', chat: 'b' })
    const platform = new FakePlatform()
    const delivery = worker({ platforms: [platform] })
    await delivery.round()
    expect(platform.tried.map(({ id }) => id)).toEqual(['first reply', 'elsewhere'])
    await delivery.idle()
    expect(platform.made.map(({ operation }) => operation.id)).toEqual([
      'first reply',
      'elsewhere',
      'second reply',
      'confirmation',
      'reminder',
      'broadcast',
    ])
  })

  test('what must be tried again holds back its chat, not what has precedence there', async () => {
    const { send, worker, pass, row } = await openOutboxWorld(open)
    const platform = new FakePlatform({ fate: ({ id }) => (id === 'first' ? 'later' : 'ok'), wait: minute })
    const delivery = worker({ platforms: [platform] })
    await send('first', { lane: 'reminder' })
    await send('second', { lane: 'reminder' })
    await delivery.idle()
    await send('reply')
    await delivery.idle()
    expect(platform.made.map(({ operation }) => operation.id)).toEqual(['reply'])
    expect(await row('first')).toMatchObject({ state: 'waiting', attempts: 1, problem: 'later' })
    pass(minute)
    await delivery.idle()
    expect(platform.tried.map(({ id }) => id)).toEqual(['first', 'reply'])
    platform.fate = () => 'ok'
    // Half of a tenth is added to what the platform asked for, so that not all come back at once.
    pass(0.05 * minute)
    await delivery.idle()
    expect(platform.made.map(({ operation }) => operation.id)).toEqual(['reply', 'first', 'second'])
  })

  test.each(['gone', 'not-allowed', 'bad-input'] as const)('%s is not tried again', async (fate) => {
    const { send, worker, pass, row } = await openOutboxWorld(open)
    const platform = new FakePlatform({ fate: ({ id }) => (id === 'bad' ? fate : 'ok') })
    const delivery = worker({ platforms: [platform] })
    await send('bad')
    await send('good')
    await delivery.idle()
    pass(24 * hour)
    await delivery.idle()
    expect(platform.tried.map(({ id }) => id)).toEqual(['bad', 'good'])
    expect(await row('bad')).toMatchObject({
      state: 'dead',
      problem: fate,
      card: JSON.stringify(card('bad')),
    })
  })

  test('gives up after many tries, within a day', async () => {
    const { send, worker, pass, passUntilDue, row } = await openOutboxWorld(open)
    const platform = new FakePlatform({ fate: () => 'later' })
    const delivery = worker({ platforms: [platform] })
    await send('never')
    for (let tries = 0; tries < 20; tries++) {
      await delivery.idle()
      pass(8 * hour)
      if ((await row('never')).state !== 'waiting') break
    }
    // Tried at 0, 8, 16 and 24 hours: a day came before the last try.
    expect(platform.tried).toHaveLength(4)
    expect(await row('never')).toMatchObject({ state: 'dead', problem: 'given-up', attempts: 4 })

    await send('often')
    for (let tries = 0; tries < 40; tries++) {
      await delivery.idle()
      if ((await row('often')).state !== 'waiting') break
      await passUntilDue('often')
    }
    expect(await row('often')).toMatchObject({ state: 'dead', problem: 'given-up', attempts: 24 })
  })

  test('an edit changes what was not sent yet, and else follows it', async () => {
    const { send, edit, worker, rows } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    const delivery = worker({ platforms: [platform] })
    await send('answer', { open: true })
    await edit('answer', 'first words', { open: true })
    await delivery.idle()
    expect(platform.made.map(({ operation }) => textOf(operation.card))).toEqual(['first words'])
    await edit('answer', 'more', { open: true })
    await edit('answer', 'all of it')
    expect((await rows()).filter(({ state }) => state === 'waiting')).toHaveLength(1)
    await delivery.idle()
    expect(platform.made.map(({ operation: { name, open: isOpen } }) => [name, isOpen])).toEqual([
      ['send', true],
      ['edit', false],
    ])
    expect([...platform.shown.values()]).toEqual([card('all of it')])
    await edit('nothing known of it', 'in vain')
    expect(await rows()).toHaveLength(2)
  })

  test('an edit waits for its message, whatever its lane, and goes into a dead letter', async () => {
    const { send, edit, worker, row, rows, passUntilDue } = await openOutboxWorld(open)
    const platform = new FakePlatform({ fate: () => 'cut-before' })
    const delivery = worker({ platforms: [platform] })
    await send('news', { lane: 'broadcast' })
    await delivery.idle()
    await edit('news', 'newer', { lane: 'reply' })
    await edit('news', 'newest', { lane: 'reply' })
    await delivery.idle()
    expect(platform.tried.map(({ id }) => id)).toEqual(['news'])
    platform.fate = () => 'gone'
    await passUntilDue('news')
    await delivery.idle()
    expect(await row('news')).toMatchObject({ state: 'dead', card: JSON.stringify(card('newest')) })
    expect((await rows()).map(({ state }) => state)).toEqual(['dead', 'superseded'])
  })

  test('a newer edit takes the place of one that failed, and waits as long as that was asked to', async () => {
    const { send, edit, worker, rows, passUntilDue } = await openOutboxWorld(open)
    const platform = new FakePlatform({ wait: hour, fate: ({ name }) => (name === 'edit' ? 'later' : 'ok') })
    const delivery = worker({ platforms: [platform] })
    await send('answer')
    await delivery.idle()
    await edit('answer', 'one')
    await delivery.idle()
    await edit('answer', 'two')
    platform.fate = ({ name }) => (name === 'edit' ? 'cut-before' : 'ok')
    const [, first] = await rows()
    await passUntilDue(first!.id)
    await delivery.idle()
    // The second was tried in the place of the first. Nobody knows how that ended, so the third is one of its own.
    await edit('answer', 'three')
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'superseded', 'waiting'])
    platform.fate = () => 'ok'
    await delivery.idle()
    expect(platform.tried.map((operation) => textOf(operation.card))).toEqual(['answer', 'one', 'two'])
    await passUntilDue((await rows())[2]!.id)
    await delivery.idle()
    expect([...platform.shown.values()]).toEqual([card('three')])
  })

  test('where messages cannot be edited, the last edit alone goes out, as a message', async () => {
    const { send, edit, worker, rows } = await openOutboxWorld(open)
    const platform = new FakePlatform({ updatesCards: false })
    const delivery = worker({ platforms: [platform] })
    await send('answer')
    await delivery.idle()
    await edit('answer', 'progress', { open: true })
    await delivery.idle()
    await edit('answer', 'result')
    await delivery.idle()
    expect(platform.made.map(({ operation: { name, card: shown } }) => [name, textOf(shown)])).toEqual([
      ['send', 'answer'],
      ['send', 'result'],
    ])
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'superseded', 'sent'])
  })

  test('progress is spared when the calls of the month are nearly used', async () => {
    const { store, send, edit, worker, rows } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    await store.transaction((trx) => addCalls(trx, new Map([['fake', 89]]), new Date()))
    const delivery = worker({ platforms: [platform], quotas: { [platform.name]: 100 } })
    await send('answer')
    await delivery.idle()
    await edit('answer', 'progress', { open: true })
    await delivery.idle()
    expect(platform.made).toHaveLength(2)
    await delivery.stop()
    const next = worker({ platforms: [platform], quotas: { [platform.name]: 100 } })
    await edit('answer', 'more progress', { open: true })
    await next.idle()
    expect(platform.made).toHaveLength(2)
    await edit('answer', 'result')
    await next.idle()
    expect([...platform.shown.values()]).toEqual([card('result')])
    expect((await rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'superseded', 'sent'])
    await next.stop()
    const { calls } = await store.db.selectFrom('outbox_calls').select('calls').executeTakeFirstOrThrow()
    expect(calls).toBe(92)
  })

  test('a chat and an app are spoken to no faster than they allow', async () => {
    const { send, worker, pass } = await openOutboxWorld(open)
    const pace = { perChat: { most: 1, per: minute }, perApp: { most: 2, per: minute } }
    const platform = new FakePlatform({ pace })
    const delivery = worker({ platforms: [platform] })
    for (const id of ['a1', 'a2', 'a3']) await send(id, { chat: 'a', lane: 'broadcast' })
    for (const id of ['b1', 'c1']) await send(id, { chat: id, lane: 'broadcast' })
    await send('urgent', { chat: 'd' })
    const seen: string[][] = []
    for (let half = 0; half < 7; half++) {
      const before = platform.made.length
      await delivery.idle()
      seen.push(platform.made.slice(before).map(({ operation }) => operation.id))
      pass(minute / 2)
    }
    expect(seen).toEqual([['urgent'], ['a1'], ['b1'], ['a2'], ['c1'], ['a3'], []])
  })

  test('what was sent is forgotten, edits after eight days, messages after thirty; what failed is not', async () => {
    const { store, send, edit, worker, rows, pass } = await openOutboxWorld(open)
    const platform = new FakePlatform({ fate: ({ id }) => (id === 'bad' ? 'bad-input' : 'ok') })
    const delivery = worker({ platforms: [platform] })
    await send('good')
    await send('bad')
    await send('edited')
    await delivery.idle()
    await edit('good', 'better')
    await delivery.idle()
    pass(8 * 24 * hour)
    await delivery.idle()
    expect(await rows()).toHaveLength(4)
    pass(hour)
    await delivery.idle()
    expect((await rows()).map(({ id }) => id)).toEqual(['good', 'bad', 'edited'])
    expect((await rows())[0]).toMatchObject({ state: 'sent', card: null, message: expect.any(String) })
    pass(22 * 24 * hour)
    await edit('edited', 'late')
    const now = await store.now()
    await store.transaction((trx) => sweepOutbox(trx, now))
    expect((await rows()).map(({ id }) => id)).toEqual(['bad', 'edited', expect.any(String)])
    await delivery.idle()
    expect([...platform.shown.values()].map(textOf)).toEqual(['better', 'late'])
  })

  test('counts what it does', async () => {
    const { send, worker, passUntilDue, pass } = await openOutboxWorld(open)
    const counted: string[] = []
    const count =
      (what: string) =>
      ({ lane, platform }: DeliveryLabels, seconds?: number) => {
        counted.push(
          [what, lane, platform, ...(seconds === undefined ? [] : [Math.floor(seconds)])].join(' '),
        )
      }
    const counts = {
      sent: count('sent'),
      retried: count('retried'),
      dead: count('dead'),
      uncertain: count('uncertain'),
    }
    const fates: Fate[] = ['later', 'gone', 'cut-after', 'ok']
    const platform = new FakePlatform({ send: { how: 'at-most-once' }, fate: () => fates.shift()! })
    const delivery = worker({ platforms: [platform], counts })
    await send('one')
    await delivery.idle()
    await passUntilDue('one')
    await delivery.idle()
    await send('two', { lane: 'reminder' })
    await delivery.idle()
    await send('three', { lane: 'broadcast' })
    pass(minute)
    await delivery.idle()
    expect(counted).toEqual([
      'retried reply fake',
      'dead reply fake',
      'uncertain reminder fake',
      'sent broadcast fake 60',
    ])
  })
})
