import { expect, test } from 'vitest'
import { createCirculationPort } from '../../src/features/circulation/port.ts'
import { keepAnswer } from '../../src/features/collections/answering/keep-answer.ts'
import { readCollection } from '../../src/features/collections/records.ts'
import { addOrganisation, addPerson, enterConsole, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

const source = (anonymity: string, rest: readonly string[] = []) =>
  [
    '标题: 食堂<b>调查',
    `署名: ${anonymity}`,
    '截止: 2026-03-20',
    '单位: 一分公司',
    '对象: { 成员: 是, 单位: 一分公司 }',
    '题目:',
    '  - { 问题: 去食堂吗, 类型: 单选, 必填: 是, 选项: [去, 不去] }',
    '  - { 问题: 还想说什么, 类型: 单行文字 }',
    ...rest,
  ].join('\n')

const wrong = [
  '标题: 食堂调查',
  '署名: 匿名的',
  '截至: 2026-03-20',
  '截止: 昨天',
  '单位: 三分公司',
  '题目:',
  '  - 问题: 去食堂吗',
  '    类型: 单选',
  '  - 问题: 几次',
  '    类型: 数子',
  '  - 问题: 谁',
  '    类型: 数字',
  '    最少: 多',
].join('\n')

test('collections in the console: a file with all its mistakes, preview, sent, extended, ended, results, files', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  const { store } = house
  const branch = await addOrganisation(house, '一分公司')
  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
  const people: string[] = []
  for (const name of ['张三', '陈晨', '褚工', '卫工', '赵工', '钱工']) {
    people.push(await addPerson(house, { name, role: 'staff', organisation: branch }))
  }
  const take = async (text: string, name = 'a.yaml') => {
    await cadre.open('/console/collections')
    const form = new FormData()
    form.set('file', new File([text], name))
    return cadre.submit('/console/collections/file', form)
  }
  /** Presses a button of a record's page, or of what the last press showed there. */
  const press = async (at: string, label: string, fields: Record<string, string> = {}, isOpen = false) => {
    const page = isOpen ? cadre.page : await cadre.open(at)
    const form = page.html.split('<form ').findLast((one) => one.includes(`>${label}</button>`))
    if (!form) throw new Error(`no ${label}: ${page.text}`)
    const hidden = [...form.matchAll(/type="hidden" name="(action|value)" value="([^"]*)"/g)]
    const given = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')])
    return cadre.submit(`${at}/press`, { ...Object.fromEntries(given), ...fields })
  }

  const refused = await take(wrong)
  expect(refused.status).toBe(422)
  for (const line of ['第 2 行', '第 3 行', '第 10 行', '第 13 行']) expect(refused.text).toContain(line)
  // What is written rightly is looked at for what it means.
  const meant = await take(
    source('匿名').replace('2026-03-20', '昨天').replace('去, 不去', '去').replace('单行文字', '人员'),
  )
  for (const line of ['第 3 行', '第 7 行', '第 8 行']) expect(meant.text).toContain(line)
  expect((await take('')).text).toContain('请选择文件')
  expect((await take('标题: "没有收尾\n题目:\n')).text).toContain('第 1 行')
  expect((await take(source('署名').replace('一分公司', '三分公司'))).text).toContain('三分公司')
  expect(await store.db.selectFrom('collection').select('id').execute()).toEqual([])

  const draft = await take(source('署名'))
  const { path: at, html } = draft
  expect(at).toMatch(/^\/console\/collections\/[\w-]+$/)
  expect(html).not.toContain('<b>调查')
  const preview = await press(at, '核对并发出')
  for (const part of ['将私信 7 人', '去食堂吗', '2026-03-20 18:00 截止', '署名'])
    expect(preview.text).toContain(part)
  const sent = await press(at, '发出', {}, true)
  expect(sent.text).toContain('正在发出')
  const { id } = await store.db.selectFrom('collection').select('id').executeTakeFirstOrThrow()
  await expect
    .poll(async () => (await store.db.selectFrom('circulation_person').select('person').execute()).length, {
      timeout: 15_000,
    })
    .toBe(7)
  await store.transaction(async (trx) => {
    for (const [n, person] of people.slice(0, 5).entries()) {
      const values = { q1: n === 0 ? '不去' : '去', q2: `=${n}<i>` }
      const given = { person, version: 1, values, now: house.time.now }
      await keepAnswer(trx, createCirculationPort(), await readCollection(trx, id), given)
    }
  })
  expect((await cadre.open('/console/collections')).text).toContain('SJ-2026-0001')
  expect((await press(at, '谁还没填')).text).toContain('钱工')
  const extending = await press(at, '延期')
  expect(extending.html).toContain('2026-03-20')
  const page = await cadre.open(at)
  for (const part of ['80%', '按单位', '&lt;i&gt;', '张三', '下载']) expect(page.html).toContain(part)
  await press(at, '提前结束')
  await press(at, '确认结束', {}, true)
  expect((await cadre.open(at)).text).toContain('已结束')
  const file = async (format: string) => {
    const address = `${house.bot.address}${at}/export?format=${format}`
    const response = await fetch(address, { headers: { cookie: cadre.cookie } })
    expect(response.status).toBe(200)
    return Buffer.from(await response.arrayBuffer())
  }
  expect((await file('xlsx')).subarray(0, 2).toString()).toBe('PK')
  const answers = (await file('csv')).toString()
  expect(answers).toContain('一分公司,张三,')
  // What a sheet would reckon out is text.
  expect(answers).not.toMatch(/,=0/)

  // Of an anonymous one there are neither rows nor figures while it is open.
  const { path: secret } = await take(source('匿名'))
  const warned = await press(secret, '核对并发出')
  expect(warned.text).toContain('您和管理员都看不到谁填了什么')
  await press(secret, '发出', {}, true)
  expect((await cadre.open(secret)).text).toContain('结束后才能看结果')
  expect((await cadre.open(`${secret}/export`)).status).not.toBe(200)
  // A cadre of another organisation neither sees nor finds any.
  const elsewhere = await addOrganisation(house, '二分公司')
  const other = await enterConsole(house, { name: '外人', role: 'cadre', organisation: elsewhere })
  expect((await other.open('/console/collections')).text).not.toContain('SJ-2026')
  for (const path of [at, `${at}/export`, secret]) expect((await other.open(path)).status).toBe(404)
  await house.bot.stop()
  await opened.close()
  expect(house.bot.errors).toEqual([])
})
