import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { ConsoleBrowser } from '../console/console-browser.ts'
import type { ConsoleHouse } from '../console/console-house.ts'

/** Assessments and honours have pages for whoever oversees them, and for nobody else. @param branch Of the cadre. */
export async function checkAssessmentPages(
  house: Pick<ConsoleHouse, 'store'>,
  { cadre, stranger, branch }: { cadre: ConsoleBrowser; stranger: ConsoleBrowser; branch: string },
): Promise<void> {
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
  expect((await cadre.open('/console/honours?year=2026&quarter=1')).text).toContain('第一季度荣誉名单')
  expect((await cadre.open('/console/honours?year=2026&quarter=2')).text).toContain('还没有荣誉记录')
  const wrong = await cadre.open('/console/honours?from=2026-03-02&to=2026-03-01')
  expect([wrong.status, wrong.text.includes('结束日期不早于开始日期')]).toEqual([422, true])
  expect((await cadre.open('/console/assessments/new')).text).toContain('考核名称')
  // A sheet of one's own: what is wrong is named by its line, else the form goes on with it.
  const own = readFileSync('knowledge/assessment/unit-annual.yaml', 'utf8')
  const upload = async (browser: ConsoleBrowser, text: string) => {
    await browser.open('/console/assessments')
    const form = new FormData()
    form.set('file', new File([text], 'sheet.yaml'))
    return browser.submit('/console/assessments/sheet', form)
  }
  const refused = await upload(cadre, own.replace('total: 100', 'total: 99').replace('each: 1', 'each: 11'))
  expect(refused.status).toBe(422)
  expect(refused.text).toMatch(/2 处问题.*第 \d+ 行：各部分合计 100 分，应为 99 分.*第 \d+ 行：每项分值高于/)
  const taken = await upload(cadre, own.replace('年度工作考核表', '自备考核表'))
  expect([taken.status, taken.text.includes('自备考核表（已带入）')]).toEqual([200, true])
  expect((await upload(cadre, '\0\u0001')).status).toBe(422)
  await cadre.open('/console/assessments')
  const forged = new FormData()
  forged.set('csrf', 'forged')
  forged.set('file', new File([own], 'sheet.yaml'))
  expect((await cadre.submit('/console/assessments/sheet', forged)).status).toBe(403)
  // Another unit's cadre finds nothing there.
  for (const at of ['a', 'a/result.xlsx', 'a/praised.pdf'])
    expect((await stranger.open(`/console/assessments/${at}`)).status).toBe(404)
  expect((await stranger.open('/console/honours?year=2026')).text).toContain('还没有荣誉记录')
}
