import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTemplates } from '../../src/features/founding/templates.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

const header = '单位,所在地区,职工人数,科技工作者人数,科协状态,成立日期,有阵地,备注\r\n'

describeEachDatabase('organisations in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are imported after a preview, listed, narrowed, counted by region, shown and written out', async () => {
    const { admin } = house
    const branch = await addOrganisation(house, '一分公司')
    await addOrganisation(house, '二分公司')
    const lines = [
      '一分公司,唐山,860,120,已成立,2021-10-01,是,=1+1',
      '二分公司,唐山,很多,120,建成了,昨天,也许,',
      '三分公司,唐山,,,,,,',
      '一分公司,天津,,,,,,',
    ]
    await admin.open('/console/organisations')
    const form = new FormData()
    form.set('file', new File([`${header}${lines.join('\r\n')}\r\n`], 'a.csv'))
    let page = await admin.submit('/console/organisations/import', form)
    expect(page.text).toContain('共 4 行：将更新 1 行，无变化 0 行，有误 3 行')
    expect(page.text).toContain('职工人数：（空） → 860')
    expect(page.text).toContain('【职工人数】“很多”不是人数')
    expect(page.text).toContain('【科协状态】“建成了”无法识别')
    expect(page.text).toContain('【成立日期】“昨天”不是日期')
    expect(page.text).toContain('与第 2 行是同一单位')
    expect(await house.store.db.selectFrom('organisation_profile').selectAll().execute()).toEqual([])
    const file = /name="file" value="([0-9a-f]+)"/.exec(page.html)![1]!
    page = await admin.submit('/console/organisations/import/confirm', { file })
    expect(page.text).toContain('已更新 1 行')
    page = await admin.submit('/console/organisations/import/confirm', { file: 'f'.repeat(64) })
    expect(page.text).toContain('预览已失效')

    page = await admin.open('/console/organisations?association=founded')
    expect(page.text).toContain('唐山')
    expect(page.text).toContain('100%')
    expect(page.text).toContain('信息不全')
    page = await admin.open('/console/organisations?region=none&missing=yes')
    expect(page.html).not.toMatch(/duty-pages:|undefined/)
    expect((await admin.open('/console/organisations/export?format=csv')).html).toContain("'=1+1")
    expect((await admin.open('/console/organisations/template')).html).toContain('单位,所在地区')
    page = await admin.open(`/console/organisations/${branch}`)
    expect(page.text).toContain('● 有阵地')
    expect(page.text).toContain('（导入）')
    expect(page.text).toContain('目前没有人联系')
    const me = await house.store.db.selectFrom('person').select(['id', 'name']).executeTakeFirstOrThrow()
    await house.store.transaction((trx) =>
      trx
        .insertInto('liaison_holder')
        .values({
          ...{ id: 'h', organisation: branch, role: 'contact', person: me.id, from_day: '2026-03-01' },
          ...{ until_day: null, by: me.id, at: '2026-03-01T01:00:00.000Z' },
        })
        .execute(),
    )
    expect((await admin.open(`/console/organisations/${branch}`)).text).toContain(
      `联系人 ${me.name}，自 2026-03-01`,
    )
    expect((await admin.open(`/console/liaison/points/${branch}`)).status).toBe(200)
    page = await admin.open(`/console/organisations/${branch}`)
    for (const [name] of readTemplates('knowledge')) {
      expect(page.html).toContain(`/documents/${name}"`)
    }
    expect(
      (await admin.open(`/console/organisations/${branch}/documents/request`)).html.startsWith('PK'),
    ).toBe(true)
    expect((await admin.open(`/console/organisations/${branch}/documents/nothing`)).status).toBe(404)
    expect((await admin.open(`/console/organisations/${branch}?language=en`)).html).not.toMatch(
      /duty-pages:|organisations:|founding:/,
    )
    const other = await addOrganisation(house, '四分公司')
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: other })
    expect((await liaison.open(`/console/organisations/${branch}`)).status).toBe(404)
    expect((await liaison.open('/console/organisations')).text).not.toContain('唐山')
  })
})
