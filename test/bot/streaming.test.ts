import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { type ModelServer, startModelServer } from '../fakes/openai-server.ts'
import { buttonsIn, readIn, SlackPerson } from '../fakes/slack-person.ts'
import { appToken, botToken, FakeSlack } from '../fakes/slack-server.ts'
import { clauseNumber } from '../model/guideline-clauses.ts'
import { FeishuPerson, findButton, read } from '../platforms/feishu-stage.ts'
import { freshLocation } from '../store/each-database.ts'
import { startTestBot, type TestBot } from './running-bot.ts'

const question = '多少科技人员应单独组建科协？'
const line = (text: string, quote: string) =>
  `${JSON.stringify({ text, evidence: [{ clause: `guideline/${clauseNumber(10).key}`, quote }] })}\n`
const hundred = '科技人员总数达到100人以上、条件成熟的企业，应单独组建科协组织。'
const parks = '高新技术开发区所在区域，要采取单独组建和依托园区组建等方式。'
const first = line(hundred, '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织')
const second = line(parks, '高新技术开发区和经济技术开发区所在区域，要采取单独组建和依托园区组建等方式')
const quoted = '应单独组建科协组织'
const lead = '要点归纳（逐条核对原文后列出）：'
const basis = '以上内容依据下列条款：'
const patience = { timeout: 20_000 }

const cleanUps: (() => Promise<void>)[] = []
let model: ModelServer
let bot: TestBot

/** The model says the next sentence, or ends, when the test lets it. */
function scriptSteps(): { next(): void } {
  const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>())
  let at = 0
  model.script(async (exchange) => {
    await gates[0]!.promise
    await exchange.say(first)
    await gates[1]!.promise
    await exchange.say(second)
    await gates[2]!.promise
    exchange.finish()
  })
  return { next: () => gates[at++]!.resolve() }
}

const startBot = async (changes: Record<string, string>) => {
  bot = await startTestBot(await freshLocation('sqlite', cleanUps), () => new Date(), {
    MODEL_PROVIDER: 'openai',
    MODEL_NAME: 'scripted',
    MODEL_BASE_URL: `${model.url}/v1`,
    MODEL_API_KEY: 'sk-test',
    MODEL_TIMEOUT_SECONDS: '300',
    ...changes,
  })
}

beforeAll(async () => {
  model = await startModelServer()
})
afterAll(async () => {
  await model.close()
})
afterEach(async () => {
  await bot.stop()
  expect(bot.errors).toEqual([])
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

describe('an answer that a model writes, in Slack', () => {
  let fake: FakeSlack
  let person: SlackPerson

  beforeEach(async () => {
    fake = await FakeSlack.start()
    await startBot({
      SLACK_BOT_TOKEN: botToken,
      SLACK_API_URL: fake.apiUrl,
      SLACK_APP_TOKEN: appToken,
    })
    person = new SlackPerson(fake, '张三')
  })
  afterEach(() => fake.stop())

  const only = (channel: string) => {
    const seen = person.seen(channel)
    expect(seen.length).toBeLessThanOrEqual(1)
    return seen[0]
  }
  const text = (channel: string) => only(channel)?.text ?? ''
  const whole = (channel: string) => readIn(only(channel)?.blocks)

  test.each(['a channel', 'the assistant’s pane'])('is seen as it grows in %s', async (where) => {
    const { workspace } = fake
    const steps = scriptSteps()
    const inChannel = where === 'a channel'
    const chat = inChannel ? workspace.addChannel(person.user, 'UBOT') : person.im
    const thread = inChannel ? {} : { thread_ts: String(workspace.say(chat, person.user, '开始').ts) }
    await person.say(inChannel ? `<@UBOT> ${question}` : question, chat, thread)
    await expect.poll(() => text(chat), patience).toContain(quoted)
    expect(text(chat)).toMatch(new RegExp(`${lead}$`))
    expect(only(chat)!.streaming_state).toBe('in_progress')
    if (!inChannel) {
      await expect.poll(() => workspace.statuses.get(`${chat}:${thread.thread_ts}`), patience).toBe('')
    }
    steps.next()
    await expect.poll(() => text(chat), patience).toMatch(new RegExp(`${lead}\\n• ${hundred}$`))
    steps.next()
    await expect.poll(() => text(chat), patience).toMatch(new RegExp(`• ${hundred}\\n• ${parks}$`))
    expect(only(chat)!.streaming_state).toBe('in_progress')
    steps.next()
    await expect.poll(() => whole(chat), patience).toContain(basis)
    // The whole card: sentences above what they rest on, and all that can be pressed.
    const end = whole(chat)
    expect(end).not.toContain(lead)
    const order = [hundred, parks, basis, quoted].map((words) => end.lastIndexOf(words))
    expect(order).toEqual([...order].sort((one, other) => one - other))
    const labels = buttonsIn(only(chat)!.blocks).map((button) => button.text.text)
    expect(labels).toContain('请人解答')
    expect(labels.some((label) => label.startsWith('全文'))).toBe(true)
  })

  test('whose stream Slack has closed meanwhile arrives whole', async () => {
    const steps = scriptSteps()
    const channel = fake.workspace.addChannel(person.user, 'UBOT')
    await person.say(`<@UBOT> ${question}`, channel)
    await expect.poll(() => only(channel)?.streaming_state, patience).toBe('in_progress')
    only(channel)!.streaming_state = 'completed'
    steps.next()
    await expect.poll(() => whole(channel), patience).toContain(hundred)
    steps.next()
    steps.next()
    await expect.poll(() => whole(channel), patience).toContain(parks)
    expect(buttonsIn(only(channel)!.blocks).map((button) => button.text.text)).toContain('请人解答')
  })

  test('whose model breaks off after a sentence keeps it, and can be pressed', async () => {
    const shown = Promise.withResolvers<void>()
    model.script(async (exchange) => {
      await exchange.say(first)
      await shown.promise
      exchange.cut()
    })
    const channel = fake.workspace.addChannel(person.user, 'UBOT')
    await person.say(`<@UBOT> ${question}`, channel)
    await expect.poll(() => text(channel), patience).toContain(hundred)
    shown.resolve()
    await expect.poll(() => whole(channel), patience).toContain(basis)
    expect(whole(channel)).toContain(hundred)
    expect(only(channel)!.streaming_state).toBe('completed')
  })
})

describe('an answer that a model writes, in Feishu', () => {
  let server: FeishuServer
  let person: FeishuPerson

  beforeEach(async () => {
    server = await startFeishuServer()
    await startBot({
      FEISHU_APP_ID: appId,
      FEISHU_APP_SECRET: appSecret,
      FEISHU_DOMAIN: server.url,
      FEISHU_MODE: 'ws',
    })
    person = new FeishuPerson(server, (...given) => server.push(...given))
  })
  afterEach(() => server.close())

  const card = () => {
    expect(person.messages().length).toBeLessThanOrEqual(1)
    return person.messages()[0]?.card as { config: { streaming_mode?: boolean } } | undefined
  }

  test('is complete at once, and grows in its place', async () => {
    const steps = scriptSteps()
    await person.say(question, { message_id: 'om_question' })
    await expect.poll(() => read(card()), patience).toContain(lead)
    expect(read(card())).toContain(quoted)
    expect(findButton(card(), '请人解答')).toBeDefined()
    expect(card()!.config.streaming_mode).toBe(true)
    steps.next()
    await expect.poll(() => read(card()), patience).toContain(hundred)
    steps.next()
    await expect.poll(() => read(card()), patience).toContain(parks)
    expect(card()!.config.streaming_mode).toBe(true)
    steps.next()
    await expect.poll(() => read(card()), patience).toContain(basis)
    expect(card()!.config.streaming_mode).toBe(false)
    const end = read(card())
    expect(end).not.toContain(lead)
    for (const words of [hundred, parks]) expect(end.split(words)).toHaveLength(2)
    expect(findButton(card(), '请人解答')).toBeDefined()
    expect(person.messages()[0]!.replyTo).toBe('om_question')
    expect(server.cardkit.entities[0]!.written.every(({ isTyped }) => isTyped)).toBe(true)
  })

  test('without the right to it is replaced sentence by sentence', async () => {
    server.cardkit.failures.push({ status: 400, body: { code: 99991672, msg: 'Access denied' } })
    const steps = scriptSteps()
    await person.say(question)
    await expect.poll(() => read(card()), patience).toContain(quoted)
    expect(read(card())).not.toContain(lead)
    for (const words of [hundred, parks]) {
      steps.next()
      await expect.poll(() => read(card()), patience).toContain(words)
    }
    steps.next()
    await expect.poll(() => server.calls.filter((call) => call.startsWith('PATCH')).length, patience).toBe(3)
    expect(findButton(card(), '请人解答')).toBeDefined()
  })
})
