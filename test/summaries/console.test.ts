import { expect, test } from 'vitest'
import { readWord } from '../../src/knowledge/read/word/read-word.ts'
import { addOrganisation, enterConsole, idOf, openHouse } from '../console/console-house.ts'
import { openTestStore } from '../store/open-test-store.ts'

test('summaries in the console: figures lead to their records, the document has them; nobody sees a sister’s', async () => {
  const opened = await openTestStore()
  const house = await openHouse(async () => opened)
  const { admin, store, root, bot } = house
  const branch = await addOrganisation(house, '一分公司')
  const other = await addOrganisation(house, '二分公司')
  const at = '2026-02-02T01:00:00.000Z'
  const by = await idOf(store, 'person', '周建国')
  const notice = {
    ...{ id: 'n1', number: 'TZ-2026-0001', kind: 'notice' as const, title: '报送<b>通知', text: '' },
    ...{ state: 'sent' as const, organisation: root, audience: '{}', asks: 0 as const, until: null },
    ...{ remind: '[]', revision: 0, reason: '', made_by: by, made_at: at, sent_at: at, corrected_at: null },
  }
  await store.transaction((trx) => trx.insertInto('notice').values(notice).execute())

  const page = await admin.open('/console/summaries?year=2026')
  expect(page.text).toContain('华北重工2026年度工作总结')
  expect(page.text).toContain('发布通知和政策宣讲 1 ')
  expect(page.html).toContain('href="/console/summaries/record?number=TZ-2026-0001"')
  expect(page.html).not.toContain('<b>通知')
  expect(page.html).not.toMatch(/summaries:|page\./)
  const record = await admin.open('/console/summaries/record?number=TZ-2026-0001')
  expect(record.path).toBe('/console/notices/n1')
  expect((await admin.open('/console/summaries/record?number=TZ-2026-0009')).status).toBe(404)
  expect((await admin.open('/console/summaries?year=2026&quarter=1')).text).toContain('一季度工作小结')

  const address = `${bot.address}/console/summaries/document?year=2026&organisation=${root}`
  const file = await fetch(address, { headers: { cookie: admin.cookie } })
  const docx = await readWord(new Uint8Array(await file.arrayBuffer()), 10_000_000)
  expect(docx).toContain('TZ-2026-0001 报送<b>通知')

  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
  expect((await cadre.open('/console/summaries')).text).toContain('一分公司2026年度工作总结')
  expect((await cadre.open(`/console/summaries?organisation=${other}`)).text).toContain('没有这个单位')
  await bot.stop()
  expect(bot.errors).toEqual([])
})
