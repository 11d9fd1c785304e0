import { expect, test } from 'vitest'
import type { Profile } from '../../src/chat/profile.ts'
import { timeOf } from '../../src/features/help/help-cards.ts'
import {
  type DirectoryEntry,
  directoryEntryOf,
  forgetUnseen,
  nameInDirectory,
  zoneOf,
} from '../../src/people/directory.ts'
import { noteSpeakers } from '../../src/people/note-speakers.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const account = { platform: 'feishu', installation: 't', user: 'on_1' }
const hour = 3_600_000
const begin = new Date('2026-03-02T01:00:00Z')

describeEachDatabase('what a directory says of those who speak', (open) => {
  const setUp = async () => {
    let now = begin
    const { store } = await open({ clock: () => now, databaseClock: () => now })
    const asked: string[] = []
    const world = {
      store,
      asked,
      profile: { name: '张三', departments: ['技术部'], language: 'zh-CN', timeZone: '' } as Profile | null,
      fails: false,
      pass(milliseconds: number) {
        now = new Date(now.getTime() + milliseconds)
      },
      now: () => now,
      start: () =>
        noteSpeakers({
          ...{ store, clock: () => now, failed: () => {} },
          async profileOf({ user }) {
            asked.push(user)
            if (world.fails) throw new Error('down')
            return world.profile
          },
        }),
      entry: () => directoryEntryOf(store.db, account),
    }
    return world
  }

  test('is kept once a day for each, and changes with the directory', async () => {
    const world = await setUp()
    const speakers = world.start()
    expect(await world.entry()).toBeNull()
    speakers.note(account)
    speakers.note(account)
    await speakers.idle()
    expect(world.asked).toEqual(['on_1'])
    expect(await world.entry()).toEqual({ account, seenAt: begin, ...world.profile })
    // Another process has forgotten what it knew, and writes nothing that is there already.
    world.pass(hour)
    const others = world.start()
    others.note(account)
    await others.idle()
    expect((await world.entry())!.seenAt).toEqual(begin)
    world.profile = { name: '张三丰', departments: [], language: 'en', timeZone: 'Europe/Berlin' }
    world.pass(24 * hour)
    speakers.note(account)
    await speakers.idle()
    expect(await world.entry()).toEqual({ account, seenAt: world.now(), ...world.profile })
  })

  test('that says nothing, or fails, is asked again after a while and takes nothing away', async () => {
    const world = await setUp()
    const speakers = world.start()
    const note = async () => {
      speakers.note(account)
      await speakers.idle()
    }
    world.profile = null
    await note()
    world.fails = true
    world.pass(hour)
    await note()
    await note()
    expect([world.asked.length, await world.entry()]).toEqual([2, null])
    Object.assign(world, {
      fails: false,
      profile: { name: '李四', departments: [], language: 'zh-CN', timeZone: '' },
    })
    world.pass(hour)
    await note()
    world.profile = null
    world.pass(25 * hour)
    await note()
    expect((await world.entry())!.name).toBe('李四')
  })

  test('is forgotten when they have not spoken for 180 days', async () => {
    const world = await setUp()
    const speakers = world.start()
    speakers.note(account)
    await speakers.idle()
    const days = (n: number) => new Date(begin.getTime() + n * 24 * hour)
    await world.store.transaction((trx) => forgetUnseen(trx, days(180)))
    expect(await world.entry()).not.toBeNull()
    await world.store.transaction((trx) => forgetUnseen(trx, days(180.1)))
    expect(await world.entry()).toBeNull()
  })

  test('names the zone of the account where a person is written to, and renames nobody', async () => {
    const world = await setUp()
    world.profile = { name: 'Ada', departments: [], language: 'en', timeZone: 'Europe/Berlin' }
    const person = await world.store.transaction(async (trx) => {
      const { id } = await createPerson(trx, { name: '阿达' })
      await linkAccount(trx, account, id, begin)
      return id
    })
    expect(await zoneOf(world.store.db, person)).toBe('')
    const speakers = world.start()
    speakers.note(account)
    await speakers.idle()
    expect(await zoneOf(world.store.db, person)).toBe('Europe/Berlin')
    const row = await world.store.db.selectFrom('person').select('name').executeTakeFirstOrThrow()
    expect(row.name).toBe('阿达')
  })
})

test('an account is named with department and platform, as far as they are known', () => {
  const entry = (name: string, departments: string[]): DirectoryEntry => ({
    ...{ account, seenAt: begin, name, departments, language: 'zh-CN', timeZone: '' },
  })
  expect(nameInDirectory(entry('张三', ['技术部', '工会']), 'zh-CN')).toBe('张三（技术部，飞书）')
  expect(nameInDirectory(entry('张三', []), 'en')).toBe('张三 (Feishu)')
  expect(nameInDirectory(entry('', ['技术部']), 'zh-CN')).toBeNull()
  expect(nameInDirectory(null, 'zh-CN')).toBeNull()
})

test("a time is told by the reader's clock and names the zone, unless it shows what China's does", () => {
  const instant = '2026-03-02T01:30:00.000Z'
  expect(timeOf(instant, 'zh-CN')).toBe('3月2日 09:30')
  expect(timeOf(instant, 'zh-CN', '')).toBe('3月2日 09:30')
  expect(timeOf(instant, 'zh-CN', 'Asia/Singapore')).toBe('3月2日 09:30')
  expect(timeOf(instant, 'zh-CN', 'Europe/Berlin')).toBe('3月2日 02:30（GMT+1）')
  expect(timeOf('2026-07-02T01:30:00.000Z', 'en', 'Europe/Berlin')).toBe('2 Jul 03:30 (GMT+2)')
  expect(timeOf(instant, 'zh-CN', 'America/New_York')).toBe('3月1日 20:30（GMT-5）')
})
