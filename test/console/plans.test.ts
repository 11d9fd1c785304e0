import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('annual plans in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are made, edited in a table, taken in after a preview, and seen only by those who may', async () => {
    const { admin, store } = house
    const branch = await addOrganisation(house, '一分公司')
    let page = await admin.open('/console/plans')
    expect(page.text).toContain('没有符合条件的年度计划')
    await admin.open('/console/plans/new')
    const draft = () => /name="draft" value="([^"]*)"/.exec(admin.page.html)![1]!
    const pageName = () => /name="page" value="([^"]*)"/.exec(admin.page.html)![1]!
    const leave = (values: Record<string, string>, step = 'next') =>
      admin.submit('/console/plans/new/form', { draft: draft(), page: pageName(), step, ...values })
    await leave({ organisation: '一分公司' })
    await leave({ year: 'this', source: 'template', title: '<b>计划</b>' })
    page = await leave({}, 'submit')
    expect(page.text).toContain('已新建')
    const { id, year } = await store.db.selectFrom('plan').select(['id', 'year']).executeTakeFirstOrThrow()
    const address = `/console/plans/${id}`
    page = await admin.open(address)
    expect(page.text).toContain('共 14 项')
    expect(page.html).not.toContain('<b>计划')
    expect(page.html).toContain('<svg')

    // The table: one item changed, one added; what is wrong is told with its column, and nothing is kept.
    const version = () => /name="version" value="(\d+)"/.exec(admin.page.html)![1]!
    const fields = () =>
      Object.fromEntries(
        [...admin.page.html.matchAll(/<input name="([a-z]+\.[\w-]+)" value="([^"]*)"/g)].map(
          ([, name, value]) => [name!, value!],
        ),
      )
    const typed = fields()
    const first = Object.keys(typed).find((name) => name.startsWith('goal.'))!
    const added = {
      ...{ 'section.new-0': '普及', 'goal.new-0': '航模展', 'starts.new-0': `${year}-09-01` },
      'ends.new-0': `${year}-09-30`,
    }
    const seen = version()
    page = await admin.submit(`${address}/items`, {
      ...typed,
      ...added,
      version: seen,
      [first]: '改了的目标',
      'budget.new-0': '很多',
    })
    expect(page.status).toBe(422)
    expect(page.text).toContain('【经费（元）】')
    const kept = () => store.db.selectFrom('plan_item').select('goal').orderBy('position').execute()
    expect(await kept()).toHaveLength(14)
    await admin.submit(`${address}/items`, { ...typed, ...added, version: seen, [first]: '改了的目标' })
    expect((await kept()).map(({ goal }) => goal).filter((goal) => /改了的|航模展/.test(goal))).toEqual([
      '改了的目标',
      '航模展',
    ])
    // As somebody saw it before: nothing is undone unseen.
    page = await admin.submit(`${address}/items`, { ...typed, version: seen })
    expect(page.text).toContain('刚刚有改动')

    // A file: looked at first, then confirmed.
    const csv = (await admin.open(`${address}/export?format=csv`)).html
    expect(csv).toContain('航模展')
    await admin.open(address)
    const form = new FormData()
    form.set('file', new File([csv.replace('航模展', '航模展示周')], 'a.csv'))
    page = await admin.submit(`${address}/import`, form)
    expect(page.text).toContain('目标任务 航模展 → 航模展示周')
    expect((await kept()).at(-1)?.goal).toBe('航模展')
    const rows = /name="rows" value="([^"]*)"/
      .exec(page.html)![1]!
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    await admin.submit(`${address}/import/confirm`, { version: version(), rows })
    expect((await kept()).at(-1)?.goal).toBe('航模展示周')
    page = await admin.open(`${address}?language=en`)
    expect(page.html).not.toMatch(/planning:|duty-pages:/)

    const other = await addOrganisation(house, '二分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: other })
    for (const path of [address, `${address}/export`]) expect((await liaison.open(path)).status).toBe(404)
    expect((await liaison.open('/console/plans')).text).not.toContain('计划</b>')
    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: branch })
    page = await leader.open(address)
    expect(page.text).toContain('航模展示周')
    expect(page.html).not.toContain('id="edit"')
    expect((await leader.submit(`${address}/items`, { version: '1' })).text).toContain(
      '没有管理这个单位年度计划的权限',
    )
  })
})
