import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

const ledger =
  '编号,建议名称,提案人,部门,日期,采纳情况\r\n1,=cmd|calc,张三,一分公司,2025-03-05,已采纳\r\n2,油泵,李四,二分公司,2025-03-06,未采纳\r\n3,废料,王五,一分公司,昨天,已采纳\r\n'

function formOf(fields: Record<string, string>, name: string, text: string): FormData {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new File([text], name))
  return form
}

describeEachDatabase('ledgers and figures in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('an old ledger is checked, taken up, exported in own columns and counted', async () => {
    const { admin } = house
    const branch = await addOrganisation(house, '一分公司')
    await addOrganisation(house, '二分公司')
    await admin.open('/console/ledgers')
    const fields = { kind: 'proposal', organisation: '', day: '' }
    const checked = await admin.submit(
      '/console/ledgers/import',
      formOf({ ...fields, only: 'yes' }, 'a.csv', ledger),
    )
    expect(checked.text).toContain('检查结果（没有写入）')
    expect(await house.store.db.selectFrom('submission').select('id').execute()).toEqual([])
    const taken = await admin.submit('/console/ledgers/import', formOf(fields, 'a.csv', ledger))
    expect(taken.text).toContain('E4')
    expect(taken.text).toContain('“日期”不是日期：昨天')

    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    const page = await cadre.open('/console/ledgers')
    expect(page.html).not.toMatch(/ledgers\.|submissions:|console:/)
    const own = await cadre.submit(
      '/console/ledgers/export',
      formOf({ format: 'csv', kind: 'proposal' }, 'b.yaml', '- 原编号\n- 名称\n- 领导签字\n'),
    )
    expect(own.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(own.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/)
    // What lies with another branch is none of theirs.
    expect(own.html).toBe("原编号,名称,领导签字\r\n1,'=cmd|calc,\r\n")
    const whole = await admin.open(
      '/console/ledgers/export?kind=proposal&format=csv&template=proposal&from=2025-03-06',
    )
    expect(whole.html).toContain('油泵')
    expect(whole.html).not.toContain('calc')
    expect((await admin.open('/console/ledgers/export?template=../../a')).status).toBe(400)

    const figures = await admin.open('/console/statistics?period=2025&step=quarter')
    expect(figures.text).toContain('华北重工 · 2025年统计')
    expect(figures.html).toContain('<svg class="chart"')
    expect(figures.text).toContain('采纳率：采纳 1 件 ÷ 期内提交且已作出决定的 2 件')
    expect(figures.html).not.toMatch(/statistics\.|submissions:|console:/)
    const own2 = await cadre.open('/console/statistics?period=2025')
    expect(own2.text).toContain('华北重工/一分公司 · 2025年统计')
    expect((await cadre.open('/console/statistics?period=2025&organisation=二分公司')).status).toBe(400)
    const book = await cadre.open('/console/statistics/workbook?period=2025')
    expect(book.html.startsWith('PK')).toBe(true)
    expect((await cadre.open('/console/statistics?period=sometime')).text).toContain('看不懂时间')
  })

  test('whoever may not import or export does neither', async () => {
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: house.root })
    await liaison.open('/console/statistics')
    expect(liaison.page.status).toBe(200)
    expect((await liaison.open('/console/ledgers')).status).toBe(403)
    expect((await liaison.open('/console/ledgers/export')).status).toBe(403)
    await liaison.open('/console/statistics')
    expect((await liaison.submit('/console/ledgers/import', formOf({}, 'a.csv', ledger))).status).toBe(403)
    expect(await house.store.db.selectFrom('submission').select('id').execute()).toEqual([])
  })
})
