import { expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import type { Turn } from '../../src/conversation/feature.ts'
import { createAccountsFeature } from '../../src/features/accounts/accounts-feature.ts'
import { addressesOf, addressOf, preferAccount } from '../../src/people/address.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { textOf } from '../delivery/outbox-world.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const account = (platform: string, user = 'chen'): Account => ({ platform, installation: 'one', user })

/** A person with accounts on these platforms, linked in this order. */
async function personWith(store: Store, platforms: string[]): Promise<string> {
  return store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: '陈工' })
    for (const [day, platform] of platforms.entries()) {
      await linkAccount(trx, account(platform), id, new Date(Date.UTC(2026, 2, 1 + day)), { prefer: false })
    }
    return id
  })
}

describeEachDatabase('where a person is written to', (open) => {
  test.each([
    [[], null],
    [['terminal'], null],
    [['terminal', 'web'], 'web'],
    [['slack', 'web'], 'slack'],
    [['slack', 'feishu', 'web'], 'feishu'],
  ])('with accounts at %j: %s', async (platforms, expected) => {
    const { store } = await open()
    const person = await personWith(store, platforms)
    expect(await addressOf(store.db, person)).toEqual(
      expected && { type: 'account', account: account(expected) },
    )
  })

  test('of many in one look the same as of each', async () => {
    const { store } = await open()
    const people: string[] = []
    for (const [at, platforms] of [['terminal'], ['slack', 'feishu'], ['web']].entries()) {
      people.push(
        await store.transaction(async (trx) => {
          const { id } = await createPerson(trx, { name: '陈工' })
          for (const platform of platforms)
            await linkAccount(trx, account(platform, `u${at}`), id, new Date(0))
          return id
        }),
      )
    }
    const each = new Map<string, unknown>()
    for (const person of people) {
      const one = await addressOf(store.db, person)
      if (one) each.set(person, one)
    }
    expect(each.size).toBe(2)
    expect(await addressesOf(store.db, [...people, ...people, 'nobody'])).toEqual(each)
  })

  test('at the account they chose, unless that is a terminal or no longer theirs', async () => {
    const { store } = await open()
    const person = await personWith(store, ['terminal', 'slack', 'web', 'feishu'])
    const choose = (chosen: Account) => store.transaction((trx) => preferAccount(trx, chosen))
    const where = async () => addressOf(store.db, person)
    expect(await choose(account('web'))).toBe('here')
    expect(await where()).toEqual({ type: 'account', account: account('web') })
    expect(await choose(account('terminal'))).toBe('terminal')
    expect(await choose(account('slack', 'guest'))).toBe('guest')
    expect(await where()).toEqual({ type: 'account', account: account('web') })
    await store.transaction((trx) => trx.deleteFrom('account').where('platform', '=', 'web').execute())
    expect(await where()).toEqual({ type: 'account', account: account('feishu') })
  })

  test.each([
    ['slack', 'From now on your messages are sent here.'],
    ['terminal', 'A terminal cannot receive messages. Send “send messages here” from a chat program.'],
    ['web', 'You are not signed in, so messages cannot be directed here.'],
  ])('by a command from %s', async (platform, answer) => {
    const { store } = await open()
    await personWith(store, ['slack', 'terminal'])
    const command = createAccountsFeature({ store }).commands.find(({ words }) =>
      words.en.includes('send messages here'),
    )!
    const said: string[] = []
    const turn = {
      message: { account: account(platform) },
      language: 'en',
      commit: (work) =>
        store.transaction((trx) =>
          work(trx, async (card) => {
            said.push(textOf(card))
            return 'id'
          }),
        ),
    } as Turn
    await command.run(turn)
    expect(said).toEqual([answer])
  })
})
