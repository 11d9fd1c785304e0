import { expect, test } from 'vitest'
import { addOrganisation, enterConsole, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

test('assessments and honours have pages for whoever oversees them', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  try {
    const branch = await addOrganisation(house, '一分公司')
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    expect((await cadre.open('/console/assessments')).text).toContain('还没有考核')
    const made = { made_at: '2026-03-02T01:00:00.000Z' }
    const person = (
      await house.store.db.selectFrom('person').select('id').where('name', '=', '王强').execute()
    )[0]!
    const sheet = {
      ...{
        name: 's',
        title: { 'zh-CN': '表', en: 's' },
        for: 'unit',
        total: 10,
        groups: [],
        praised: ['good'],
      },
      grades: [{ name: 'good', title: { 'zh-CN': '优秀', en: 'good' }, least: 0 }],
    }
    await house.store.transaction(async (trx) => {
      await trx
        .insertInto('assessment')
        .values({
          ...{ id: 'a', number: 'KH-2026-0001', title: '<b>年度考核', organisation: branch, campaign: null },
          ...{
            subjects: 'unit',
            sheet: JSON.stringify(sheet),
            starts_on: '2026-01-01',
            ends_on: '2026-12-31',
          },
          ...{
            fill_until: '2026-03-01',
            check_until: '2026-03-01',
            notice_days: 1,
            state: 'closed',
            revision: 3,
          },
          ...{ ...made, made_by: person.id, opened_at: made.made_at, published_at: made.made_at },
          ...{ notice_until: made.made_at, ended_at: made.made_at },
        })
        .execute()
      await trx
        .insertInto('assessment_subject')
        .values({
          ...{ id: 's', assessment: 'a', organisation: branch, person: null, state: 'checked', returned: '' },
          ...{ filled_by: null, filled_at: null, checked_by: null, checked_at: null, self_total: 9000 },
          ...{ total: 10_000, grade: 'good', place: 1 },
        })
        .execute()
    })
    const page = await cadre.open('/console/assessments/a')
    expect(page.text).toContain('第 1 名，10 分，优秀')
    expect(page.html).not.toContain('<b>年度')
    expect((await cadre.open('/console/assessments/a/result.xlsx')).html.startsWith('PK')).toBe(true)
    expect((await cadre.open('/console/assessments/a/praised.pdf')).html.startsWith('%PDF')).toBe(true)
    expect((await cadre.open('/console/honours?year=2026')).text).toContain('一分公司')
    expect((await cadre.open('/console/honours/list.pdf?year=2026')).html.startsWith('%PDF')).toBe(true)
    expect((await cadre.open('/console/assessments/new')).text).toContain('考核名称')
    // Another unit's cadre finds nothing there.
    const other = await addOrganisation(house, '二分公司')
    const stranger = await enterConsole(house, { name: '外人', role: 'cadre', organisation: other })
    for (const at of ['a', 'a/result.xlsx', 'a/praised.pdf'])
      expect((await stranger.open(`/console/assessments/${at}`)).status).toBe(404)
    expect((await stranger.open('/console/honours?year=2026')).text).toContain('还没有荣誉记录')
  } finally {
    await house.bot.stop()
    await opened.close()
  }
  expect(house.bot.errors).toEqual([])
})
