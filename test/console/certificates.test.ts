import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterEach, expect, test } from 'vitest'
import { openTestStore } from '../store/open-test-store.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

let house: ConsoleHouse
let opened: Awaited<ReturnType<typeof openTestStore>>
afterEach(async () => {
  await house.bot.stop()
  await opened.close()
  expect(house.bot.errors).toEqual([])
})

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** What an independent reader reads of each page, without spaces. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const quiet = { verbosity: VerbosityLevel.ERRORS, standardFontDataUrl: `${library}/standard_fonts/` }
  const document = await getDocument({ data: bytes, ...quiet }).promise
  const pages: string[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(
      items
        .map((item) => ('str' in item ? item.str : ''))
        .join('')
        .replaceAll(/\s+/g, ''),
    )
  }
  await document.loadingTask.destroy()
  return pages
}

test('certificates and the list of a campaign are fetched as PDF by whoever oversees it', async () => {
  opened = await openTestStore()
  house = await openHouse(async () => opened)
  const branch = await addOrganisation(house, '一分公司')
  const other = await addOrganisation(house, '二分公司')
  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
  await house.store.transaction(async (trx) => {
    const awards = [
      { name: 'star', title: { 'zh-CN': '创新标兵', en: 'Star' }, for: 'entry', places: 5, by: 'score' },
    ]
    const rubric = {
      criteria: [{ name: 'a', label: { 'zh-CN': '效益', en: 'Benefit' }, most: 100 }],
      reviews: 1,
    }
    await trx
      .insertInto('campaign')
      .values({
        ...{ id: 'c1', number: 'JB-2026-0001', title: '建议月', form: 'campaign', organisation: branch },
        ...{ state: 'closed', revision: 3, purpose: '', rules_document: null, rules_version: null },
        ...{ rules_text: '', starts_on: '2026-03-01', ends_on: '2026-03-31', review_until: null },
        ...{ kinds: '["proposal"]', rubric: JSON.stringify(rubric), blind: 1, reviewers_each: 1 },
        ...{ awards: JSON.stringify(awards), audience: null, made_by: null },
        ...{ made_at: '2026-02-01T00:00:00.000Z', opened_at: '2026-03-01T00:00:00.000Z' },
        ended_at: '2026-05-20T00:00:00.000Z',
      })
      .execute()
    const holders = ['阿卜杜拉·买买提《快换夹具》', '𠮷川《照明改造》']
    for (const [at, holder] of holders.entries()) {
      await trx
        .insertInto('campaign_award')
        .values({
          ...{ id: `a${at}`, campaign: 'c1', award: 'star', place: at + 1, holder, reason: '', by: null },
          ...{ submission: null, organisation: null, person: null, file: null },
          ...{ certificate: `ZS-2026-000${at + 1}`, at: '2026-05-20T00:00:00.000Z' },
        })
        .execute()
    }
  })
  const own = '/console/campaigns/c1'
  const page = await cadre.open(`${own}/judging`)
  expect(page.html).toContain(`${own}/certificates.pdf`)
  expect(page.html).toContain(`${own}/awards.pdf`)
  // What the font lacks is told beside them.
  expect(page.text).toContain('有 1 个获奖名称含有字库没有的字：𠮷川《照明改造》（“𠮷”）')

  const fetched = async (name: string) => {
    const answer = await fetch(new URL(`${own}/${name}.pdf`, house.bot.address), {
      headers: { Cookie: cadre.cookie },
    })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(answer.headers.get('content-disposition')).toContain(`JB-2026-0001-${name}.pdf`)
    return pagesOf(new Uint8Array(await answer.arrayBuffer()))
  }
  const [first, second, ...rest] = await fetched('certificates')
  for (const text of ['阿卜杜拉·买买提同志', '《快换夹具》', '创新标兵', '一分公司', 'ZS-2026-0001']) {
    expect(first).toContain(text)
  }
  expect(second).toContain('〓川同志')
  expect(rest).toEqual([])
  const [list] = await fetched('awards')
  for (const text of ['阿卜杜拉·买买提', 'ZS-2026-0001', 'ZS-2026-0002']) expect(list).toContain(text)

  const stranger = await enterConsole(house, { name: '外人', role: 'cadre', organisation: other })
  for (const at of ['judging', 'certificates.pdf', 'awards.pdf']) {
    expect((await stranger.open(`${own}/${at}`)).status).toBe(404)
  }
})
