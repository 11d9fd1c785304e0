import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'
import { joinChat } from './submissions-browser.ts'

const table =
  '姓名,单位,专业领域,专长与经历,联系方式,本人同意\r\n林教授,冶金大学,铸造、热处理,研究凝固二十年。,139,是\r\n=cmd|calc,设计院,液压,,,是\r\n没同意,设计院,液压,,,\r\n'

describeEachDatabase('the directory of experts in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  const experts = () => house.store.db.selectFrom('submission_expert').selectAll().orderBy('number').execute()
  const enter = { organisation: '冶金大学', fields: '焊接；铸造', description: '', contact: '139' }

  test('is filled, searched, narrowed, exported and settled by whoever keeps it', async () => {
    const { admin, root } = house
    await admin.open('/console/experts')
    expect(admin.page.html).toContain('aria-current="page"')
    const form = new FormData()
    form.set('root', root)
    form.set('file', new File([table], 'a.csv'))
    let page = await admin.submit('/console/experts/import', form)
    expect(page.text).toContain('共 3 行：入库 2 位，未导入 1 行。')
    expect(page.text).toContain('没有注明本人同意')
    await admin.open('/console/experts')
    page = await admin.submit('/console/experts', { ...enter, root, name: '<b>赵工</b>', consent: 'yes' })
    expect(page.path).toBe('/console/experts?done=entered')
    expect(page.text).toContain('专家 3 位')
    expect(page.html).not.toContain('<b>赵工')
    expect(page.html).not.toMatch(/experts\.|problems:|console:/)
    expect((await experts()).map(({ state }) => state)).toEqual(['approved', 'approved', 'approved'])

    expect((await admin.open('/console/experts?q=热处理')).text).toContain('专家 1 位')
    expect((await admin.open('/console/experts?unit=设计院')).text).toContain('专家 1 位')
    expect((await admin.open('/console/experts?state=registered')).text).toContain('没有符合条件的专家')
    const file = await admin.open('/console/experts/export?unit=设计院&format=csv')
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.html).toContain("'=cmd|calc,设计院,液压")
    expect(file.html).not.toContain('林教授')
    expect((await admin.open('/console/experts/template')).html).toContain('姓名,单位,专业领域')
    expect((await admin.open('/console/experts/export')).html.startsWith('PK')).toBe(true)

    const [first] = await experts()
    await admin.open('/console/experts')
    page = await admin.submit(`/console/experts/${first!.id}/settle`, { to: 'retired' })
    expect(page.text).toContain('专家 2 位')
    expect((await admin.open('/console/experts?state=retired')).text).toContain(first!.name)
    await admin.open('/console/experts')
    page = await admin.submit(`/console/experts/${first!.id}/settle`, { to: 'approved' })
    expect(page.text).toContain('已移出专家库，需要时请重新登记')
    const english = await admin.open('/console/experts?lang=en')
    expect(english.html).not.toMatch(/experts\.|problems:|console:/)
  })

  test('whoever registered is told in chat what was decided of them in the console, once', async () => {
    const { admin, root } = house
    const branch = await addOrganisation(house, '一分公司')
    await joinChat(house, { name: '褚工', role: 'staff', organisation: branch })
    const person = await house.store.db
      .selectFrom('person')
      .select('id')
      .where('name', '=', '褚工')
      .executeTakeFirstOrThrow()
    const { id } = await house.store.transaction((trx) =>
      trx
        .insertInto('submission_expert')
        .values({
          ...{ id: 'e1', number: 'ZJ-2026-0001', root, person: person.id, name: '褚工' },
          ...{ organisation: '一分公司', fields: '焊接', description: '', contact: '', source: 'self' },
          ...{
            consent: 1,
            state: 'registered',
            entered_by: person.id,
            settled_by: null,
            at: '',
            changed_at: '',
          },
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    await admin.open('/console/experts?state=registered')
    expect(admin.page.text).toContain('审核入库')
    for (const _ of ['first', 'again']) {
      await admin.open('/console/experts')
      await admin.submit(`/console/experts/${id}/settle`, { to: 'approved' })
    }
    const query = house.store.db.selectFrom('outbox').select('id').where('id', 'like', 'expert:%')
    // What was delivered keeps no card, and its name says what it told.
    expect((await query.execute()).map((row) => row.id.split(':').slice(0, 3))).toEqual([
      ['expert', id, 'approved'],
    ])
  })

  test('is nobody else’s, and no form without its token or of another root changes it', async () => {
    const { admin, root } = house
    const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: root })
    await liaison.open('/console/submissions')
    expect(liaison.page.html).not.toContain('/console/experts"')
    for (const path of ['', '/export', '/template']) {
      expect((await liaison.open(`/console/experts${path}`)).status).toBe(403)
    }
    await liaison.open('/console/submissions')
    const given = { ...enter, root, name: '林教授', consent: 'yes' }
    expect((await liaison.submit('/console/experts', given)).status).toBe(403)
    await admin.open('/console/experts')
    expect((await admin.submit('/console/experts', { ...given, root: 'other' })).status).toBe(403)
    await admin.open('/console/experts')
    expect((await admin.submit('/console/experts', { ...given, consent: '' })).text).toContain('征得本人同意')
    await admin.open('/console/experts')
    expect((await admin.submit('/console/experts/nobody/settle', { to: 'approved' })).status).toBe(404)
    await admin.open('/console/experts')
    expect((await admin.submit('/console/experts', { ...given, csrf: 'forged' })).status).toBe(403)
    expect(await experts()).toEqual([])
  })
})
