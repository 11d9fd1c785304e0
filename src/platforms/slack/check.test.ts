import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appToken, botToken, FakeSlack } from '../../../test/fakes/slack-server.ts'
import { checkSlack, saidAt } from './check.ts'

const scopes = ['chat:write', 'im:history']
/** The fake's own header tells the machine's time. */
const clock = () => new Date()

let fake: FakeSlack
beforeEach(async () => {
  fake = await FakeSlack.start()
  fake.scopes = ['chat:write', 'im:history', 'users:read']
})
afterEach(() => fake.stop())

const check = async (changes: Partial<Parameters<typeof checkSlack>[0]> = {}) =>
  checkSlack({ botToken, appToken, apiUrl: changes.apiUrl ?? fake.apiUrl, scopes, clock, ...changes })
const brief = async (changes: Parameters<typeof check>[0] = {}) =>
  Object.fromEntries(
    (await check(changes)).map(({ check: name, state, found }) => [name, `${state} ${found.key}`]),
  )

test('all is well but what Slack does not tell; no connection is made', async () => {
  expect(await brief()).toEqual({
    'slack.bot-token': 'well doctor:slack.bot-token',
    'slack.scopes': 'well doctor:slack.scopes',
    'slack.app-token': 'well doctor:slack.app-token',
    'slack.clock': 'well doctor:clock.well',
    'slack.events': 'unknown doctor:slack.events',
    'slack.interactivity': 'unknown doctor:slack.interactivity',
  })
  expect(fake.connections).toBe(0)
})

test('whoever Slack calls has no app token to be asked for', async () => {
  const found = await check({ appToken: undefined })
  expect(found.map(({ check: name }) => name)).not.toContain('slack.app-token')
  expect(found.at(-1)?.advice?.key).toBe('doctor:slack.interactivity-http-advice')
})

test('a wrong bot token is named by its setting, with Slack’s word and without the token', async () => {
  const found = await check({ botToken: 'xoxb-wrong-secret' })
  expect(found[0]).toMatchObject({
    state: 'wrong',
    found: {
      key: 'doctor:slack.token-refused',
      values: { setting: 'SLACK_BOT_TOKEN', error: 'invalid_auth' },
    },
  })
  expect(JSON.stringify(found)).not.toContain('secret')
  // Whose rights they would be nobody knows then.
  expect(found.map(({ check: name }) => name)).not.toContain('slack.scopes')
})

test('the token of a person is not taken for that of the bot', async () => {
  fake.workspace.fate = (method) =>
    method === 'auth.test'
      ? { answer: { status: 200, headers: {}, body: { ok: true, team: 'T', user: 'u' } }, isMade: false }
      : undefined
  expect(await brief()).toMatchObject({ 'slack.bot-token': 'wrong doctor:slack.not-a-bot' })
})

test('a wrong app token is wrong', async () => {
  expect(await brief({ appToken: 'xapp-wrong' })).toMatchObject({
    'slack.bot-token': 'well doctor:slack.bot-token',
    'slack.app-token': 'wrong doctor:slack.token-refused',
  })
})

test('missing scopes are named', async () => {
  fake.scopes = ['chat:write']
  const found = (await check()).find(({ check: name }) => name === 'slack.scopes')
  expect(found).toMatchObject({ state: 'wrong', found: { values: { scopes: 'im:history' } } })
  fake.scopes = null
  expect(await brief()).toMatchObject({ 'slack.scopes': 'unknown doctor:slack.scopes-unknown' })
})

test('a clock an hour off is wrong', async () => {
  const off = () => new Date(Date.now() + 3_600_000)
  expect(await brief({ clock: off })).toMatchObject({ 'slack.clock': 'wrong doctor:clock.ahead' })
})

test('where Slack does not answer, or somebody else does, nothing more is said', async () => {
  const expected = { 'slack.reach': 'wrong doctor:slack.unreachable' }
  const other = createServer((_request, response) => response.end('<html>'))
  await once(other.listen(0, '127.0.0.1'), 'listening')
  const { port } = other.address() as AddressInfo
  expect(await brief({ apiUrl: `http://127.0.0.1:${port}/` })).toEqual(expected)
  other.close()
  const { apiUrl } = fake
  await fake.stop()
  expect(await brief({ apiUrl })).toEqual(expected)
})

test('when a message was said stands in its id', async () => {
  expect(await saidAt('D024BE91L:1772413323.000100')).toEqual(new Date('2026-03-02T01:02:03.000Z'))
  expect(await saidAt('13345224609.738474920.8088930838d')).toBeNull()
})
