import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Intake, Platform } from '../../src/chat/platform.ts'
import { openSlack, type SlackStage } from './slack-stage.ts'

const nobody = () => Promise.reject(new Error('not called'))
const intake: Intake = {
  ...{
    take: nobody,
    answer: nobody,
    wantsFiles: nobody,
    withdraw: nobody,
    heard: async () => [],
    amend: nobody,
    tell: nobody,
  },
}
const minutes = 60_000

let now: number
let stage: SlackStage
let platform: Platform
beforeEach(async () => {
  now = new Date('2026-03-02T01:00:00Z').getTime()
  stage = await openSlack('http', intake, () => new Date(now))
  platform = stage.platform
  await platform.start(intake)
})
afterEach(() => stage.stop())

const account = (user: string) => ({ platform: 'slack', installation: 'T1', user })
const membersOf = async (chat: string) =>
  (await platform.membersOf({ platform: 'slack', installation: 'T1', chat, thread: '1.1' }))
    ?.map(({ user }) => user)
    .sort() ?? null
const callsOf = (method: string) => stage.fake.workspace.calls.filter((call) => call.method === method)

test('a person has the name, title, zone and language of the workspace; who is not there is null', async () => {
  const { user } = stage.fake.workspace.addUser('Ada', 'en-GB')
  Object.assign(stage.fake.workspace.users.get(user)!, { title: '技术部', tz: 'Europe/London' })
  const profile = { name: 'Ada', departments: ['技术部'], language: 'en', timeZone: 'Europe/London' }
  expect(await platform.profileOf(account(user))).toEqual(profile)
  expect(await platform.profileOf(account('UGONE'))).toBeNull()
  expect(await platform.profileOf(account('UGONE'))).toBeNull()
  expect(callsOf('users.info')).toHaveLength(2)
})

test('the members of a private channel are people, and are asked for once in five minutes', async () => {
  const { workspace } = stage.fake
  const [one, two, bot] = [workspace.addUser('张三').user, workspace.addUser('李四').user, 'UOTHERBOT']
  workspace.users.set(bot, { name: 'bot', locale: 'zh-CN', tz: '', flags: { is_bot: true } })
  const channel = workspace.addPrivateChannel(one, 'UBOT', bot, 'USTRANGER')
  expect(await membersOf(channel)).toEqual([one, 'USTRANGER'].sort())
  workspace.channels.get(channel)!.members.add(two)
  now += 4 * minutes
  expect(await membersOf(channel)).toHaveLength(2)
  now += 2 * minutes
  expect(await membersOf(channel)).toContain(two)
  expect(callsOf('conversations.members')).toHaveLength(2)
  expect(callsOf('users.list')).toHaveLength(2)
})

test('a public channel is read by the whole workspace, but for its guests elsewhere and who has left', async () => {
  const { workspace } = stage.fake
  const [one, two, guest, other, gone] = ['张三', '李四', '外单位', '另一外单位', '王五'].map(
    (name) => workspace.addUser(name).user,
  )
  for (const user of [guest!, other!])
    Object.assign(workspace.users.get(user)!, { flags: { is_restricted: true } })
  Object.assign(workspace.users.get(gone!)!, { flags: { deleted: true } })
  const channel = workspace.addChannel(one!, guest!, 'UBOT')
  expect(await membersOf(channel)).toEqual([one, two, guest].sort())
  // Whoever is added later reads it too.
  now += 6 * minutes
  const late = workspace.addUser('赵六').user
  expect(await membersOf(channel)).toContain(late)
})

test('nobody can tell who reads a public channel that is shared, or whose workspace is not known', async () => {
  const { workspace } = stage.fake
  const { user } = workspace.addUser('张三')
  const shared = workspace.addChannel(user, 'UBOT')
  workspace.channels.get(shared)!.is = 'shared'
  expect(await membersOf(shared)).toBeNull()
  now += 6 * minutes
  workspace.fail('users.list', { body: { ok: false, error: 'missing_scope' } })
  expect(await membersOf(workspace.addChannel(user, 'UBOT'))).toBeNull()
  now += 2 * minutes
  for (let i = 0; i < 1001; i += 1) workspace.addUser(`${i}`)
  expect(await membersOf(workspace.addChannel(user, 'UBOT'))).toBeNull()
})

test('nobody can tell who reads a private chat, or more than a thousand people', async () => {
  const { workspace } = stage.fake
  const person = workspace.addUser('张三')
  expect(await membersOf(person.im)).toBeNull()
  const crowd = (size: number) =>
    workspace.addPrivateChannel('UBOT', ...Array.from({ length: size }, (_, i) => `UCROWD${i}`))
  expect(await membersOf(crowd(999))).toHaveLength(999)
  expect(await membersOf(crowd(1001))).toBeNull()
})

test('without the scope nobody is known, and it is asked again after a while', async () => {
  const { workspace } = stage.fake
  const channel = workspace.addPrivateChannel('UBOT', 'U9')
  workspace.fail('conversations.members', { body: { ok: false, error: 'missing_scope' } })
  expect(await membersOf(channel)).toBeNull()
  expect(await membersOf(channel)).toBeNull()
  now += 2 * minutes
  expect(await membersOf(channel)).toEqual(['U9'])
  expect(stage.logged).toEqual([])
})

test('bots that cannot be told from people count as people', async () => {
  const { workspace } = stage.fake
  workspace.fail('users.list', { body: { ok: false, error: 'missing_scope' } })
  expect(await membersOf(workspace.addPrivateChannel('UBOT', 'U9'))).toEqual(['U9', 'UBOT'])
})
