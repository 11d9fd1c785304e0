import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBlobs } from '../../src/store/blobs.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

const header = '单位,角色,姓名,起日\r\n'

describeEachDatabase('liaison points in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are assigned by a table with a preview, shown with gaps and figures, and visited', async () => {
    const { admin } = house
    const branch = await addOrganisation(house, '一分公司')
    const me = await house.store.db.selectFrom('person').select(['id', 'name']).executeTakeFirstOrThrow()
    const importTable = (step: string, lines: readonly string[]) => {
      const form = new FormData()
      form.set('file', new File([`${header}${lines.join('\r\n')}\r\n`], 'a.csv'))
      form.set('step', step)
      return admin.submit('/console/liaison/import', form)
    }
    let page = await admin.open('/console/liaison')
    expect(page.text).toContain('没有指导员、联络员')
    expect(page.text).toContain('未填地区')
    const rows = [
      `一分公司,联络员,${me.name},`,
      '一分公司,司机,甲,',
      '一分公司,联络员,查无此人,',
      ',联络员,甲,',
    ]
    page = await importTable('preview', rows)
    expect(page.text).toContain('共 4 行，可指派 1 行，无变化 0 行，有误 3 行。尚未导入')
    for (const reason of ['没有“司机”这个角色', '没有找到“查无此人”', '“单位”没有填写']) {
      expect(page.text).toContain(reason)
    }
    expect(await house.store.db.selectFrom('liaison_holder').select('id').execute()).toEqual([])
    page = await importTable('import', rows)
    expect(page.text).toContain('已指派 1 行')
    expect((await importTable('import', [rows[0]!])).text).toContain('无变化 1 行')
    expect((await admin.open('/console/liaison/export')).html.startsWith('PK')).toBe(true)
    expect((await admin.open('/console/liaison/template')).html).toContain('单位,角色,姓名,起日')
    const { organisation } = await house.store.db
      .selectFrom('liaison_holder')
      .select('organisation')
      .executeTakeFirstOrThrow()
    page = await admin.open(`/console/liaison/points/${organisation}`)
    expect(page.text).toContain(`联络员 ${me.name}`)
    expect(page.text).toContain('记录走访')
    await house.store.transaction(async (trx) => {
      await trx
        .insertInto('liaison_visit')
        .values({
          ...{ id: 'v', number: 'ZF-2026-0001', organisation, kind: 'visit', day: '2026-03-02', people: '' },
          ...{ summary: '<i>走访</i>', by: me.id, at: '2026-03-02T01:00:00.000Z', item: null },
        })
        .execute()
      const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
      for (const [position, bytes] of [png, Buffer.from('<svg onload="x">')].entries()) {
        const blob = await openBlobs(house.store, house.location).put(new Uint8Array(bytes), trx)
        const photo = { visit: 'v', position, name: 'a.png', type: 'image/png', size: bytes.length, blob }
        await trx.insertInto('liaison_photo').values(photo).execute()
      }
    })
    page = await admin.open('/console/liaison/visits?kind=visit&from=2026-03-01')
    expect(page.text).toContain('ZF-2026-0001')
    expect((await admin.open('/console/liaison/visits?kind=call')).text).toContain('没有符合条件的走访记录')
    page = await admin.open('/console/liaison/visits/v')
    expect(page.html).toContain('/console/liaison/visits/v/photos/0')
    expect(page.html).not.toContain('<i>走访')
    expect((await admin.open('/console/liaison/visits/v/photos/0')).status).toBe(200)
    expect((await admin.open('/console/liaison/visits/v/photos/9')).status).toBe(404)
    expect((await admin.open('/console/liaison/visits/none')).status).toBe(404)
    expect((await admin.open('/console/liaison/do/assign')).text).toContain('由谁负责')
    const leader = await enterConsole(house, { name: '何总', role: 'leader', organisation: branch })
    expect((await leader.open('/console/liaison')).text).not.toContain('导入联络人员')
    expect((await leader.open('/console/liaison/template')).status).toBe(403)
  })
})
