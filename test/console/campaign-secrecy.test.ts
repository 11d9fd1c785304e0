import { afterEach, expect, test } from 'vitest'
import { openArchive } from '../../src/spreadsheets/open-archive.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

/** More than are read at a time. */
const works = 502
const ledger = '编号,建议名称,提案人,部门,日期,采纳情况\r\n1,快换夹具,张三,一分公司,2026-01-05,已采纳\r\n'

let house: ConsoleHouse
let opened: Awaited<ReturnType<typeof openTestStore>>
afterEach(async () => {
  await house.bot.stop()
  await opened.close()
  expect(house.bot.errors).toEqual([])
})

test('pages of a campaign tell authors, scores and who objected to those who run it, and never to who reviews it blind', async () => {
  opened = await openTestStore()
  house = await openHouse(async () => opened)
  const { admin, store, root } = house
  const branch = await addOrganisation(house, '一分公司')
  await admin.open('/console/ledgers')
  const form = new FormData()
  for (const [name, value] of Object.entries({ kind: 'proposal', organisation: '', day: '' }))
    form.set(name, value)
  form.set('file', new File([ledger], 'a.csv'))
  await admin.submit('/console/ledgers/import', form)
  const first = await store.db.selectFrom('submission').selectAll().executeTakeFirstOrThrow()
  const sent = Array.from({ length: works }, (_, at) => (at === 0 ? first.id : `copy${at}`))
  await store.transaction(async (trx) => {
    for (const copy of sent.slice(1)) {
      await trx
        .insertInto('submission')
        .values({ ...first, id: copy, number: `JY-2026-${copy}` })
        .execute()
    }
  })

  const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: root })
  const judge = await enterConsole(house, { name: '冯工', role: 'cadre', organisation: root })
  const reviewer = await enterConsole(house, { name: '钱工', role: 'reviewer', organisation: root })
  const liaison = await enterConsole(house, { name: '李梅', role: 'liaison', organisation: root })
  const people = await store.db.selectFrom('person').select(['id', 'name']).execute()
  const idOf = (name: string) => people.find((one) => one.name === name)!.id
  const at = new Date().toISOString()
  const id = 'c1'
  const none = { rules_document: null, rules_version: null, rules_text: '', review_until: null }
  await store.transaction(async (trx) => {
    await trx
      .insertInto('campaign')
      .values({
        ...{ id, number: 'JB-2026-0001', title: '建议月', form: 'campaign', organisation: root },
        ...{ state: 'reviewing', revision: 1, purpose: '', ...none, starts_on: '2026-01-01' },
        ...{ ends_on: '2026-01-31', kinds: '["proposal"]', blind: 1, reviewers_each: 3, audience: null },
        rubric: '{"criteria":[{"name":"a","title":{"zh-CN":"甲","en":"A"},"most":100}],"opinionBelow":0}',
        ...{ awards: '[]', made_by: null, made_at: at, opened_at: at, ended_at: null },
      })
      .execute()
    await trx.insertInto('campaign_organisation').values({ campaign: id, organisation: root }).execute()
    for (const submission of sent) {
      await trx
        .insertInto('campaign_entry')
        .values({
          ...{ campaign: id, submission, kind: 'proposal', organisation: branch, author: null, state: 'in' },
          ...{ why: '', entered_at: at, asked: 1, given: 1, score: 80_000, criteria: '[80]' },
        })
        .execute()
    }
    for (const name of ['钱工', '冯工']) {
      const person = idOf(name)
      await trx
        .insertInto('campaign_reviewer')
        .values({ campaign: id, person, state: 'in', added_at: at })
        .execute()
    }
    const by = idOf('钱工')
    await trx
      .insertInto('campaign_history')
      .values([
        { id: 'h1', campaign: id, what: 'objected', data: '{}', by, at },
        { id: 'h2', campaign: id, what: 'declined', data: '{"reason":"作者是我的学生"}', by, at },
      ])
      .execute()
  })

  const page = `/console/campaigns/${id}`
  /** How many works its workbook names; it is no text. */
  const worksIn = async (who: typeof cadre): Promise<number> => {
    const response = await fetch(new URL(`${page}/standing.xlsx`, who.address), {
      headers: { Cookie: who.cookie },
    })
    expect(response.status).toBe(200)
    const archive = await openArchive(new Uint8Array(await response.arrayBuffer()))
    const name = 'xl/worksheets/sheet3.xml'
    if (!archive.has(name)) return 0
    const pieces = await Array.fromAsync(archive.read(name))
    return pieces.join('').split('快换夹具').length - 1
  }
  const seen = await cadre.open(page)
  for (const told of ['快换夹具', '提出异议', '作者是我的学生', `共 ${works} 件`])
    expect(seen.text).toContain(told)
  expect(await worksIn(cadre)).toBe(works)
  expect((await cadre.open(`${page}/judging`)).text).toContain('80')
  // Certificates of one file are not without number.
  await store.transaction(async (trx) => {
    for (let at = 0; at < 501; at += 1) {
      await trx
        .insertInto('campaign_award')
        .values({
          ...{ id: `a${at}`, campaign: id, award: 'x', place: at + 1, submission: null, organisation: null },
          ...{ person: null, holder: `第${at}人`, reason: '', certificate: `ZS-${at}`, file: null },
          ...{ by: null, at: new Date().toISOString() },
        })
        .execute()
    }
  })
  expect((await cadre.open(`${page}/judging`)).html).toContain('certificates.pdf?part=2')
  const second = await cadre.open(`${page}/certificates.pdf?part=2`)
  expect(second.html.startsWith('%PDF-')).toBe(true)
  expect(second.html.split('/Type /Page\n')).toHaveLength(2)
  expect((await cadre.open(`${page}/certificates.pdf?part=3`)).status).toBe(404)
  for (const one of [reviewer, judge, liaison]) {
    const { status, text } = await one.open(page)
    expect(status).toBe(200)
    expect(text).not.toMatch(/快换夹具|张三|提出异议|我的学生/)
    expect(await worksIn(one)).toBe(0)
    for (const at of ['judging', 'certificates.pdf', 'awards.pdf']) {
      expect((await one.open(`${page}/${at}`)).status).toBe(404)
    }
  }
})
