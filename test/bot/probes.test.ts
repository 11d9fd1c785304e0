import { expect, test, vi } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { startTestBot } from './running-bot.ts'
import { WebGuest } from './web-guest.ts'

describeEachDatabase('whoever watches over a bot', (open) => {
  test('learns that it is ready, and what it did', async () => {
    const { location } = await open()
    const bot = await startTestBot(location, undefined, { METRICS_TOKEN: 'for the watch' })
    try {
      expect((await fetch(`${bot.address}/healthz`)).status).toBe(200)
      const ready = await fetch(`${bot.address}/readyz`)
      expect([ready.status, await ready.json()]).toEqual([
        200,
        { status: 'ok', database: 'ok', workers: 'ok', index: 'ok' },
      ])
      const guest = await WebGuest.arrive(bot.address)
      await guest.say('多少人才能单独成立科协？')
      const far = { 'x-forwarded-for': '192.0.2.1' }
      expect((await fetch(`${bot.address}/metrics`, { headers: far })).status).toBe(404)
      const authorization = 'Bearer for the watch'
      // What was sent is counted once it is written down.
      await vi.waitFor(async () => {
        const headers = { ...far, authorization }
        const text = await (await fetch(`${bot.address}/metrics`, { headers })).text()
        expect(text).toContain('kexie_outbox_total{lane="reply",platform="web",outcome="sent"} 1')
        expect(text).toContain('kexie_messages_total{platform="web",outcome="taken"} 1')
        expect(text).toContain('kexie_answers_total{outcome="answered"} 1')
        expect(text).toContain('kexie_database_up 1')
      })
    } finally {
      await bot.stop()
    }
  })
})
