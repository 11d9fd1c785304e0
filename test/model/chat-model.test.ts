import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { settings } from '../../src/config.ts'
import { type ChatModel, ModelFailure } from '../../src/model/chat-model.ts'
import { createChatModel } from '../../src/model/create-chat-model.ts'
import { type Exchange, type ModelServer, startModelServer } from '../fakes/openai-server.ts'
import { FakeClock } from './fake-clock.ts'

const key = 'sk-secret-of-the-house-0123456789'
const messages = [
  { role: 'system' as const, content: '只按条款回答。' },
  { role: 'user' as const, content: '多少人应单独组建科协？' },
]

let server: ModelServer
let clock: FakeClock

beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  clock = new FakeClock()
})

const providers = [
  { provider: 'openai', path: '/v1', endpoint: '/v1/chat/completions' },
  { provider: 'ollama', path: '', endpoint: '/api/chat' },
  { provider: 'tongyi', path: '', endpoint: '/api/v1/services/aigc/text-generation/generation' },
]

async function modelOf(provider: string, path: string, name = 'some-model'): Promise<ChatModel> {
  const config = settings.parse({
    MODEL_PROVIDER: provider,
    MODEL_NAME: name,
    MODEL_BASE_URL: server.url + path,
    MODEL_API_KEY: key,
  })
  const model = await createChatModel(config, clock)
  return model!
}

/** What came before the end, and the failure it ended in. */
async function run(model: ChatModel, signal = new AbortController().signal) {
  const pieces: string[] = []
  try {
    for await (const piece of model.stream(messages, signal)) pieces.push(piece)
  } catch (error) {
    return { text: pieces.join(''), error, reason: error instanceof ModelFailure ? error.reason : 'other' }
  }
  return { text: pieces.join(''), error: null, reason: null }
}

it('is null without a provider', async () => {
  expect(await createChatModel(settings.parse({}))).toBeNull()
})

describe.each(providers)('$provider', ({ provider, path, endpoint }) => {
  let model: ChatModel
  beforeEach(async () => {
    model = await modelOf(provider, path)
  })
  const script = (handle: (exchange: Exchange) => Promise<void> | void) => server.script(handle)

  it('streams the text and sends the messages, the model and the key', async () => {
    script(async (exchange) => {
      await exchange.say('科技人员')
      await exchange.say('达到 100 人')
      exchange.finish()
    })
    expect(await run(model)).toMatchObject({ text: '科技人员达到 100 人', reason: null })
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({ path: endpoint, model: 'some-model', messages })
    expect(server.requests[0]!.headers.authorization).toBe(`Bearer ${key}`)
    expect(clock.waiting).toBe(0)
  })

  it('hands on each piece before the next arrives', async () => {
    const release = Promise.withResolvers<void>()
    script(async (exchange) => {
      await exchange.say('一')
      await release.promise
      await exchange.say('二')
      exchange.finish()
    })
    const stream = model.stream(messages, new AbortController().signal)[Symbol.asyncIterator]()
    expect((await stream.next()).value).toBe('一')
    release.resolve()
    expect((await stream.next()).value).toBe('二')
    expect((await stream.next()).done).toBe(true)
  })

  it.each([
    [401, 'not-allowed'],
    [403, 'not-allowed'],
    [404, 'not-allowed'],
    [408, 'time-out'],
    [429, 'busy'],
    [422, 'refused'],
    [500, 'unreachable'],
    [503, 'busy'],
  ])('maps HTTP %i to %s, tries once, and keeps the key to itself', async (status, reason) => {
    script((exchange) => exchange.fail(status, { error: { message: `Incorrect API key provided: ${key}` } }))
    const { error, ...result } = await run(model)
    expect(result).toEqual({ text: '', reason })
    expect(server.requests).toHaveLength(1)
    const told = error as ModelFailure
    expect([told.message, told.stack, String(told.cause), JSON.stringify(told)].join()).not.toContain(key)
  })

  it('takes a content filter in a 400 for a refusal', async () => {
    script((exchange) =>
      exchange.fail(400, { code: 'DataInspectionFailed', error: { code: 'content_filter' } }),
    )
    expect(await run(model)).toMatchObject({ reason: 'refused' })
  })

  it('keeps what came before a cut connection and says it was cut off', async () => {
    const seen = Promise.withResolvers<void>()
    script(async (exchange) => {
      await exchange.say('前半句')
      await seen.promise
      exchange.cut()
    })
    const pieces: string[] = []
    const reading = (async () => {
      for await (const piece of model.stream(messages, new AbortController().signal)) {
        pieces.push(piece)
        seen.resolve()
      }
    })()
    await expect(reading).rejects.toMatchObject({ reason: 'cut-off' })
    expect(pieces).toEqual(['前半句'])
  })

  it.each(['length', 'none'])('takes an end by %s for cut off', async (end) => {
    script(async (exchange) => {
      await exchange.say('前半句')
      if (end === 'none') exchange.end()
      else exchange.finish(end)
    })
    expect(await run(model)).toMatchObject({ text: '前半句', reason: 'cut-off' })
  })

  it('gives up on a first piece after half the time limit', async () => {
    const arrived = Promise.withResolvers<Exchange>()
    script((exchange) => arrived.resolve(exchange))
    const result = run(model)
    const exchange = await arrived.promise
    clock.advance(15_000)
    expect(await result).toMatchObject({ text: '', reason: 'time-out' })
    await exchange.gone
    expect(clock.waiting).toBe(0)
  })

  it('gives up on the rest after the whole time limit', async () => {
    const arrived = Promise.withResolvers<Exchange>()
    script(async (exchange) => {
      await exchange.say('前半句')
      arrived.resolve(exchange)
    })
    const stream = model.stream(messages, new AbortController().signal)[Symbol.asyncIterator]()
    expect((await stream.next()).value).toBe('前半句')
    clock.advance(29_999)
    const rest = stream.next()
    clock.advance(1)
    await expect(rest).rejects.toMatchObject({ reason: 'time-out' })
    await (await arrived.promise).gone
  })

  it('stops when the caller aborts, and closes the connection', async () => {
    const arrived = Promise.withResolvers<Exchange>()
    script((exchange) => arrived.resolve(exchange))
    const controller = new AbortController()
    const result = run(model, controller.signal)
    const exchange = await arrived.promise
    controller.abort()
    expect(await result).toMatchObject({ reason: 'other', error: controller.signal.reason })
    await exchange.gone
  })

  it('closes the connection when the reader has enough', async () => {
    const arrived = Promise.withResolvers<Exchange>()
    script(async (exchange) => {
      await exchange.say('够了')
      arrived.resolve(exchange)
    })
    for await (const _ of model.stream(messages, new AbortController().signal)) break
    await (await arrived.promise).gone
    expect(clock.waiting).toBe(0)
  })

  it('says cut off or unreachable to nonsense', async () => {
    script(async (exchange) => {
      await exchange.raw('data: {"choices": [ {{{\n\n<html>登录</html>\n')
      exchange.end()
    })
    expect(['cut-off', 'unreachable']).toContain((await run(model)).reason)
  })

  it('joins a character whose bytes arrive in two pieces', async () => {
    const seen = Promise.withResolvers<void>()
    script(async (exchange) => {
      const bytes = Buffer.from(lineOf(provider, '企业') + lineOf(provider, '科协'))
      const middle = bytes.indexOf('科') + 1
      await exchange.raw(bytes.subarray(0, middle))
      await seen.promise
      await exchange.raw(bytes.subarray(middle))
      exchange.finish()
    })
    let text = ''
    for await (const piece of model.stream(messages, new AbortController().signal)) {
      text += piece
      seen.resolve()
    }
    expect(text).toBe('企业科协')
  })
})

function lineOf(provider: string, text: string): string {
  if (provider === 'ollama')
    return `${JSON.stringify({ message: { role: 'assistant', content: text }, done: false })}\n`
  const event =
    provider === 'openai'
      ? { choices: [{ index: 0, delta: { content: text }, finish_reason: null }] }
      : { output: { text, finish_reason: 'null' } }
  return `data:${JSON.stringify(event)}\n\n`
}

describe('what only one protocol has', () => {
  it('openai: a refusal field is a refusal', async () => {
    const model = await modelOf('openai', '/v1')
    server.script(async (exchange) => {
      await exchange.refuse('I cannot help with that.')
      exchange.finish()
    })
    expect(await run(model)).toMatchObject({ text: '', reason: 'refused' })
  })

  it('openai: a content_filter end is a refusal', async () => {
    const model = await modelOf('openai', '/v1')
    server.script(async (exchange) => {
      await exchange.say('前半句')
      exchange.finish('content_filter')
    })
    expect(await run(model)).toMatchObject({ reason: 'refused' })
  })

  it('tongyi: an error event in the stream is the end, a data inspection a refusal', async () => {
    const model = await modelOf('tongyi', '')
    server.script(async (exchange) => {
      await exchange.raw('data:{"code":"DataInspectionFailed","message":"no"}\n\n')
      exchange.end()
    })
    expect(await run(model)).toMatchObject({ reason: 'refused' })
  })

  it('openai: works without a key, and sends none of another service', async () => {
    const config = settings.parse({
      MODEL_PROVIDER: 'openai',
      MODEL_NAME: 'local',
      MODEL_BASE_URL: `${server.url}/v1`,
    })
    process.env.OPENAI_API_KEY = key
    server.script((exchange) => exchange.finish())
    await run((await createChatModel(config, clock))!)
    delete process.env.OPENAI_API_KEY
    expect(JSON.stringify(server.requests[0]!.headers)).not.toContain(key)
  })

  it('nobody listening is unreachable', async () => {
    const closed = await startModelServer()
    await closed.close()
    const config = settings.parse({
      MODEL_PROVIDER: 'openai',
      MODEL_NAME: 'x',
      MODEL_BASE_URL: `${closed.url}/v1`,
    })
    expect(await run((await createChatModel(config, clock))!)).toMatchObject({ reason: 'unreachable' })
  })
})

describe('a model that keeps failing', () => {
  it('is left alone for a minute after three failures, then tried once', async () => {
    const model = await modelOf('openai', '/v1')
    server.script((exchange) => exchange.fail(500))
    for (let i = 0; i < 3; i++) await run(model)
    expect(server.requests).toHaveLength(3)
    expect(await run(model)).toMatchObject({ reason: 'unreachable' })
    clock.advance(59_999)
    await run(model)
    expect(server.requests).toHaveLength(3)
    clock.advance(1)
    await run(model)
    await run(model)
    expect(server.requests).toHaveLength(4)
    clock.advance(60_000)
    server.script((exchange) => exchange.finish())
    expect(await run(model)).toMatchObject({ reason: null })
    expect(await run(model)).toMatchObject({ reason: null })
  })

  it('is not given up for refusals or for people who leave', async () => {
    const model = await modelOf('openai', '/v1')
    server.script((exchange) => exchange.fail(400, { error: { code: 'content_filter' } }))
    for (let i = 0; i < 4; i++) expect(await run(model)).toMatchObject({ reason: 'refused' })
    expect(server.requests).toHaveLength(4)
  })

  it('is left alone as long as a 429 asks', async () => {
    const model = await modelOf('openai', '/v1')
    server.script((exchange) => exchange.fail(429, {}, { 'retry-after': '20' }))
    await run(model)
    clock.advance(19_999)
    expect(await run(model)).toMatchObject({ reason: 'busy' })
    expect(server.requests).toHaveLength(1)
    clock.advance(1)
    await run(model)
    expect(server.requests).toHaveLength(2)
  })
})
