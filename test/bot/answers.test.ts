import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listGaps } from '../../src/features/policy/answer-log.ts'
import { parseDocument } from '../../src/knowledge/parse/parse-document.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'
import { bare, buttonsFor, citedKeys, marksOf, quotesOf, textOf, WebGuest } from './web-guest.ts'

const source = readFileSync(new URL('../../knowledge/documents/guideline.md', import.meta.url), 'utf8')
const clauses = parseDocument(source.split('---\n').slice(2).join('---\n'), 'md').clauses
const textOfClause = new Map(clauses.map(({ key, text }) => [key, text]))

const howMany = '多少科技人员应单独组建科协？'
const notSettled = '企业科协主席一届任期几年？'

describeEachDatabase('the bot', (open) => {
  let opened: OpenedStore
  let bot: TestBot
  let now: Date
  beforeEach(async () => {
    now = new Date('2026-03-02T01:00:00Z')
    opened = await open()
    bot = await start()
  })
  afterEach(async () => {
    await bot.stop()
    expect(bot.errors).toEqual([])
  })
  // A clock that stands still would leave the order of turns to their random ids.
  const tick = () => {
    now = new Date(now.getTime() + 1)
    return now
  }
  const start = () => startTestBot(opened.location, tick)
  const passMinutes = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000)
  }
  const answers = () =>
    opened.store.db.selectFrom('answer_given').selectAll().orderBy('at').orderBy('question').execute()

  describe('an answer', () => {
    test('quotes the clause to the letter, says where it stands and who issued it', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const card = await guest.ask(howMany)
      expect(card.tone).toBe('answer')
      expect(citedKeys(card)[0]).toBe('三/十')
      const [quote] = quotesOf(card)
      expect(quote!.source).toContain('《关于加强国有企业科协组织建设的意见》')
      expect(quote!.source).toContain('三、国有企业科协组织建设的方法措施')
      expect(quote!.source).toContain('（十）')
      expect(textOf(card)).toContain('中国科协、国务院国资委')
      const pieces = quote!.runs.filter(({ mark }) => mark).map(({ text }) => text)
      expect(pieces.join('')).toContain('应单独组建科协组织')
      for (const piece of pieces) expect(textOfClause.get('三/十')).toContain(piece)
      expect(await answers()).toMatchObject([{ question: howMany, refused: 0, language: 'zh-CN' }])
    })

    test('opens its clause with the same words marked', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const card = await guest.ask(howMany)
      const [button] = buttonsFor(card, 'policy.open-clause')
      const clause = await guest.open(button!)
      expect(bare(textOf(clause).replace(/[【】]/g, ''))).toContain(bare(textOfClause.get('三/十')!))
      expect(marksOf(clause)).toEqual(quotesOf(card)[0]!.runs.flatMap((run) => (run.mark ? [run.text] : [])))
    })

    test('its clause leads to its neighbours, through the whole document and back', async () => {
      const guest = await WebGuest.arrive(bot.address)
      let [button] = buttonsFor(await guest.ask(howMany), 'policy.open-clause')
      /** The neighbours of the clause that `button` opens. */
      const openHere = async () => {
        const key = button!.value.key!
        const card = await guest.open(button!)
        expect(bare(textOf(card).replace(/[【】]/g, ''))).toContain(bare(textOfClause.get(key)!))
        const at = clauses.findIndex((clause) => clause.key === key)
        const neighbours = buttonsFor(card, 'policy.open-clause')
        const expected = [clauses[at - 1], clauses[at + 1]].flatMap((clause) => clause?.key ?? [])
        expect(neighbours.map(({ value }) => value.key)).toEqual(expected)
        return { at, neighbours }
      }
      const seen: number[] = []
      for (let here = await openHere(); here.at > 0; here = await openHere()) button = here.neighbours[0]
      for (let here = await openHere(); ; here = await openHere()) {
        seen.push(here.at)
        if (here.at === clauses.length - 1) break
        button = here.neighbours.at(-1)
      }
      expect(seen).toEqual(clauses.map((_, at) => at))
    })

    test('keeps one verdict of its account, the last, and none of whoever was not there', async () => {
      const [one, other] = [await WebGuest.arrive(bot.address), await WebGuest.arrive(bot.address)]
      const [up, down] = buttonsFor(await one.ask(howMany), 'policy.feedback')
      const kept = async () => {
        const rows = await opened.store.db.selectFrom('feedback').selectAll().execute()
        return rows.map(({ account, verdict }) => [account, verdict]).sort()
      }
      for (const button of [up!, up!, down!]) {
        const { toasts } = await one.press(button)
        expect(toasts).toHaveLength(1)
      }
      const [given] = await answers()
      expect(await kept()).toEqual([[given!.account, 'down']])
      await one.press(up!)
      await other.press(down!)
      expect(await kept()).toEqual([[given!.account, 'up']])
    })

    test('asked in English has English words around the Chinese quote', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const card = await guest.ask('How many technical staff call for an association of its own?')
      expect(citedKeys(card)).toContain('三/十')
      const marks = marksOf(card).join('')
      expect(marks).toMatch(/^[^a-z]+$/i)
      expect(
        buttonsFor(card, 'policy.feedback')
          .map(({ label }) => label)
          .join(),
      ).not.toMatch(/\p{Script=Han}/u)
      expect((await answers())[0]!.language).toBe('en')
    })
  })

  describe('a refusal', () => {
    test('names the nearest clause without marks, and keeps the question as a gap', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const card = await guest.ask(notSettled)
      expect(card.tone).toBe('refusal')
      expect(marksOf(card)).toEqual([])
      const [quote] = quotesOf(card)
      const [nearest] = buttonsFor(card, 'policy.open-clause')
      const text = textOfClause.get(nearest!.value.key!)!
      for (const piece of quote!.runs
        .map((run) => run.text)
        .join('')
        .split('……')) {
        expect(text).toContain(piece)
      }
      expect(textOf(await guest.open(nearest!))).toContain('第 1 版')
      const gaps = await listGaps(opened.store.db)
      expect(gaps).toMatchObject([
        {
          question: notSettled,
          wantsPerson: false,
          times: 1,
          nearest: { document: 'guideline', key: nearest!.value.key },
        },
      ])
    })

    test('offers to ask a person, with the question filled in', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const [person] = buttonsFor(await guest.ask(notSettled), 'help.ask')
      const { form } = await guest.act(person!)
      expect(form?.fields.map(({ value }) => value)).toContain(notSettled)
    })
  })

  describe('a conversation', () => {
    const academic = '企业科协怎么开展学术交流？'
    const popular = '国有企业怎么开放科普资源？'
    const vague = '这方面具体怎么做呢？'

    test('makes a follow-up clear, for each guest and each conversation by itself', async () => {
      const [one, other] = [await WebGuest.arrive(bot.address), await WebGuest.arrive(bot.address)]
      await one.ask(academic)
      // The same name of a conversation in another guest's browser is another conversation.
      other.conversation = one.conversation
      await other.ask(popular)
      expect(citedKeys(await one.ask(vague))[0]).toBe('二/六')
      expect(citedKeys(await other.ask(vague))[0]).toBe('二/八')
      const first = one.conversation
      one.conversation = crypto.randomUUID()
      await one.ask(popular)
      expect(citedKeys(await one.ask(vague))[0]).toBe('二/八')
      one.conversation = first
      expect(citedKeys(await one.ask(vague))[0]).toBe('二/六')
    })

    test('goes on after a restart', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const before = await guest.ask(academic)
      await bot.stop()
      bot = await start()
      const same = guest.at(bot.address)
      expect(citedKeys(await same.ask(vague))[0]).toBe('二/六')
      const [button] = buttonsFor(before, 'policy.open-clause')
      expect(textOf(await same.open(button!))).toContain('（六）')
      const [up] = buttonsFor(before, 'policy.feedback')
      await same.press(up!)
      expect(await opened.store.db.selectFrom('feedback').selectAll().execute()).toHaveLength(1)
    })

    test('is taken up within half an hour, and begins anew after it', async () => {
      const guest = await WebGuest.arrive(bot.address)
      const alone = citedKeys(await guest.ask(vague))
      expect(alone[0]).not.toBe('二/六')
      passMinutes(31)
      await guest.ask(academic)
      passMinutes(29)
      expect(citedKeys(await guest.ask(vague))[0]).toBe('二/六')
      passMinutes(31)
      expect(citedKeys(await guest.ask(vague))).toEqual(alone)
    })

    test('a courtesy is answered as one, in its language, and kept nowhere', async () => {
      const guest = await WebGuest.arrive(bot.address)
      for (const words of ['你好', '您好！', '帮助', 'Hello', '/help', '谢谢！', 'Thank you.']) {
        const card = await guest.ask(words)
        expect(card.tone, words).toBe('info')
        expect(quotesOf(card), words).toEqual([])
        const chinese = /\p{Script=Han}/u.test(card.title ?? textOf(card))
        expect(chinese, words).toBe(/\p{Script=Han}/u.test(words))
      }
      expect(await answers()).toEqual([])
    })

    test('each answer is kept with who asked it, where', async () => {
      const guest = await WebGuest.arrive(bot.address)
      await guest.ask(academic)
      passMinutes(1)
      await guest.ask(notSettled)
      const [first, second] = await answers()
      expect([first!.question, second!.question]).toEqual([academic, notSettled])
      expect(first!.account).toBe(second!.account)
      expect(first!.conversation).toContain(guest.conversation)
      // What is kept does not let anybody speak as the guest.
      const secret = /kexie_guest=([\w-]+)/.exec(guest.cookie)![1]!
      expect(JSON.stringify([first, second])).not.toContain(secret)
    })
  })
})
