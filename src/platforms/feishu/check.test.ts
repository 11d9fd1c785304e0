import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import wanted from '../../../deploy/feishu-scopes.json' with { type: 'json' }
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../../../test/fakes/feishu-server.ts'
import { checkFeishu, saidAt } from './check.ts'

const scopes = ['contact:user.base:readonly', 'im:message.p2p_msg:readonly', 'im:message:send_as_bot']

let fake: FeishuServer
beforeEach(async () => {
  fake = await startFeishuServer()
  fake.scopes = [...scopes]
})
afterEach(() => fake.close())

const check = (changes: Partial<Parameters<typeof checkFeishu>[0]> = {}) =>
  checkFeishu({
    ...{ appId, appSecret, mode: 'ws', domain: fake.url, scopes, clock: () => new Date() },
    ...changes,
  })
const brief = async (changes: Parameters<typeof check>[0] = {}) =>
  Object.fromEntries(
    (await check(changes)).map(({ check: name, state, found }) => [name, `${state} ${found.key}`]),
  )

test('all is well but what Feishu does not tell; no connection is made', async () => {
  expect(await brief()).toEqual({
    'feishu.app': 'well doctor:feishu.app',
    'feishu.scopes': 'well doctor:feishu.scopes',
    'feishu.connection': 'well doctor:feishu.connection',
    'feishu.clock': 'well doctor:clock.well',
    'feishu.events': 'unknown doctor:feishu.events',
    'feishu.callbacks': 'unknown doctor:feishu.callbacks',
  })
  expect(fake.connections()).toEqual([])
  expect(Object.keys(await brief({ mode: 'http' }))).not.toContain('feishu.connection')
})

test('a wrong secret is told by Feishu’s code, without the secret', async () => {
  const found = await check({ appSecret: 'wrong-secret' })
  expect(found[0]).toMatchObject({
    state: 'wrong',
    found: { key: 'doctor:feishu.app-refused', values: { code: 10014 } },
  })
  expect(JSON.stringify(found)).not.toContain('wrong-secret')
  expect(found.map(({ check: name }) => name)).toEqual(['feishu.app', 'feishu.clock'])
})

test('missing scopes are named; those of the directory may be left out; a wider one holds the narrower', async () => {
  fake.scopes = ['contact:user.base:readonly', 'im:message.p2p_msg:readonly']
  const found = (await check()).find(({ check: name }) => name === 'feishu.scopes')
  expect(found).toMatchObject({ state: 'wrong', found: { values: { scopes: 'im:message:send_as_bot' } } })
  fake.scopes = ['im:message.p2p_msg', 'im:message']
  expect(await brief()).toMatchObject({ 'feishu.scopes': 'well doctor:feishu.scopes-but' })
  fake.scopes = ['calendar:calendar']
  const asked = { scopes: ['calendar:calendar.event:create', 'calendar:calendar:read'] }
  expect((await check(asked))[1]).toMatchObject({ found: { key: 'doctor:feishu.scopes' } })
  // The name of a family is no right by itself.
  fake.scopes = ['im']
  expect(await brief()).toMatchObject({ 'feishu.scopes': 'wrong doctor:feishu.scopes-missing' })
})

test('what may be left out is what the guides say may be', async () => {
  const guides = ['setup-feishu.md', 'setup-feishu.zh-CN.md'].map((name) =>
    readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8'),
  )
  for (const scope of wanted.scopes.tenant) {
    fake.scopes = wanted.scopes.tenant.filter((other) => other !== scope)
    const [, found] = await check({ scopes: wanted.scopes.tenant })
    for (const guide of guides) {
      const row = guide.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${scope}\``))
      expect([scope, found?.state]).toEqual([scope, row?.includes('可不开通') ? 'well' : 'wrong'])
    }
  }
})

test('where no long connection is given the code is told', async () => {
  fake.endpointFailure = { code: 1000040350, msg: 'system busy' }
  const found = (await check()).find(({ check: name }) => name === 'feishu.connection')
  expect(found).toMatchObject({ state: 'wrong', found: { values: { code: 1000040350 } } })
})

test('a clock an hour off is wrong', async () => {
  const clock = () => new Date(Date.now() - 3_600_000)
  const found = (await check({ clock })).find(({ check: name }) => name === 'feishu.clock')
  expect(found).toMatchObject({ state: 'wrong', found: { key: 'doctor:clock.behind' } })
})

test('when a message was said is asked of Feishu; unknown where it does not tell', async () => {
  const app = { appId, appSecret, domain: fake.url }
  const at = Date.parse('2026-03-02T01:02:03.456Z')
  const said = {
    id: 'om_1',
    chat: 'oc_1',
    root: '',
    at,
    sender: 'ou_1',
    type: 'text',
    content: '{}',
    mentions: [],
  }
  fake.history.items.push(said)
  expect(await saidAt(app, 'om_1')).toEqual(new Date(at))
  expect(await saidAt(app, 'om_other')).toBeNull()
  expect(await saidAt({ ...app, appSecret: 'wrong' }, 'om_1')).toBeNull()
})

test('where Feishu does not answer, nothing more is said', async () => {
  await fake.close()
  expect(await brief()).toEqual({ 'feishu.reach': 'wrong doctor:feishu.unreachable' })
  expect(await saidAt({ appId, appSecret, domain: fake.url }, 'om_x')).toBeNull()
  fake = await startFeishuServer()
})
