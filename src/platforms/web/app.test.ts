import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ada,
  type Bench,
  type BenchOptions,
  bob,
  clearWebChat,
  complaint,
  createBench as createOn,
  message,
  type Sent,
} from '../../../test/platforms/web-bench.ts'
import { openTestStore } from '../../../test/store/open-test-store.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { longestMessage } from './limits.ts'

let opened: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  opened = await openTestStore()
})
afterAll(() => opened.close())

// Each test begins with guests that nobody has heard of.
afterEach(() => clearWebChat(opened.store))

const createBench = (options: BenchOptions = {}) => createOn(opened, options)

describe('the page', () => {
  it('lets no script in but its own and cannot be framed', async () => {
    const { send } = createBench()
    const response = await send({ path: '/' })
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('same-origin')
    const body = await response.text()
    expect(body).not.toMatch(/<script(?![^>]*(src=|application\/json))|<[^>]+\son\w+=|\sstyle=/)
    expect(body).not.toContain('您好</script>')
    expect(body).toContain('您好\\u003c/script>')
  })

  it('gives a guest an account that scripts cannot read, and keeps a known one', async () => {
    const { send } = createBench()
    const [first] = (await send({ path: '/' })).headers.getSetCookie()
    expect(first).toMatch(/^kexie_guest=[\w-]{22};.*HttpOnly; SameSite=Lax/)
    expect((await send({ path: '/', cookie: ada })).headers.getSetCookie()[0]).toContain(
      `kexie_guest=${ada};`,
    )
    const forged = await send({ path: '/', cookie: 'x' })
    expect(forged.headers.getSetCookie()[0]).not.toContain('kexie_guest=x;')
    const secure = await send({ path: '/', headers: { 'X-Forwarded-Proto': 'https' } })
    expect(secure.headers.getSetCookie()[0]).toContain('Secure')
  })

  it('speaks the browser’s language, or the one that was chosen', async () => {
    const { send } = createBench()
    const languageOf = async (headers: Record<string, string>) =>
      /<html lang="([^"]+)"/.exec(await (await send({ path: '/', headers })).text())?.[1]
    expect(await languageOf({})).toBe('zh-CN')
    expect(await languageOf({ 'Accept-Language': 'en-GB' })).toBe('en')
    const chosen = await send({ path: '/?language=en' })
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/'])
    const cookie = chosen.headers.getSetCookie()[0]!.split(';')[0]!
    expect(await languageOf({ Cookie: cookie, 'Accept-Language': 'zh-CN' })).toBe('en')
    expect((await send({ path: '/?language=xx' })).status).toBe(200)
  })

  it('serves its files with a tag, and nothing else', async () => {
    const { send } = createBench()
    const script = await send({ path: '/assets/chat.js' })
    expect(script.headers.get('content-type')).toContain('text/javascript')
    const etag = script.headers.get('etag')!
    expect((await send({ path: '/assets/chat.js', headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect((await send({ path: '/assets/..%2fplatform.ts' })).status).toBe(404)
    expect(await complaint(await send({ path: '/nothing' }))).toEqual([
      404,
      translate('zh-CN', 'web:no-such-page'),
    ])
  })

  it('tells its health', async () => {
    const well = createBench({ health: async () => ({ documents: 1 }) })
    expect(await (await well.send({ path: '/healthz' })).json()).toEqual({ status: 'ok', documents: 1 })
    const ill = createBench({ health: () => Promise.reject(new Error('secret')) })
    const response = await ill.send({ path: '/healthz' })
    expect([response.status, await response.text()]).toEqual([503, '{"status":"failing"}'])
  })
})

describe('posting', () => {
  it('takes the same message once, however often it is posted', async () => {
    const { send, intake } = createBench()
    const answers = await Promise.all([1, 2, 3].map(() => send({ body: message('问'), cookie: ada })))
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(await answers[0]!.json()).toEqual({ id: 'message-1' })
    expect(intake.messages).toHaveLength(1)
  })

  it('tells when it could not be stored, and leaves no trace of it, until it is posted again', async () => {
    const { send, intake, logged, transcript } = createBench()
    intake.storing = () => Promise.reject(new PlainError('chat:busy'))
    const busy = await send({ body: message('问'), cookie: ada })
    expect(await complaint(busy)).toEqual([503, translate('zh-CN', 'chat:busy')])
    expect(logged).toEqual([])
    intake.storing = () => Promise.reject(new Error('secret'))
    expect(await complaint(await send({ body: message('问'), cookie: ada }))).toEqual([
      503,
      translate('zh-CN', 'chat:failure'),
    ])
    expect(logged).toHaveLength(1)
    intake.storing = async ({ account }) => {
      expect((await transcript.read(account.user, null, 0)).messages).toHaveLength(1)
    }
    const stored = await send({ body: message('问'), cookie: ada })
    expect(stored.status).toBe(202)
    expect(intake.messages).toHaveLength(1)
  })

  it('hands a message on again whose first time may have been cut off before it was stored', async () => {
    const { send, intake } = createBench()
    await send({ body: message('问'), cookie: ada })
    await send({ body: message('问'), cookie: ada })
    expect(intake.messages.map(({ id }) => id)).toEqual([intake.messages[0]!.id, intake.messages[0]!.id])
  })

  it('keeps the cookie out of what it hands on', async () => {
    const { send, intake } = createBench()
    await send({ body: message('问'), cookie: ada })
    expect(JSON.stringify(intake.messages)).not.toContain(ada)
  })

  it('takes out of a message what no screen or database should get', async () => {
    const { send, intake } = createBench()
    await send({ body: message(' \u0000问\u202E\ud83d ') })
    expect(intake.messages[0]).toMatchObject({ text: '问\ufffd' })
  })

  it.each([
    ['an empty text', message(' \n'), 'web:empty', {}],
    ['a text too long', message('长'.repeat(longestMessage + 1)), 'web:too-long', { most: longestMessage }],
    ['no text', { id: 'message-1', conversation: 'conversation-1' }, 'web:not-understood', {}],
    ['a bad id', message('问', '../etc'), 'web:not-understood', {}],
    ['no JSON', '{', 'web:not-understood', {}],
  ])('refuses %s in plain words', async (_what, body, key, values) => {
    const { send, intake } = createBench()
    expect(await complaint(await send({ body }))).toEqual([400, translate('zh-CN', key, values)])
    expect(intake.messages).toEqual([])
  })

  it('counts characters, not code units, and takes the longest allowed text', async () => {
    const { send, intake } = createBench()
    await send({ body: message('👍'.repeat(longestMessage)) })
    expect(intake.messages).toHaveLength(1)
  })

  it('refuses a body that is too large before reading it', async () => {
    const { send } = createBench()
    const response = await send({
      body: message('x'.repeat(100_000)),
      headers: { 'Content-Length': '100100' },
    })
    expect(response.status).toBe(413)
  })

  it.each([
    ['a value too long', { action: 'a.b', value: { x: 'x'.repeat(2000) } }],
    ['half a surrogate pair', { action: 'a.b', value: { x: '\ud83d' } }],
    ['a null character', { action: 'a.b', value: { x: '\0' } }],
    ['an action that is no name', { action: '__proto__', value: {} }],
    ['values that are no texts', { action: 'a.b', value: { x: 1 } }],
  ])('refuses a click with %s', async (_what, click) => {
    const { send, intake } = createBench()
    const body = { id: 'message-1', conversation: 'conversation-1', ...click }
    expect((await send({ path: '/api/actions', body })).status).toBe(400)
    expect(intake.interactions).toEqual([])
  })

  it.each([
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://behind-a-proxy.example' }, 202],
    [{ Origin: 'http://evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'https://bot.example' }, 202],
    [{}, 202],
    [{ 'Content-Type': 'text/plain' }, 403],
  ])('with the headers %j answers %i', async (headers, status) => {
    const { send } = createBench()
    expect((await send({ body: message('问'), headers })).status).toBe(status)
  })
})

describe('the rate limit', () => {
  const ask = (bench: Bench, id: number, sent: Sent = {}) =>
    bench.send({ body: message('问', `message-${id}`), cookie: ada, ...sent })

  it('holds a guest back, says for how long, and lets others ask', async () => {
    const bench = createBench({ perMinute: 2 })
    await ask(bench, 1)
    await ask(bench, 2)
    const third = await ask(bench, 3)
    expect(third.headers.get('retry-after')).toBe('30')
    expect(await complaint(third)).toEqual([429, translate('zh-CN', 'web:too-many', { seconds: 30 })])
    expect((await ask(bench, 4, { cookie: bob })).status).toBe(202)
    bench.time.now = new Date(bench.time.now.getTime() + 30_000)
    expect((await ask(bench, 3)).status).toBe(202)
  })

  it('holds a guest back who asks all day long, and looks no less often', async () => {
    const bench = createBench({ perMinute: 1 })
    let asked = 0
    for (; asked < 200 && (await ask(bench, asked)).status === 202; asked += 1) {
      bench.time.now = new Date(bench.time.now.getTime() + 60_000)
    }
    // A day's worth, and what has come back meanwhile.
    expect(asked).toBe(107)
    expect((await ask(bench, 200, { cookie: bob })).status).toBe(202)
    expect((await bench.send({ path: '/api/transcript', cookie: ada })).status).toBe(200)
  })

  it('costs nothing to post the same message again', async () => {
    const bench = createBench({ perMinute: 1 })
    expect([(await ask(bench, 1)).status, (await ask(bench, 1)).status]).toEqual([202, 202])
  })

  it('holds an address back that takes a new cookie each time', async () => {
    const bench = createBench({ perMinute: 1 })
    const statuses: number[] = []
    for (let id = 0; id < 11; id += 1) statuses.push((await ask(bench, id, { cookie: '' })).status)
    expect(statuses).toEqual([...Array(10).fill(202), 429])
    expect((await ask(bench, 11, { cookie: '', address: '192.0.2.2' })).status).toBe(202)
  })

  it('believes X-Forwarded-For only behind a proxy of ours', async () => {
    for (const [trustProxy, expected] of [
      [false, 429],
      [true, 202],
    ] as const) {
      const bench = createBench({ perMinute: 1, trustProxy })
      let last = 0
      for (let id = 0; id < 11; id += 1) {
        const headers = { 'X-Forwarded-For': `203.0.113.1, 203.0.113.${id}` }
        last = (await ask(bench, id, { cookie: '', headers })).status
      }
      expect(last).toBe(expected)
    }
  })

  it('allows more clicks than questions, but not any number', async () => {
    const bench = createBench({ perMinute: 1 })
    const statuses: number[] = []
    for (let id = 0; id < 4; id += 1) {
      const body = { id: `action-0${id}`, conversation: 'conversation-1', action: 'a.b', value: {} }
      statuses.push((await bench.send({ path: '/api/actions', body, cookie: ada })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
  })
})
