import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createConsoleLink } from '../../src/console/sign-in/console-link.ts'
import { readSheets } from '../../src/features/assessment/read-sheet.ts'
import { eventKindNames } from '../../src/features/events/port.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { ConsoleBrowser } from '../console/console-browser.ts'
import { openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { openStage, type Stage } from '../submissions/lives/stage.ts'
import { layRecords } from '../summaries/lay-records.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const { store, people } = stage
  // Whom the stage has not: theirs count for somebody else who is there.
  const given = { ...people, other: people.branch!, 王强: people.李梅! }
  await layRecords({ store, people: given } as unknown as Parameters<typeof layRecords>[0])
  const known = {
    submissions: new Set(['proposal', 'result', 'technical-problem']),
    events: new Set(eventKindNames('knowledge')),
  }
  const sheet = readSheets('knowledge', known).find(({ name }) => name === 'unit-annual')!
  const text = { 'zh-CN': '食堂如何？', en: 'The canteen?' }
  const like = { name: 'like', type: 'text', label: text, required: true, hint: { 'zh-CN': '', en: '' } }
  const questions = [{ ...like, options: [], least: null, most: null }]
  const definition = { title: text, intro: like.hint, pages: [{ title: text, when: [], questions }] }
  await store.transaction(async (trx) => {
    await trx
      .updateTable('assessment')
      .set({ sheet: JSON.stringify(sheet) })
      .execute()
    await trx
      .updateTable('collection_ballot')
      .set({ content: JSON.stringify({ like: '不好吃' }) })
      .execute()
    await trx
      .insertInto('collection_version')
      .values({ collection: 's', version: 1, definition: JSON.stringify(definition), made_at: '' })
      .execute()
  })
})
afterEach(() => expect(stage.errors).toEqual([]))
afterAll(async () => {
  await stage.stop()
})

const numbers = ['HD-2026-0001', 'SJ-2026-0001', 'ZX-2026-0001', 'TZ-2026-0001', 'JB-2026-0001']
const all = [...numbers, 'KH-2026-0001', 'JH-2026-0001']

test('each table that has a number is pushed from the chat on Feishu, and by nobody who may not export it', async () => {
  const seats = await stage.moveTo('Feishu')
  const [cadre, stranger] = [seats.seatOf('吴主席'), seats.seatOf('张三')]
  const { db } = stage.store
  for (const number of all) {
    await stranger.say(`推送到多维表格 ${number}`)
    await cadre.say(`推送到多维表格 ${number}`)
    await cadre.sees('正在推送', number)
  }
  for (const name of ['荣誉名单 2026', '工作统计 2026', '活动统计 JB-2026-0001', '联系覆盖', '学习进度']) {
    await cadre.say(`推送到多维表格 ${name}`)
    await cadre.sees('正在推送', name.split(' ').at(-1)!)
  }
  await expect
    .poll(() => db.selectFrom('push').select('state').where('state', '=', 'waiting').execute(), {
      timeout: 15_000,
    })
    .toEqual([])
  const pushes = await db.selectFrom('push').select(['person', 'title', 'state', 'problem']).execute()
  expect(pushes.filter(({ state }) => state !== 'done')).toEqual([])
  expect(pushes.flatMap(({ person, title }) => (person === stage.people.吴主席 ? [] : [title]))).toEqual([])
  expect(pushes).toHaveLength(all.length + 5)
  await cadre.sees('推送完成', 'KH-2026-0001', 'https://example.feishu.cn/base/')
  expect(await stranger.hasSeen('正在推送')).toBe(false)

  // Of an anonymous collection there are its figures, and no table row by row.
  const base = stage.bitable.bases.find(({ name }) => name.includes('SJ-2026-0001'))!
  expect(base.tables.map(({ name }) => name)).toEqual(['征集结果 SJ-2026-0001'])
  expect(JSON.stringify(base.tables)).toContain('食堂如何')
  for (const name of ['张三', '吴主席', 'ballot']) expect(JSON.stringify(base.tables)).not.toContain(name)
})

test('from the console a table is pushed by its button, and the page of pushes says how it went', async () => {
  const { store, people, address } = stage
  const enter = async (name: string) => {
    const account = { platform: 'web', installation: 'web', user: people[name]! }
    const own = await store.db
      .selectFrom('account')
      .selectAll()
      .where('person', '=', people[name]!)
      .where('platform', '=', 'web')
      .executeTakeFirstOrThrow()
    const web = { ...account, installation: own.installation, user: own.user_id }
    const token = await store.transaction((trx) => createConsoleLink(trx, web, stage.now()))
    const browser = new ConsoleBrowser(address)
    await browser.useLink(`${address}/sign-in/${token}`)
    return browser
  }
  const cadre = await enter('吴主席')
  const states = () => store.db.selectFrom('push').select('state').where('source', '=', 'reminders').execute()
  let page = await cadre.open('/console/experts')
  expect(page.text).toContain('我的推送')
  page = await cadre.open('/console/assessments/k')
  expect(page.html).toContain('name="table" value="KH-2026-0001"')
  // Without the page's token nothing is pushed.
  await cadre.open('/console/pushes')
  expect((await cadre.submit('/console/pushes', { table: '提醒事项', csrf: 'x' })).status).toBe(403)
  expect(await states()).toEqual([])
  await cadre.open('/console/pushes')
  page = await cadre.submit('/console/pushes', { table: '提醒事项' })
  expect(page.path).toBe('/console/pushes?done=taken')
  expect(page.text).toContain('已开始推送，完成后会发消息通知您')
  await expect.poll(states, { timeout: 15_000 }).toEqual([{ state: 'done' }])
  const seats = await stage.moveTo('Feishu')
  // The result comes where the table lies.
  await seats.seatOf('吴主席').sees('推送完成', '提醒事项')

  page = await cadre.open('/console/pushes')
  expect(page.html).toMatch(
    /<a href="https:\/\/example\.feishu\.cn\/base\/\w+" rel="noopener noreferrer">提醒事项/,
  )
  const push = await store.db
    .selectFrom('push')
    .selectAll()
    .where('source', '=', 'reminders')
    .executeTakeFirst()
  const at = `/console/pushes/${push!.id}`
  const press = (of: typeof cadre, action: string, more = {}) =>
    of.submit(`${at}/press`, { action, value: JSON.stringify({ push: push!.id, ...more }) })
  page = await press(cadre, 'pushes.daily', { daily: 'on' })
  expect(page.text).toContain('已开启：每天凌晨更新《提醒事项》')
  expect(page.text).toContain('每日凌晨更新')
  expect((await cadre.open(at)).path).toBe('/console/pushes')

  // What is refused is told, and what was typed stays; a failure says why and offers a new base.
  page = await cadre.submit('/console/pushes', { table: '花名册', link: 'https://a.example/base/x' })
  expect([page.status, page.text]).toEqual([422, expect.stringContaining('没有找到“花名册”')])
  expect(page.html).toContain('value="花名册"')
  const problem = JSON.stringify({ key: 'pushes:problem.gone', values: {} })
  await store.transaction((trx) =>
    trx.updateTable('push').set({ state: 'failed', problem }).where('id', '=', push!.id).execute(),
  )
  page = await cadre.open('/console/pushes')
  expect(page.text).toContain('已被删除')
  expect(page.text).toContain('新建并重新推送')
  expect((await cadre.open('/console/pushes?language=en')).html).not.toMatch(/pushes:|undefined/)

  // Of another's pushes nothing is seen, and nothing is done to them.
  const other = await enter('周建国')
  page = await other.open('/console/pushes')
  expect(page.text).toContain('您还没有推送过表格')
  page = await press(other, 'pushes.again')
  expect([page.status, page.text]).toEqual([422, expect.stringContaining('没有找到')])
})

test('without Feishu the chat and the console say so, and no button is shown', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  try {
    const chat = WebGuest.withCookies(house.bot.address, house.admin.cookie)
    expect(JSON.stringify(await chat.ask('推送到多维表格 台账'))).toContain('未接入飞书')
    const page = await house.admin.open('/console/pushes')
    expect(page.text).toContain('未接入飞书')
    expect((await house.admin.open('/console/ledgers')).html).not.toContain('/console/pushes')
    expect(house.bot.errors).toEqual([])
  } finally {
    await house.bot.stop()
    await opened.close()
  }
})
