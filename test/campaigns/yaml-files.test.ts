import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FormView } from '../../src/chat/form-view.ts'
import { buttonsOf } from '../../src/platforms/text/render-card.ts'
import { WebGuest } from '../bot/web-guest.ts'
import { type ConsoleHouse, enterConsole, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

let house: ConsoleHouse
let cadre: WebGuest
beforeAll(async () => {
  house = await openHouse(() => openTestStore())
  const given = { name: '王干事', role: 'cadre', organisation: house.root }
  cadre = WebGuest.withCookies(house.bot.address, (await enterConsole(house, given)).cookie)
})
afterAll(async () => {
  await house.bot.stop()
  expect(house.bot.errors).toEqual([])
})

/** Says words and presses what is to open a form. */
async function opened(words: string, label?: string): Promise<FormView> {
  const card = await cadre.ask(words)
  const button = buttonsOf(card).find((one) => label === undefined || one.label === label)
  if (!button) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
  const { form } = await cadre.act(button)
  if (!form) throw new Error(`${label} opens no form`)
  return form
}

type Way = [string, string, string, string, Record<string, string>, string[]]

const ways: Way[] = [
  ['a collection', '新建收集', '用文件', '标题: 问卷\n必答: 是\n单位: 三分公司\n', {}, []],
  [
    'a campaign',
    '新建讲比活动',
    '上传 YAML 文件',
    'organisation: 三分公司\nstarts: soon\ntitel: 讲比\nblind: maybe\nmonths: 99\n',
    {},
    ['没有这个单位', '“starts”须是日期', '没有“titel”', '“blind”须是', '“months”不能大于 60'],
  ],
  [
    'a sheet',
    '发起考核',
    '',
    'name: own\nfor: nobody\ntotal: 100.3\n',
    { title: '考核', sheet: 'own' },
    ['“for”只能写：unit / person', '“total”须是 0.5 的倍数', '缺少“groups”'],
  ],
]

test.each(ways)(
  '%s comes by a YAML file on the web; a wrong one is refused where it is given, line by line',
  async (...way) => {
    const [, words, label, wrong, values, mistakes] = way
    const open = () => opened(words, label === '' ? undefined : label)
    // A file goes into the form that was opened last.
    house.time.now = new Date(house.time.now.getTime() + 60_000)
    const form = await open()
    await cadre.replyTo(await cadre.upload('a.yaml', wrong))
    const answered = await cadre.submitPage(form, 'next', {
      ...values,
      ...(label ? {} : { organisation: '华北重工' }),
    })
    expect(answered.form?.page).toBe(form.page)
    const problem = answered.form?.fields.find(({ name }) => name === 'file')?.problem ?? ''
    expect(problem).toMatch(/\n第 \d+ 行/)
    for (const mistake of mistakes) expect(problem).toContain(mistake)
    expect(problem).not.toMatch(/Invalid|expected/)
    // The same file form goes on with what was begun: no heap of drafts.
    if (label) expect((await open()).draft).toBe(form.draft)
  },
)
