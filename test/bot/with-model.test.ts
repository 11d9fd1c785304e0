import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Card } from '../../src/chat/card.ts'
import { translate } from '../../src/messages/translate.ts'
import { type Exchange, type ModelServer, startModelServer } from '../fakes/openai-server.ts'
import { clauseNumber } from '../model/guideline-clauses.ts'
import { freshLocation } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'
import { buttonsFor, quotesOf, textOf, WebGuest } from './web-guest.ts'

const question = '多少科技人员应单独组建科协？'
const line = (text: string, number: number, quote: string) =>
  `${JSON.stringify({ text, evidence: [{ clause: `guideline/${clauseNumber(number).key}`, quote }] })}\n`
const hundred = '科技人员总数达到100人以上、条件成熟的企业，应单独组建科协组织。'
const good = line(hundred, 10, '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织')
const parks = '高新技术开发区所在区域，要采取单独组建和依托园区组建等方式。'
const alsoGood = line(parks, 10, '高新技术开发区和经济技术开发区所在区域，要采取单独组建和依托园区组建等方式')
const untrue = '科技人员总数达到200人以上的企业，应单独组建科协组织。'
const bad = line(untrue, 10, '应单独组建科协组织')

/** The sentences of a card that a model wrote. */
function statementsOf(card: Card): string[] {
  return card.blocks.flatMap((block) =>
    block.type === 'list' ? block.items.map((runs) => runs.map(({ text }) => text).join('')) : [],
  )
}

describe('the bot with a model', () => {
  const cleanUps: (() => Promise<void>)[] = []
  let server: ModelServer
  let bot: TestBot
  let extractive: Card

  const startWith = async (changes: Record<string, string>) =>
    startTestBot(await freshLocation('sqlite', cleanUps), () => new Date('2026-03-02T01:00:00Z'), changes)

  beforeAll(async () => {
    server = await startModelServer()
    const plain = await startWith({})
    extractive = await (await WebGuest.arrive(plain.address)).ask(question)
    await plain.stop()
  })
  afterAll(async () => {
    await server.close()
  })
  // A bot of its own for each test: one that failed thrice would be left alone in the next.
  const startWithModel = (seconds: number) =>
    startWith({
      MODEL_PROVIDER: 'openai',
      MODEL_NAME: 'scripted',
      MODEL_BASE_URL: `${server.url}/v1`,
      MODEL_API_KEY: 'sk-secret-of-the-test',
      MODEL_TIMEOUT_SECONDS: String(seconds),
    })
  beforeEach(async () => {
    server.requests.length = 0
    bot = await startWithModel(300)
  })
  afterEach(async () => {
    await bot.stop()
    expect(bot.errors).toEqual([])
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  })

  /** The same answer, whoever asked: without the ids that its buttons carry. */
  const comparable = (card: Card) => ({
    ...card,
    blocks: card.blocks.map((block) =>
      block.type === 'buttons'
        ? block.buttons.map(({ label, value: { answer: _, ...value } }) => ({ label, value }))
        : block,
    ),
  })

  test('shows the quotes at once, then each statement that passed, before the model goes on', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const seen: string[][] = []
    const steps = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ]
    server.script(async (exchange) => {
      await steps[0]!.promise
      await exchange.say(good)
      await steps[1]!.promise
      await exchange.say(bad + alsoGood)
      await steps[2]!.promise
      exchange.finish()
    })
    const { cards, ended } = await guest.say(question, (card) => {
      seen.push(statementsOf(card))
      expect(quotesOf(card).length).toBeGreaterThan(0)
      steps[statementsOf(card).length]?.resolve()
    })
    expect(ended).toBe(true)
    expect(seen).toContainEqual([])
    expect(seen).toContainEqual([hundred])
    expect(seen.at(-1)).toEqual([hundred, parks])
    expect(JSON.stringify(cards)).not.toContain(untrue)
    const last = cards.at(-1)!
    expect(quotesOf(last)).toEqual(quotesOf(extractive))
    expect(buttonsFor(last, 'policy.feedback')).toHaveLength(2)
    expect(server.requests[0]!.headers.authorization).toBe('Bearer sk-secret-of-the-test')
  })

  test('has feedback on the answer that a model wrote', async () => {
    const guest = await WebGuest.arrive(bot.address)
    server.script(async (exchange) => {
      await exchange.say(good)
      exchange.finish()
    })
    const [up] = buttonsFor(await guest.ask(question), 'policy.feedback')
    expect((await guest.press(up!)).toasts).toEqual([translate('zh-CN', 'policy:feedback.up')])
  })

  test('does not trouble the model where the documents do not answer', async () => {
    const guest = await WebGuest.arrive(bot.address)
    const card = await guest.ask('企业科协主席一届任期几年？')
    expect(card.tone).toBe('refusal')
    expect(server.requests).toEqual([])
  })

  test.each<[string, (exchange: Exchange) => Promise<void> | void]>([
    ['has too much to do', (exchange) => exchange.fail(429, {}, { 'retry-after': '3600' })],
    ['does not know the key', (exchange) => exchange.fail(401)],
    ['is broken', (exchange) => exchange.fail(500, 'not JSON')],
    ['refuses', (exchange) => exchange.refuse('I cannot').then(() => exchange.finish())],
    ['cuts the stream', (exchange) => exchange.say(good.slice(0, 40)).then(() => exchange.cut())],
    [
      'talks nonsense',
      (exchange) => exchange.say('好的！以下是答案：\n1. 200人').then(() => exchange.finish()),
    ],
    [
      'streams what is no stream',
      (exchange) => exchange.raw('data: {"choices": [}\n\n').then(() => exchange.end()),
    ],
    [
      'sends bytes that are no text',
      (exchange) => exchange.raw(new Uint8Array([255, 254, 0, 1])).then(() => exchange.end()),
    ],
    ['says something untrue only', (exchange) => exchange.say(bad).then(() => exchange.finish())],
  ])('a model that %s: the extractive answer, and nothing of the failure', async (_, script) => {
    await expectExtractive(script)
  })

  test('a model that never answers: the extractive answer after the time limit', async () => {
    await bot.stop()
    bot = await startWithModel(1)
    await expectExtractive(() => undefined)
  })

  async function expectExtractive(script: (exchange: Exchange) => Promise<void> | void): Promise<void> {
    server.script(script)
    const guest = await WebGuest.arrive(bot.address)
    const { cards, ended } = await guest.say(question)
    expect(ended).toBe(true)
    expect(comparable(cards.at(-1)!)).toEqual(comparable(extractive))
    expect(cards.flatMap(statementsOf)).toEqual([])
    expect(JSON.stringify(cards)).not.toMatch(/sk-secret|scripted|127\.0\.0\.1|\b429\b|\b401\b|Error/)
  }

  test('keeps what was shown when the stream is cut after it', async () => {
    const shown = Promise.withResolvers<void>()
    server.script(async (exchange) => {
      await exchange.say(good + alsoGood.slice(0, 30))
      await shown.promise
      exchange.cut()
    })
    const guest = await WebGuest.arrive(bot.address)
    const { cards } = await guest.say(question, (card) => {
      if (statementsOf(card).length > 0) shown.resolve()
    })
    expect(statementsOf(cards.at(-1)!)).toEqual([hundred])
    expect(buttonsFor(cards.at(-1)!, 'policy.feedback')).toHaveLength(2)
  })

  const attempt = z.object({ id: z.string(), where: z.string(), text: z.string(), asks: z.array(z.string()) })
  const attempts = readFileSync(new URL('../data/injections.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((text) => attempt.parse(JSON.parse(text)))
    .filter(({ where }) => where === 'question')

  test('an obeying model is not heard, whatever a question tells it', async () => {
    // Every third, so that all families are among them; test/model/injections.test.ts tries each.
    const sample = attempts.filter((_, i) => i % 3 === 0).slice(0, 20)
    expect(sample.length).toBeGreaterThanOrEqual(15)
    const guest = await WebGuest.arrive(bot.address)
    for (const { id, text, asks } of sample) {
      const evidence = [{ clause: `guideline/${clauseNumber(10).key}`, quote: '应单独组建科协组织' }]
      const obeying = asks.map((ask) => JSON.stringify({ text: ask, evidence })).join('\n')
      server.script(async (exchange) => {
        await exchange.say(`${asks.join('\n')}\n${obeying}\n${good}`)
        exchange.finish()
      })
      const { cards } = await guest.say(`${question}${text}`)
      for (const card of cards) {
        expect(
          statementsOf(card).filter((statement) => statement !== hundred),
          id,
        ).toEqual([])
        for (const ask of asks) expect(textOf(card), id).not.toContain(ask)
      }
    }
    expect(server.requests.length).toBeGreaterThan(0)
  })
})
