// Copy to test/hostile/wordless.test.ts
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { citedKeys, WebGuest } from '../bot/web-guest.ts'
import { freshLocation } from '../store/each-database.ts'

let bot: TestBot
const cleanUps: (() => Promise<void>)[] = []
beforeAll(async () => {
  bot = await startTestBot(await freshLocation('sqlite', cleanUps))
})
afterAll(async () => {
  await bot.stop()
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
})

test.each(['？？？', '……', '😀😀', 'asdfgh', 'xx', '123', 'Сколько человек?'])(
  'what has no word of the documents (%s) is no question that a clause answers',
  async (text) => {
    const card = await (await WebGuest.arrive(bot.address)).ask(text)
    expect(card.tone).toBe('refusal')
    expect(citedKeys(card)).toEqual([])
  },
)
