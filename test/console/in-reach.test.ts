import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import { recordAnswer } from '../../src/features/policy/answer-log.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, addPerson, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('what the console shows', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  function addRules(text: string, visibleTo: string) {
    const bytes = Buffer.from(`朱雀计划规定\n\n第一条 ${text}`)
    const document = { fileName: 'rules.txt', bytes, document: 'rules', visibleTo }
    return addDocument(house.store, house.blobs, document, house.time.now)
  }

  /** A question without an answer, with the document's first numbered clause as the nearest. */
  async function refuse(question: string, user: string, document: string) {
    const account: Account = { platform: 'feishu', installation: 't', user }
    const { key } = await house.store.db
      .selectFrom('clause')
      .select('key')
      .where('document', '=', document)
      .where('label', '!=', '')
      .orderBy('key')
      .executeTakeFirstOrThrow()
    const clause = {
      key,
      kind: 'clause',
      number: 1,
      label: '',
      path: [],
      lead: '',
      text: '',
    } as const
    const version = { document, version: 1, title: document, issuers: '', effective: null }
    const nearest = { ...version, clause: { ...clause, path: [] }, quote: '', spans: [], english: [] }
    const found = { citations: [], nearest, related: [], statements: [], ruling: null }
    const answer = { id: question, question, refused: true, tentative: false, ...found }
    const conversation = { platform: 'feishu', installation: 't', chat: user, thread: '' }
    return house.store.transaction((trx) =>
      recordAnswer(trx, { ...answer, language: 'zh-CN' }, { account, conversation, at: house.time.now }),
    )
  }

  async function addAsker(name: string, organisation: string): Promise<string> {
    const person = await addPerson(house, { name, role: 'staff', organisation })
    const account = { platform: 'feishu', installation: 't', user: name }
    await house.store.transaction((trx) => linkAccount(trx, account, person, house.time.now))
    return person
  }

  test('of questions: those of people who are in reach with each of their organisations', async () => {
    const [first, second] = [
      await addOrganisation(house, '一分公司'),
      await addOrganisation(house, '二分公司'),
    ]
    await addAsker('孙丽', first)
    const both = await addAsker('赵敏', first)
    await house.store.transaction((trx) =>
      addMembership(trx, { person: both, organisation: second, role: 'leader' }),
    )
    await refuse('食堂几点开门', '孙丽', 'guideline')
    await refuse('班车在哪里坐', '赵敏', 'guideline')
    await refuse('宿舍怎么申请', 'nobody', 'guideline')
    const asked = ['食堂几点开门', '班车在哪里坐', '宿舍怎么申请']
    const seenBy = ({ text }: { text: string }) => asked.filter((question) => text.includes(question))
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: first })
    expect(seenBy(await cadre.open('/console/gaps'))).toEqual(['食堂几点开门'])
    expect(seenBy(await house.admin.open('/console/gaps'))).toEqual(asked)
    // A liaison reaches the very organisation, also where it is the root.
    const liaison = await enterConsole(house, { name: '钱进', role: 'liaison', organisation: house.root })
    expect(seenBy(await liaison.open('/console/gaps'))).toEqual(['宿舍怎么申请'])
  })

  test('of the nearest clause: nothing where the visitor may not see its document', async () => {
    const branch = await addOrganisation(house, '一分公司')
    await addRules('评审由工艺室负责。', 'role:reviewer')
    await addAsker('孙丽', branch)
    await refuse('朱雀计划谁评审', '孙丽', 'rules')
    await refuse('食堂几点开门', '孙丽', 'guideline')
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    const { text } = await cadre.open('/console/gaps')
    expect(text).toContain('朱雀计划谁评审')
    expect(text).toMatch(/《关于加强国有企业科协组织建设的意见》（[一二三四五六七八九十]+）/)
    expect(text).not.toMatch(/rules|朱雀计划规定/)
    expect((await house.admin.open('/console/gaps')).text).not.toMatch(/rules|朱雀计划规定/)
  })

  test('of documents: none whose version in force is hidden from the visitor', async () => {
    const branch = await addOrganisation(house, '一分公司')
    const cadre = await enterConsole(house, { name: '王强', role: 'cadre', organisation: branch })
    await addRules('评审由工艺室负责。', 'all')
    expect((await cadre.open('/console/knowledge')).text).toContain('朱雀计划规定')
    await addRules('评审由总工程师负责。', 'role:leader')
    expect((await cadre.open('/console/knowledge')).text).not.toContain('朱雀计划规定')
    expect((await house.admin.open('/console/knowledge')).text).toContain('朱雀计划规定')
    await addRules('评审由办公室负责。', 'role:cadre')
    expect((await cadre.open('/console/knowledge')).text).toContain('朱雀计划规定')
  })

  test('of people: whoever is in reach, however many bear the name elsewhere', async () => {
    const [first, second] = [
      await addOrganisation(house, '一分公司'),
      await addOrganisation(house, '二分公司'),
    ]
    await house.store.transaction(async (trx) => {
      const add = async (name: string, organisation: string) => {
        const { id: person } = await createPerson(trx, { name })
        await addMembership(trx, { person, organisation, role: 'staff' })
      }
      for (let count = 0; count < 201; count += 1) await add('王一', second)
      await add('王一一', first)
      await createPerson(trx, { name: '刘无' })
    })
    const cadre = await enterConsole(house, { name: '孙丽', role: 'cadre', organisation: first })
    const search = `/console/people?q=${encodeURIComponent('王一')}`
    const { html } = await cadre.open(search)
    expect(html.match(/>王一一?<\/a><\/li>/g)).toEqual(['>王一一</a></li>'])
    expect((await house.admin.open(search)).html.match(/>王一<\/a><\/li>/g)).toHaveLength(50)
    // Who belongs nowhere is found from the root alone.
    const nowhere = `/console/people?q=${encodeURIComponent('刘')}`
    expect((await cadre.open(nowhere)).text).not.toContain('刘无')
    expect((await house.admin.open(nowhere)).text).toContain('刘无')
  })

  test('in the other language: the same page; what a form gave is not offered again', async () => {
    const { admin } = house
    const person = await addPerson(house, { name: '孙丽', role: 'staff', organisation: house.root })
    const query = `organisation=${house.root}&q=${encodeURIComponent('孙 "&')}`
    const { html } = await admin.open(`/console/people?${query}`)
    const link = /href="(\?[^"]*)" hreflang="en"/.exec(html)![1]!.replaceAll('&amp;', '&')
    const english = await admin.open(`/console/people${link}`)
    expect([english.status, english.html.includes('<html lang="en"')]).toEqual([200, true])
    expect(Object.fromEntries(new URL(english.path, admin.address).searchParams)).toEqual({
      organisation: house.root,
      q: '孙 "&',
    })
    await admin.open(`/console/people/${person}`)
    const shownOnce = await admin.submit(`/console/people/${person}/link`)
    expect(shownOnce.html).toContain('/sign-in/')
    expect(shownOnce.html).not.toContain('hreflang')
  })

  test('of the system: the rest, where the folder of the index is gone', async () => {
    await rm(join(house.location.dataDir, 'index'), { recursive: true })
    const { status, text } = await house.admin.open('/console/system')
    expect([status, text.includes('运行正常')]).toEqual([200, true])
  })
})
