import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startTestBot, type TestBot } from '../bot/running-bot.ts'
import { textOf, WebGuest } from '../bot/web-guest.ts'
import { freshLocation } from '../store/each-database.ts'

export const question = '多少科技人员应单独组建科协？'
/** What nobody outside may see of how the bot is made. */
export const insides =
  /\n\s+at |node:internal|\.ts\b|TypeError|RangeError|SQLITE|sqlite|postgres|node_modules|ZodError/

/**
 * A whole bot for the tests of a file. Whatever one of them did, the bot then still answers everybody else, and
 * nothing of ours broke.
 */
export function withHostileBot(): { address: string } {
  let bot: TestBot
  const cleanUps: (() => Promise<void>)[] = []
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  beforeAll(async () => {
    process.on('unhandledRejection', note)
    bot = await startTestBot(await freshLocation('sqlite', cleanUps))
  })
  afterAll(async () => {
    process.off('unhandledRejection', note)
    await bot.stop()
    for (const cleanUp of cleanUps.reverse()) await cleanUp()
  })
  afterEach(async () => {
    const guest = await WebGuest.arrive(bot.address)
    expect(textOf(await guest.ask(question))).toContain('应单独组建科协组织')
    expect(bot.errors).toEqual([])
    expect(unhandled).toEqual([])
  })
  return {
    get address() {
      return bot.address
    },
  }
}

/** A refusal of the server: its status and the one message that it gives. */
export async function refused(response: Response): Promise<number> {
  const text = await response.text()
  expect(text).not.toMatch(insides)
  expect(JSON.parse(text)).toEqual({ message: expect.stringMatching(/\p{Script=Han}/u) })
  return response.status
}
