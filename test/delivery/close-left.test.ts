import { expect, test } from 'vitest'
import { FakePlatform } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { card, openOutboxWorld } from './outbox-world.ts'

const minute = 60_000

describeEachDatabase('an answer that nobody finishes', (open) => {
  test('is closed with its last words after ten minutes, once', async () => {
    const { send, edit, worker, rows, pass } = await openOutboxWorld(open)
    const platform = new FakePlatform()
    const growing = { at: 0, count: 1, lead: '要点：' }
    await send('begun', { open: true, card: { ...card('begun'), growing } })
    await send('left', { open: true, chat: 'b' })
    await send('ended', { open: true, chat: 'c' })
    const delivery = worker({ platforms: [platform] })
    await delivery.idle()
    await edit('left', 'some words', { open: true })
    await edit('ended', 'all of it')
    await delivery.idle()
    const before = platform.made.length
    pass(9 * minute)
    await worker({ platforms: [platform] }).idle()
    expect(platform.made).toHaveLength(before)
    pass(2 * minute)
    await worker({ platforms: [platform] }).idle()
    const closed = platform.made.slice(before).map(({ operation }) => operation)
    expect(closed.map(({ name, open: isOpen }) => [name, isOpen])).toEqual([
      ['edit', false],
      ['edit', false],
    ])
    expect(closed.map((one) => one.card)).toEqual([card('begun'), card('some words')])
    expect([...platform.shown.values()]).toEqual([card('begun'), card('some words'), card('all of it')])
    // Nothing of what was said is kept, and nothing is closed twice.
    expect((await rows()).filter((one) => one.card !== null)).toEqual([])
    pass(30 * minute)
    await worker({ platforms: [platform] }).idle()
    expect(platform.made).toHaveLength(before + 2)
  })
})
