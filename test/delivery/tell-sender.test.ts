import { expect, test } from 'vitest'
import { accountKey } from '../../src/chat/keys.ts'
import { resendDeadLetters } from '../../src/delivery/dead-letters.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { FakePlatform, type FakePlatformOptions } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, openOutboxWorld, textOf } from './outbox-world.ts'

describeEachDatabase('who sent what could not be delivered', (open) => {
  const sender = accountOf('cadre')

  async function openWithCadre(options: FakePlatformOptions) {
    const world = await openOutboxWorld(open)
    await world.store.transaction(async (trx) => {
      const cadre = await createPerson(trx, { name: 'Chen', language: 'en' })
      await linkAccount(trx, sender, cadre.id, new Date())
      const worker = await createPerson(trx, { name: '王工' })
      await linkAccount(trx, accountOf('wang'), worker.id, new Date())
    })
    const platform = new FakePlatform(options)
    return { ...world, platform, delivery: world.worker({ platforms: [platform] }) }
  }

  test('is told once, in their language', async () => {
    const { store, send, rows, delivery, platform } = await openWithCadre({
      fate: ({ id }) => (id === 'request' ? 'not-allowed' : 'ok'),
    })
    await send('request', {
      to: { type: 'account', account: accountOf('wang') },
      sender: accountKey(sender),
      lane: 'reminder',
    })
    await delivery.idle()
    await store.transaction(async (trx) => resendDeadLetters(trx, 'all', await store.now(trx)))
    await delivery.idle()
    expect(platform.tried.map(({ id }) => id)).toEqual(['request', 'undelivered:request', 'request'])
    const { to, card } = platform.made[0]!.operation
    expect(to).toEqual({ type: 'account', account: sender })
    expect(textOf(card)).toBe('Your message to 王工 was not delivered.')
    expect((await rows())[1]).toMatchObject({ lane: 1, sender: null, state: 'sent' })
  })

  test('is told of what is uncertain, in Chinese where nobody knows them', async () => {
    const { send, delivery, platform } = await openWithCadre({ send: { how: 'at-most-once' } })
    platform.fate = ({ id }) => (id === 'request' ? 'cut-before' : 'ok')
    await send('request', { sender: accountKey(accountOf('guest')) })
    await delivery.idle()
    expect(platform.made.map(({ operation }) => textOf(operation.card))).toEqual([
      '您发给群聊或会话的消息可能没有送到，请向对方核实。',
    ])
  })

  test('is not told where that is the very address, and not of a notice', async () => {
    const { send, rows, delivery } = await openWithCadre({ fate: () => 'gone' })
    await send('to myself', { to: { type: 'account', account: sender }, sender: accountKey(sender) })
    await send('to a chat', { sender: accountKey(sender) })
    await delivery.idle()
    expect((await rows()).map(({ id, state }) => [id, state])).toEqual([
      ['to myself', 'dead'],
      ['to a chat', 'dead'],
      ['undelivered:to a chat', 'dead'],
    ])
  })

  test('is not told of progress that could not be shown', async () => {
    const { send, edit, rows, delivery } = await openWithCadre({
      fate: ({ name }) => (name === 'edit' ? 'gone' : 'ok'),
    })
    await send('answer', { sender: accountKey(sender) })
    await delivery.idle()
    await edit('answer', 'progress', { open: true })
    await delivery.idle()
    expect((await rows()).map(({ state, card }) => [state, card])).toEqual([
      ['sent', null],
      ['superseded', null],
    ])
  })
})
