import { beforeEach, expect, test } from 'vitest'
import { createDirectory, type Directory } from './directory.ts'

let now: Date
let asked: string[]
let answer: () => Promise<unknown>
let directory: Directory
beforeEach(() => {
  now = new Date('2026-03-02T01:00:00Z')
  asked = []
  answer = async () => ({
    code: 0,
    data: { user: { name: '张三', en_name: 'Ada', country: 'GB', time_zone: 'Europe/London' } },
  })
  const get = async ({ path }: { path: { user_id: string } }) => {
    asked.push(path.user_id)
    return answer()
  }
  directory = createDirectory({
    client: { contact: { v3: { user: { get } } } } as never,
    clock: () => now,
    logger: { info() {}, warn() {}, error() {} },
  })
})

const look = async () => {
  directory.entryOf('on_1')
  await directory.idle()
  return directory.entryOf('on_1')
}
const passHours = (hours: number) => {
  now = new Date(now.getTime() + hours * 3_600_000)
}
const assumed = { name: '', departments: [], timeZone: 'Asia/Shanghai', language: 'zh-CN' }

test('nobody waits for the directory: until it answers, what is usual is assumed', async () => {
  expect(directory.entryOf('on_1')).toEqual(assumed)
  expect(directory.entryOf('on_1')).toEqual(assumed)
  await directory.idle()
  expect(asked).toEqual(['on_1'])
  expect(directory.entryOf('on_1')).toEqual({
    name: 'Ada',
    departments: [],
    timeZone: 'Europe/London',
    language: 'en',
  })
})

test('it is asked once in twelve hours', async () => {
  await look()
  passHours(11)
  await look()
  expect(asked).toHaveLength(1)
  passHours(2)
  await look()
  expect(asked).toHaveLength(2)
})

test('where it may not be read or fails, what was known stays, and it is asked again after ten minutes', async () => {
  const known = await look()
  answer = () => Promise.reject(new Error('no scope'))
  passHours(13)
  expect(await look()).toEqual(known)
  expect(asked).toHaveLength(2)
  passHours(0.2)
  answer = async () => ({ code: 0, data: { user: { name: '张三', time_zone: 'nowhere' } } })
  expect(await look()).toEqual({ ...assumed, name: '张三' })
})
