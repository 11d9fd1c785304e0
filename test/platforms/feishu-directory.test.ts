import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Intake } from '../../src/chat/platform.ts'
import type { Blobs } from '../../src/store/blobs.ts'
import { type FeishuStage, openFeishuStage } from './feishu-stage.ts'

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
let stage: FeishuStage
beforeEach(async () => {
  now = new Date('2026-03-02T01:00:00Z').getTime()
  stage = await openFeishuStage({ blobs: {} as Blobs }, intake, () => new Date(now), 'http')
})
afterEach(() => stage.close())

const profileOf = (user: string) =>
  stage.platform.profileOf({ platform: 'feishu', installation: 'tenant-1', user })
const membersOf = (chat: string) =>
  stage.platform.membersOf({ platform: 'feishu', installation: 'tenant-1', chat, thread: 'om_1' })
const account = (user: string, installation = 'tenant-1') => ({ platform: 'feishu', installation, user })
const callsTo = (path: RegExp) => stage.server.calls.filter((call) => path.test(call))

test('a person has name, departments with the main one first, zone and language', async () => {
  const { users, departments } = stage.server
  departments.set('od-1', '综合部').set('od-2', '技术部')
  users.set('on_1', {
    name: '张三',
    department_ids: ['0', 'od-1', 'od-2', 'od-hidden'],
    orders: [{ department_id: 'od-2', is_primary_dept: true }],
    time_zone: 'Europe/Berlin',
  })
  const found = {
    name: '张三',
    departments: ['技术部', '综合部'],
    language: 'zh-CN',
    timeZone: 'Europe/Berlin',
  }
  expect(await profileOf('on_1')).toEqual(found)
  users.set('on_2', { name: '李四', department_ids: ['od-1'] })
  expect(await profileOf('on_2')).toMatchObject({ departments: ['综合部'], timeZone: 'Asia/Shanghai' })
  // Both are known by now, and so is their department.
  await profileOf('on_1')
  expect(callsTo(/users/)).toHaveLength(2)
  expect(callsTo(/departments\/od-1/)).toHaveLength(1)
  expect(await profileOf('on_hidden')).toBeNull()
})

test('the members of a group come page by page, with the tenant of those from elsewhere', async () => {
  const { groups } = stage.server
  groups.set('oc_1', [{ user: 'on_1' }, { user: 'on_2', tenant: 'tenant-2' }])
  expect(await membersOf('oc_1')).toEqual([account('on_1'), account('on_2', 'tenant-2')])
  groups.get('oc_1')!.push({ user: 'on_3' })
  now += 4 * minutes
  expect(await membersOf('oc_1')).toHaveLength(2)
  now += 2 * minutes
  expect(await membersOf('oc_1')).toHaveLength(3)
  const crowd = (size: number) => Array.from({ length: size }, (_, i) => ({ user: `on_crowd_${i}` }))
  groups.set('oc_2', crowd(1000)).set('oc_3', crowd(1001))
  const all = await membersOf('oc_2')
  expect(new Set(all?.map(({ user }) => user)).size).toBe(1000)
  expect(await membersOf('oc_3')).toBeNull()
  expect(callsTo(/oc_2/)).toHaveLength(10)
  expect(callsTo(/oc_3/)).toHaveLength(1)
})

test('a group that may not be read, and a private chat, have no members that could be told', async () => {
  expect(await membersOf('oc_unknown')).toBeNull()
  expect(await membersOf('oc_unknown')).toBeNull()
  expect(await membersOf('on_1')).toBeNull()
  expect(callsTo(/members/)).toHaveLength(1)
  expect(stage.warned).toHaveLength(1)
  expect(stage.logged).toEqual([])
})

test('every call counts for the quota of the month, whatever it is for, but for tokens', async () => {
  stage.platform.callsMade()
  const before = callsTo(/./).length
  stage.server.groups.set('oc_1', [{ user: 'on_1' }])
  await membersOf('oc_1')
  await profileOf('on_1')
  const made = callsTo(/./).length - before
  expect(made).toBeGreaterThan(1)
  expect(stage.platform.callsMade()).toBe(made)
  expect(stage.platform.callsMade()).toBe(0)
})
