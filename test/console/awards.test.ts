import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

const ledger =
  '编号,建议名称,提案人,部门,日期,采纳情况\r\n1,快换夹具,张三,一分公司,2026-01-05,已采纳\r\n2,油泵改造,李四,一分公司,2026-01-06,已采纳\r\n'

describeEachDatabase('the list of awards in the console', (open) => {
  let house: ConsoleHouse
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('names what was given an award in a year, and is downloaded as a ledger by whoever may export', async () => {
    house = await openHouse(open)
    const { admin, store, root } = house
    await addOrganisation(house, '一分公司')
    await admin.open('/console/ledgers')
    const form = new FormData()
    for (const [name, value] of Object.entries({ kind: 'proposal', organisation: '', day: '' }))
      form.set(name, value)
    form.set('file', new File([ledger], 'a.csv'))
    await admin.submit('/console/ledgers/import', form)
    const [first, second] = await store.db.selectFrom('submission').select('id').orderBy('number').execute()
    const give = (id: string, award: string, closed_at: string) =>
      store.transaction((trx) =>
        trx.updateTable('submission').set({ award, closed_at }).where('id', '=', id).execute(),
      )
    // The evening of New Year's Eve in Greenwich is the next year's morning in China.
    await give(first!.id, 'second', '2025-12-31T20:00:00.000Z')
    await give(second!.id, 'none', '2026-02-01T00:00:00.000Z')

    const page = await admin.open('/console/awards?year=2026')
    expect(page.text).toContain('2026 年表彰名单（1 件）')
    expect(page.text).toContain('二等奖')
    expect(page.text).toContain('快换夹具')
    expect(page.html).not.toContain('油泵改造')
    expect(page.html).not.toMatch(/awards\.|review:|console:/)
    expect((await admin.open('/console/awards?year=2025')).text).toContain('2025 年还没有定奖')
    const file = await admin.open('/console/ledgers/export?awarded=2026&format=csv')
    expect(file.html).toContain('快换夹具')
    expect(file.html).not.toContain('油泵改造')
    expect((await admin.open('/console/ledgers/export?awarded=2025&format=csv')).html).not.toContain('夹具')

    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: root })
    const own = await liaison.open('/console/awards?year=2026')
    expect(own.text).toContain('快换夹具')
    expect(own.html).not.toContain('/console/ledgers/export')
  })
})
