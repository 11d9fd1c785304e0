import { expect, test } from 'vitest'
import { FakePlatform } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openOutboxWorld } from './outbox-world.ts'

describeEachDatabase('the running worker', (open) => {
  test('delivers when woken, ends what is under way when stopped, and begins nothing new', async () => {
    const { send, worker, row } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    const begun = Promise.withResolvers<void>()
    const end = Promise.withResolvers<void>()
    platform.hold = () => {
      begun.resolve()
      return end.promise
    }
    const delivery = worker({ platforms: [platform] })
    delivery.start()
    await send('first')
    delivery.wake()
    await begun.promise
    const stopped = delivery.stop()
    await send('second', { chat: 'b' })
    delivery.wake()
    end.resolve()
    await stopped
    expect(await row('first')).toMatchObject({ state: 'sent' })
    expect(await row('second')).toMatchObject({ state: 'waiting', attempts: 0 })
    expect(platform.tried).toHaveLength(1)
  })

  test('leaves to other processes what is for chats that are there', async () => {
    const { send, worker, row } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    const of = (...chats: string[]) =>
      worker({ platforms: [platform], serves: chats.map((chat) => ({ platform: platform.name, chat })) })
    for (const chat of ['a', 'b', 'ba', 'a","chat","b', '"%_']) await send(`to ${chat}`, { chat })
    await of('b', '"%_').idle()
    expect(platform.tried.map(({ id }) => id).sort()).toEqual(['to "%_', 'to b'])
    expect(await row('to a')).toMatchObject({ state: 'waiting', attempts: 0 })
    await of('a').idle()
    expect(platform.tried.at(-1)!.id).toBe('to a')
    await worker({ platforms: [platform], serves: [{ platform: platform.name }] }).idle()
    expect(platform.tried).toHaveLength(5)
  })

  test('delivers to a chat also what is said to its account alone, and nothing of other accounts', async () => {
    const { send, worker, row } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    const account = (user: string) =>
      ({ type: 'account', account: { platform: platform.name, installation: 'one', user } }) as const
    await send('own', { to: account('zhang') })
    await send('foreign', { to: account('li') })
    await worker({ platforms: [platform], serves: [{ platform: platform.name, chat: 'zhang' }] }).idle()
    expect(platform.tried.map(({ id }) => id)).toEqual(['own'])
    expect(await row('foreign')).toMatchObject({ state: 'waiting', attempts: 0 })
  })
})
