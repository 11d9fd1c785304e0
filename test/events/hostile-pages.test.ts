import { afterEach, beforeEach, expect, test } from 'vitest'
import { toBase32 } from '../../src/features/events/check-in/base32.ts'
import { createEvent, type EventDraft } from '../../src/features/events/making/keep-event.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { type ConsoleHouse, idOf, openHouse } from '../console/console-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { lecture } from './event-drafts.ts'

const audience = { organisations: [], roles: [], public: true }

/** What somebody puts in place of a number, a code or a token. */
const made = [
  '%00',
  'HD-2026-0001%00',
  '%ED%A0%80',
  '%FF%FE',
  encodeURIComponent("' or 1=1 --"),
  encodeURIComponent('<script>alert(1)</script>'),
  '..%2f..%2f..%2fetc%2fpasswd',
  '..%5c..%5cdata%5ckexie.db',
  '__proto__',
  'x'.repeat(6000),
  encodeURIComponent('\u200b\u202eHD-2026-0001'),
  // A code of the right shape that names no registration: eight bytes of nothing, and the signature.
  `K1${toBase32(Buffer.alloc(4 + 3 + 4 + 10))}`,
  `K1${toBase32(Buffer.alloc(4 + 16 + 4 + 10))}`,
  `K1${toBase32(Buffer.alloc(4 + 3 + 4 + 10, 0xff))}`,
]

describeEachDatabase('made-up addresses and forms of events', (open) => {
  let house: ConsoleHouse
  let browser: ConsoleBrowser
  beforeEach(async () => {
    house = await openHouse(open)
    browser = new ConsoleBrowser(house.bot.address)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  async function addEvent(changed: Partial<EventDraft> = {}) {
    const by = await idOf(house.store, 'person', '周建国')
    return house.store.transaction(async (trx) => {
      const draft = lecture(house.root, { audience, ...changed })
      const { row } = await createEvent(trx, draft, { by, now: house.time.now })
      await trx.updateTable('event_entry').set({ state: 'published' }).where('id', '=', row.id).execute()
      return row
    })
  }
  const count = async () =>
    (await house.store.db.selectFrom('event_registration').select('id').execute()).length

  test.each([
    ['an event', (word: string) => [`/e/${word}`, `/e/${word}/registration`]],
    [
      'check-in',
      (word: string) => [
        `/c/${word}`,
        `/c/e/${word}/${word}`,
        `/c/e/HD-2026-0001/${word}`,
        `/c/m/${word}/${word}/${word}`,
      ],
    ],
    ['a calendar', (word: string) => [`/calendar/${word}.ics`, `/calendar/${word}.${'A'.repeat(22)}.ics`]],
    ['a resource', (word: string) => [`/r/${word}`, `/r/${word}/photo`, `/open-day/${word}`]],
  ])('%s: nothing is there, and nothing breaks', async (_, paths) => {
    await addEvent()
    const wrong: string[] = []
    for (const word of made) {
      for (const path of paths(word)) {
        const { status, html } = await browser.open(path)
        if (
          status >= 500 ||
          (status === 200 && !path.endsWith('/registration')) ||
          html.includes('<script>alert')
        )
          wrong.push(`${status} ${path.slice(0, 60)}`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('forms with other fields, other shapes and no text are refused or shown again', async () => {
    const { number, id } = await addEvent({ mostGuests: 2 })
    const base = { name: '郑不语', telephone: '13955501234', consent: 'yes', once: 'a' }
    const strange: Record<string, string>[] = [
      { ...base, name: '\0' },
      { ...base, name: '\u200b\u200b' },
      { ...base, name: '郑'.repeat(10_000) },
      { ...base, telephone: '1'.repeat(10_000) },
      { ...base, telephone: 'a@b.c\r\nBcc: all@example.cn' },
      { ...base, guests: '-1' },
      { ...base, guests: '1e9' },
      { ...base, guests: 'NaN' },
      { ...base, consent: 'no' },
    ]
    for (const values of strange) {
      const { status } = await browser.submit(`/e/${number}`, values)
      expect([status, values]).toEqual([422, values])
    }
    for (const code of ['\0', 'A\0', '\ud800', '％％％％％％％％', "' or '1'='1", 'x'.repeat(9000)])
      expect(
        (await browser.submit(`/e/${number}/registration`, { code, do: 'erase', sure: 'yes' })).status,
      ).toBe(404)
    for (const ticket of ['', '.', '9999999999.', `9999999999.${'A'.repeat(22)}`, '\0.\0', '1.2.3'])
      expect((await browser.submit(`/c/e/${id}`, { ticket, code: '' })).status).toBe(422)
    expect(await count()).toBe(0)
  })

  test('twenty long answers are taken', async () => {
    const questions = Array.from({ length: 20 }, (_, at) => ({
      ...{ name: `q${at}`, label: `问题${at}`, type: 'long-text' as const, required: true, options: [] },
    }))
    const { number } = await addEvent({ questions })
    const answers = questions.map(({ name }) => [`own-${name}`, '长'.repeat(2000)])
    const sent = { name: '郑不语', telephone: '13955501234', consent: 'yes', once: 'a' }
    const { status } = await browser.submit(`/e/${number}`, { ...sent, ...Object.fromEntries(answers) })
    expect(status).toBe(200)
    expect(await count()).toBe(1)
  })
})
