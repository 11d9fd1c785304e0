import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

const header = '载体类型,名称,所在单位,合作方,级别,合同起日,合同止日,需求清单,专家名单,年度评分\r\n'
const rows = [
  '学会服务站,焊接学会服务站,一分公司,省焊接学会,省级,2026-01-01,2026-03-20,降噪；检测,林院士，大学，焊接，在职院士,2026:92',
  '院士专家工作站,<b>林院士</b>工作站,一分公司,=cmd|calc,,2026/1/1,2029年1月1日,,林院士,',
  '学会服务站,止早于起,一分公司,甲,,2026-05-01,2026-04-01,,,',
  '学会服务站,重复评分,一分公司,甲,,2026-01-01,2026-12-31,,,2026:90；2026:80',
  '学会服务站,没有单位,三分公司,甲,,2026-01-01,2026-12-31,,,',
  '食堂,类型不对,一分公司,甲,,2026-01-01,2026-12-31,,,',
  '学会服务站,日期不对,一分公司,甲,,昨天,2026-12-31,,,',
  '学会服务站,,一分公司,甲,,2026-01-01,2026-12-31,,,',
  '学会服务站,级别不对,一分公司,甲,宇宙级,2026-01-01,2026-12-31,,,',
]

describeEachDatabase('carriers in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const importTable = (lines: readonly string[]) => {
    const form = new FormData()
    form.set('file', new File([`${header}${lines.join('\r\n')}\r\n`], 'a.csv'))
    return house.admin.submit('/console/carriers/import', form)
  }

  test('are taken in from a table with a report per row, narrowed, counted and written out', async () => {
    const { admin } = house
    const branch = await addOrganisation(house, '一分公司')
    await admin.open('/console/carriers')
    expect(admin.page.text).toContain('还没有登记载体')
    let page = await importTable(rows)
    expect(page.text).toContain('共 9 行：新增 2 个，更新 0 个，未导入 7 行。')
    for (const reason of [
      '合同止日 2026-04-01 早于起日 2026-05-01',
      '2026 年度有两个评分',
      '三分公司',
      '没有“食堂”这类载体',
      '“昨天”不是日期',
      '“名称”没有填写',
      '没有“宇宙级”这个级别',
    ]) {
      expect(page.text).toContain(reason)
    }
    expect(page.html).not.toContain('<b>林院士')
    page = await importTable([rows[0]!.replace('省焊接学会', '市焊接学会')])
    expect(page.text).toContain('共 1 行：新增 0 个，更新 1 个，未导入 0 行。')
    page = await importTable([rows[0]!.replace('2026:92', '2026:60')])
    expect(page.text).toContain('2026 年度已评为 92 分')
    expect(await house.store.db.selectFrom('carrier_entry').select('name').execute()).toHaveLength(2)

    page = await admin.open('/console/carriers?standing=expiry')
    expect(page.text).toContain('焊接学会服务站')
    expect(page.text).toContain('合同到期')
    expect(page.text).not.toContain('工作站 院士专家')
    expect((await admin.open('/console/carriers?q=没有的')).text).toContain('没有符合条件的载体')
    page = await admin.open(`/console/carriers?organisation=${branch}`)
    expect(page.html).not.toMatch(/carriers:|undefined/)
    const file = await admin.open('/console/carriers/export?format=csv')
    expect(file.html).toContain("'=cmd|calc")
    expect(file.html).toContain('2026:92')
    expect((await admin.open('/console/carriers/export')).html.startsWith('PK')).toBe(true)
    expect((await admin.open('/console/carriers/template')).html).toContain('载体类型,名称')
    expect((await admin.open('/console/carriers?language=en')).html).not.toMatch(/carriers:/)
  })

  test('are entered and renewed on pages by the forms of the chat', async () => {
    const { admin, root } = house
    await addOrganisation(house, '一分公司')
    let page = await admin.open('/console/carriers/new')
    const draft = () => /name="draft" value="([^"]*)"/.exec(admin.page.html)![1]!
    const leave = (on: string, values: Record<string, string>, step = 'next') =>
      admin.submit(on, { draft: draft(), page: pageName(), step, ...values })
    const pageName = () => /name="page" value="([^"]*)"/.exec(admin.page.html)![1]!
    const form = '/console/carriers/new/form'
    await leave(form, { kind: 'alliance', name: '协作联盟', organisation: '一分公司', partner: '学会' })
    page = await leave(form, { starts: '2026-03-01', ends: '2026-02-01' })
    expect(page.text).toContain('早于起日')
    await leave(form, { ends: '2026-12-31' })
    const longest = { tasks: '𠮷'.repeat(2000), needs: '长'.repeat(5000), experts: '长'.repeat(5000) }
    expect((await leave(form, longest)).status).toBeLessThan(413)
    await leave(form, { tasks: '共建', needs: '', experts: '' })
    page = await leave(form, {}, 'submit')
    expect(page.text).toContain('已登记：ZT-2026-0001 协作联盟')
    const { id } = await house.store.db.selectFrom('carrier_entry').select('id').executeTakeFirstOrThrow()
    page = await admin.open(`/console/carriers/${id}`)
    expect(page.text).toContain('2026-03-01 至 2026-12-31')
    const button = { action: 'carriers.renew', value: JSON.stringify({ carrier: id }) }
    await admin.submit(`/console/carriers/${id}/press`, button)
    await leave(`/console/carriers/${id}/form`, { ends: '2028-12-31' })
    page = await leave(`/console/carriers/${id}/form`, {}, 'submit')
    expect(page.text).toContain('续签：2026-12-31 → 2028-12-31')
    // A forged button of another feature does nothing here.
    page = await admin.submit(`/console/carriers/${id}/press`, { action: 'help.ask', value: '{}' })
    expect(page.status).toBe(422)

    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: root })
    page = await leader.open(`/console/carriers/${id}`)
    expect(page.text).toContain('协作联盟')
    expect(page.text).not.toContain('结束或撤销')
    expect((await leader.submit(`/console/carriers/${id}/press`, button)).text).toContain(
      '没有管理这个单位载体的权限',
    )
    expect((await leader.open('/console/carriers/new')).status).toBe(403)
    const other = await addOrganisation(house, '二分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: other })
    expect((await liaison.open(`/console/carriers/${id}`)).status).toBe(404)
    expect((await liaison.open('/console/carriers')).text).not.toContain('协作联盟')
  })
})
