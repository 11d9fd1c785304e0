import fc from 'fast-check'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { createFeishuPlatform } from '../../src/platforms/feishu/platform.ts'
import { appId, appSecret, envelope, signRequest } from '../fakes/feishu-server.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { FeishuPerson, type FeishuStage, openFeishuStage, secrets } from './feishu-stage.ts'
import { KeptIntake, now } from './platform-scene.ts'

const opened = await openTestStore()
afterAll(opened.close)

let intake: KeptIntake
let stage: FeishuStage
beforeEach(async () => {
  intake = new KeptIntake()
  stage = await openFeishuStage(opened, intake, () => now, 'http')
})
afterEach(() => stage.close())

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, query = '') =>
  fetch(stage.address + query, { method: 'POST', body, headers })
const signed = (content: object, key = secrets.encryptKey, at = now) => signRequest(content, key, at)

test('the address is confirmed by its challenge', async () => {
  const { body, headers } = signed({ type: 'url_verification', challenge: 'abc', token: 'token' })
  const response = await post(body, headers)
  expect(await response.json()).toEqual({ challenge: 'abc' })
})

test('forged, stale and malformed requests are refused and counted, and the next is taken', async () => {
  const person = new FeishuPerson(stage.server, stage.push)
  const event = envelope('im.message.receive_v1', person.event('问'))
  const stale = signed(event, secrets.encryptKey, new Date(now.getTime() - 3_600_000))
  const forged = signed(event, 'another key')
  const token = signed(envelope('im.message.receive_v1', person.event('问'), 'id', 'wrong'))
  expect((await post(stale.body, stale.headers)).status).toBe(401)
  expect((await post(forged.body, forged.headers)).status).toBe(401)
  expect((await post(token.body, token.headers)).status).toBe(401)
  expect((await post('{"encrypt":"AAAA"}')).status).toBe(401)
  const unread = signed(envelope('im.message.receive_v1', { message: 1 }))
  expect((await post(unread.body, unread.headers)).status).toBe(200)
  expect(stage.platform.health().refused).toEqual({ age: 1, signature: 2, token: 1, malformed: 1 })
  expect(intake.messages).toEqual([])
  await person.say('问')
  expect(intake.messages).toHaveLength(1)
})

test('an oversized request is refused and counted', async () => {
  // The connection may be closed before all of it was sent.
  const large = await post('x'.repeat(600_000)).catch(() => null)
  expect(large?.status ?? 413).toBe(413)
  expect(stage.platform.health().refused).toEqual({ size: 1 })
})

test('a query behind the path and an event that nobody handles are answered', async () => {
  const { body, headers } = signed(envelope('im.chat.updated_v1', {}))
  const response = await post(body, headers, '?x=1')
  expect([response.status, await response.json()]).toEqual([200, {}])
})

test('an event that could not be stored is answered by 500, so that it is pushed again', async () => {
  const person = new FeishuPerson(stage.server, stage.push)
  const event = person.event('问')
  intake.storing = () => Promise.reject(new TypeError('no disk'))
  expect((await stage.push('im.message.receive_v1', event)).code).toBe(500)
  intake.storing = async () => {}
  expect((await stage.push('im.message.receive_v1', event)).code).toBe(200)
  expect(intake.messages).toHaveLength(1)
})

test('an exact repeat gets the stored answer and has no second effect; one that failed is carried out', async () => {
  const person = new FeishuPerson(stage.server, stage.push)
  const { body, headers } = signed(envelope('im.message.receive_v1', person.event('问')))
  const send = async () => (await post(body, headers)).status
  intake.storing = () => Promise.reject(new TypeError('no disk'))
  expect(await send()).toBe(500)
  intake.storing = async () => {}
  expect(await Promise.all([send(), send()])).toEqual([200, 200])
  expect(await send()).toBe(200)
  // The intake of the tests keeps each time what it is handed.
  expect(intake.messages).toHaveLength(1)
})

test('no bytes end the process or are taken', async () => {
  const { headers } = signed({})
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
      async (bytes) => {
        const response = await post(new Uint8Array(bytes), headers)
        expect([400, 401]).toContain(response.status)
      },
    ),
    { numRuns: 100 },
  )
})

test('no event that is signed ends the process, whatever is in it', async () => {
  const types = [
    'im.message.receive_v1',
    'card.action.trigger',
    'application.bot.menu_v6',
    'im.message.recalled_v1',
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...types), fc.object(), async (type, event) => {
      expect((await stage.push(type, event)).code).toBe(200)
    }),
    { numRuns: 200 },
  )
  expect(intake.messages).toEqual([])
  expect(stage.logged).toEqual([])
})

test('without key and token it refuses to be made', () => {
  const make = (changes: { encryptKey?: string; verificationToken?: string }) =>
    createFeishuPlatform({
      ...{ mode: 'http', appId, appSecret, blobs: opened.blobs, clock: () => now },
      logger: { info() {}, warn() {}, error() {} },
      welcome: () => ({ tone: 'info', blocks: [] }),
      ...changes,
    })
  expect(() => make({ encryptKey: 'k' })).toThrow('feishu:no-secrets')
  expect(() => make({ verificationToken: 't' })).toThrow('feishu:no-secrets')
})
