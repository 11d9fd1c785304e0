import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { startTestBot } from './running-bot.ts'
import { WebGuest } from './web-guest.ts'

/** Words that stand nowhere but in what these people say. */
const telling = ['赵铁柱', '紫金山矿', 'Quetzalcoatl', '贪了三百万', '13800138000']

describeEachDatabase('the log of a whole bot', (open, dialect) => {
  test('holds nothing that people said, whatever became of it', async () => {
    const { location } = await open()
    const bot = await startTestBot(location)
    try {
      const guest = await WebGuest.arrive(bot.address)
      for (const said of telling) {
        await guest.say(`${said}说企业科协要多少人才能成立？`)
        await guest.say(said)
      }
      const english = await WebGuest.arrive(bot.address, 'en')
      await english.say(`Who pays for ${telling.join(' and ')}?`)
      const bodies = [
        JSON.stringify({ id: telling[2], text: telling[3] }),
        `{"text": "${telling[0]}`,
        JSON.stringify({ id: 'x'.repeat(9999), text: telling.join() }),
      ]
      for (const body of bodies) {
        for (const path of ['/api/messages', `/api/${telling[2]}?q=${telling[4]}`, '/console/people']) {
          const headers = { 'Content-Type': 'application/json', Cookie: guest.cookie, Origin: bot.address }
          await (await fetch(bot.address + path, { method: 'POST', body, headers })).text()
        }
      }
      await (await fetch(`${bot.address}/sign-in/${telling[2]}?name=${telling[0]}`)).text()
    } finally {
      await bot.stop()
    }
    const log = bot.log.join('')
    expect(bot.log.length).toBeGreaterThan(0)
    for (const word of [...telling, ...telling.map(encodeURIComponent)]) expect(log).not.toContain(word)
    expect(log).not.toContain(bot.firstLink!.split('/').at(-1))
  })

  test('holds nothing of the row that a database refuses and quotes', async () => {
    const { store, location } = await open()
    const bot = await startTestBot(location)
    try {
      const refusing =
        dialect === 'postgres'
          ? sql`alter table answer_given add constraint refused check (question = '')`
          : sql`create trigger refused before insert on answer_given begin select raise(abort, 'refused'); end`
      await store.transaction((trx) => refusing.execute(trx))
      const guest = await WebGuest.arrive(bot.address)
      await (await guest.post('messages', { id: randomUUID(), text: telling.join('，') })).text()
      await vi.waitFor(() => expect(bot.errors.length).toBeGreaterThan(0), 20_000)
    } finally {
      await bot.stop()
    }
    const log = bot.log.join('')
    expect(log).toContain('refused')
    for (const word of telling) expect(log).not.toContain(word)
  })
})
