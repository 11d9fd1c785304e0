import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, addPerson, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('the calendar in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('shows published years, and marks those that are assumed', async () => {
    const { admin } = house
    const page = await admin.open('/console/calendar')
    expect(page.text).toContain('2026 年放假和调休')
    expect(page.text).toContain('2026-10-10')
    expect(page.text).not.toContain('暂定')
    const later = await admin.open('/console/calendar?year=2031')
    expect(later.text).toContain('2031 年的放假安排尚未公布')
    expect(later.html).not.toMatch(/calendar:|console:/)
    const english = await admin.open('/console/calendar?year=2031&language=en')
    expect(english.html).not.toMatch(/calendar:|console:/)
    expect(english.text).toContain('provisional')
  })

  test('hours and own days are set, inherited, and taken back', async () => {
    const { admin, root } = house
    const branch = await addOrganisation(house, '一分公司')
    await admin.open(`/console/calendar?organisation=${root}`)
    const hours = { organisation: root, year: '2026' }
    const wrong = await admin.submit('/console/calendar/hours', { ...hours, hours: '8-12' })
    expect([wrong.status, wrong.text.includes('工作时间“8-12”有误')]).toEqual([400, true])
    await admin.open(`/console/calendar?organisation=${root}`)
    const set = await admin.submit('/console/calendar/hours', { ...hours, hours: '9:00-17:00' })
    expect(set.text).toContain('09:00-17:00（Asia/Shanghai） 本单位自定')
    const below = await admin.open(`/console/calendar?organisation=${branch}`)
    expect(below.text).toContain('09:00-17:00（Asia/Shanghai） 同上级单位或默认')
    await admin.open(`/console/calendar?organisation=${root}`)
    const inherited = await admin.submit('/console/calendar/hours', { ...hours, inherit: 'yes' })
    expect(inherited.text).toContain('08:30-12:00 13:30-17:30')
    const day = { organisation: branch, year: '2026', day: '2026-12-31' }
    const added = await admin.submit('/console/calendar/days', { ...day, kind: 'off', name: '年终盘点' })
    expect(added.text).toContain('2026-12-31 休息 年终盘点')
    const cleared = await admin.submit('/console/calendar/days', { ...day, kind: 'clear' })
    expect(cleared.text).toContain('2026 年没有另行设定')
  })

  test('leave is entered for somebody, shown, and ended', async () => {
    const { admin, root } = house
    await addPerson(house, { name: '李晓梅', role: 'staff', organisation: root })
    await admin.open('/console/calendar')
    const form = { organisation: root, year: '2026', first: '2026-03-05', last: '2026-03-06', note: '探亲' }
    const unknown = await admin.submit('/console/calendar/leave', { ...form, name: '谁' })
    expect(unknown.text).toContain('没有找到“谁”')
    await admin.open('/console/calendar')
    const entered = await admin.submit('/console/calendar/leave', { ...form, name: '李晓梅' })
    expect(entered.text).toContain('李晓梅 2026-03-05 2026-03-06 探亲')
    const overlapping = await admin.submit('/console/calendar/leave', {
      ...form,
      name: '李晓梅',
      first: '2026-03-01',
    })
    expect(overlapping.text).toContain('重叠')
    const { id } = await house.store.db.selectFrom('person_leave').select('id').executeTakeFirstOrThrow()
    await admin.open('/console/calendar')
    const ended = await admin.submit('/console/calendar/leave/end', { ...form, leave: id })
    expect(ended.text).toContain('没有人请假')
  })

  test('a branch keeps to itself, and who may only look changes nothing', async () => {
    const { root } = house
    const branch = await addOrganisation(house, '一分公司')
    const boss = await addPerson(house, { name: '王总', role: 'staff', organisation: root })
    const cadre = await enterConsole(house, { name: '钱进', role: 'cadre', organisation: branch })
    await house.store.transaction((trx) =>
      trx
        .insertInto('person_leave')
        .values({
          id: 'l',
          person: boss,
          first_day: '2026-03-05',
          last_day: '2026-03-06',
          note: '',
          entered_by: null,
          entered_at: '2026-03-01T00:00:00.000Z',
        })
        .execute(),
    )
    const page = await cadre.open('/console/calendar')
    expect(page.text).not.toContain('王总')
    expect((await cadre.open(`/console/calendar?organisation=${root}`)).status).toBe(404)
    await cadre.open('/console/calendar')
    const form = { organisation: root, year: '2026', hours: '09:00-17:00', leave: 'l' }
    expect((await cadre.submit('/console/calendar/hours', form)).status).toBe(404)
    await cadre.open('/console/calendar')
    expect((await cadre.submit('/console/calendar/leave/end', form)).status).toBe(403)
    const leader = await enterConsole(house, { name: '孙书记', role: 'leader', organisation: root })
    const seen = await leader.open('/console/calendar')
    expect(seen.text).toContain('王总')
    expect(seen.html).not.toContain('action="/console/calendar/')
    expect((await leader.submit('/console/calendar/hours', form)).status).toBe(403)
    expect(await house.store.db.selectFrom('working_hours').selectAll().execute()).toEqual([])
    expect(await house.store.db.selectFrom('person_leave').selectAll().execute()).toHaveLength(1)
  })
})
