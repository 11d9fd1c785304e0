import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { readVersion } from '../../src/knowledge/library/versions.ts'
import { translate } from '../../src/messages/translate.ts'
import { runKexie } from '../command-line/run-kexie.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'
import { buttonsFor, marksOf, textOf, WebGuest } from './web-guest.ts'

const rules = (rent: string) =>
  `科技展厅借用办法\n\n第一条 为规范科技展厅借用，制定本办法。\n\n第二条 借用科技展厅每天收取场租${rent}元。\n`
const question = '借用科技展厅每天收取多少场租？'

vi.setConfig({ testTimeout: 90_000 })

describeEachDatabase('a change of the library beside the running bot', (open) => {
  let opened: OpenedStore
  let bot: TestBot
  let now: Date
  beforeEach(async () => {
    // The bot looks at the library by an interval; the test says when it has passed.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    now = new Date('2026-03-02T01:00:00Z')
    opened = await open()
    bot = await startTestBot(opened.location, () => now)
  })
  afterEach(async () => {
    await bot.stop()
    vi.useRealTimers()
    expect(bot.errors).toEqual([])
  })

  const kexie = (...words: string[]) =>
    runKexie(words, {
      DATA_DIR: opened.location.dataDir,
      DATABASE_URL: opened.location.databaseUrl ?? '',
    })
  /** The answer once it is as wanted; fails with the last one where it never is. */
  const answerThat = async (guest: WebGuest, wanted: (card: Card) => boolean): Promise<Card> => {
    let card = await guest.ask(question)
    const giveUp = performance.now() + 20_000
    while (!wanted(card) && performance.now() < giveUp) {
      vi.advanceTimersByTime(3_000)
      // The index is built in a thread of its own, in real time; this only leaves it the processor.
      await new Promise((resolve) => setTimeout(resolve, 100))
      card = await guest.ask(question)
    }
    expect(wanted(card), textOf(card)).toBe(true)
    return card
  }
  const says = (words: string) => (card: Card) => marksOf(card).join('').includes(words)

  test('what is added is answered from within seconds, what is removed no more', async () => {
    const guest = await WebGuest.arrive(bot.address)
    expect(marksOf(await guest.ask(question)).join('')).not.toContain('场租')
    const file = join(opened.location.dataDir, 'rules.txt')
    await writeFile(file, rules('500'))
    expect(await kexie('kb', 'add', file, '--issuer', '省科协', '--document', 'hall')).toMatchObject({
      code: 0,
    })
    const card = await answerThat(guest, says('场租500元'))
    expect(textOf(card)).toContain('《科技展厅借用办法》')
    expect(textOf(card)).toContain('省科协')
    const button = buttonsFor(card, 'policy.open-clause').find(({ value }) => value.document === 'hall')!
    expect(textOf(await guest.open(button))).toContain('场租500元')
    expect(await kexie('kb', 'remove', 'hall')).toMatchObject({ code: 0 })
    await answerThat(guest, (given) => !textOf(given).includes('场租'))
    // A button of the card from before says so, plainly.
    await expect(guest.open(button)).rejects.toThrow(translate('zh-CN', 'policy:clause.gone'))
  })

  test('a newer version is served from its day on, with its version and date', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const add = (rent: string, effective: string) =>
      addDocument(
        opened.store,
        opened.blobs,
        { fileName: 'rules.txt', bytes: Buffer.from(rules(rent)), document: 'hall', effective },
        now,
      )
    await add('500', '2025-01-01')
    await add('800', '2026-03-03')
    const old = await answerThat(guest, says('场租500元'))
    expect(textOf(old)).toContain('2025-01-01')
    expect(textOf(old)).not.toContain('800')
    // 23:59 in China, and then midnight there, while it is still yesterday in UTC.
    now = new Date('2026-03-02T15:59:59Z')
    vi.advanceTimersByTime(3_000)
    expect(marksOf(await guest.ask(question)).join('')).toContain('场租500元')
    now = new Date('2026-03-02T16:00:00Z')
    const fresh = await answerThat(guest, says('场租800元'))
    expect(textOf(fresh)).toContain('2026-03-03')
    expect(textOf(fresh)).toMatch(/第 2 版|version 2/)
    expect(textOf(fresh)).not.toContain('500')
    // The old stays readable where it was cited, or the newer one is shown as such: never the old text unnamed.
    const [button] = buttonsFor(old, 'policy.open-clause')
    const shown = textOf(await guest.open(button!))
    expect(shown).toMatch(shown.includes('500') ? /第 1 版/ : /第 2 版/)
    const first = await readVersion(opened.store, 'hall', 1)
    expect(first!.clauses.at(-1)!.text).toContain('场租500元')
  })
})
