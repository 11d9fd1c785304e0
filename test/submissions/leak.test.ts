import { Command } from 'commander'
import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { addSubmissionCommands } from '../../src/command-line/submissions.ts'
import { exportLedger, ledgerFormats } from '../../src/features/submissions/ledger/export-ledger.ts'
import { listSubmissions } from '../../src/features/submissions/list-submissions.ts'
import { openRow } from '../../src/features/submissions/records.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase, placesHolding } from './dump-database.ts'
import { reachedFrom, rowsOf } from './reached-rows.ts'
import { accountOf, openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

/** Nobody else is called so, and nobody else writes these words. */
const author = { name: '欧阳泠鸢', user: 'acct-zx7731qlm' }
const words = [
  '泡面凉透',
  '钻床漏油',
  '踮脚够阀',
  '鹞子翻身',
  '榫头歪斜',
  '再等三年',
  '仍旧凉透',
  '补一句实话',
]

const opinion = {
  naming: 'hidden',
  title: '夜班泡面凉透',
  area: 'living',
  text: '食堂关门早，夜班只能吃泡面，钻床漏油也没人管。',
  wish: '请延长供餐，别让人踮脚够阀门。踮脚够阀',
}
const hiddenProposal = {
  ...proposal,
  naming: 'hidden',
  title: '铣床鹞子翻身夹具',
  method: '改为榫头歪斜自锁结构，另备一台换型小车。',
}

/** Where the author's account may stand: who is who, what came in and went out, and unfinished forms. */
const accountPlaces =
  /^(account|inbox|interaction|outbox|form_draft|conversation|heard|person|web_|directory|notice)/

describeEachDatabase('what lies hidden', (open) => {
  let house: SubmissionsHouse
  let person = ''
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  async function openWithAuthor(options = {}): Promise<void> {
    house = await openSubmissionsHouse(open, options)
    person = await house.store.transaction(async (trx) => {
      const { id } = await createPerson(trx, { name: author.name })
      await linkAccount(trx, accountOf(author.user), id, house.time.now)
      await addMembership(trx, { person: id, organisation: house.people.branch!, role: 'staff' })
      return id
    })
  }

  const others = [
    '周建国',
    '吴主席',
    '李梅',
    '王强',
    '何总',
    '张三',
    '陈晨',
    '赵工',
    '钱工',
    '冯工',
    '褚工',
    '卫工',
  ]
  const shownTo = (users: readonly string[]) => JSON.stringify(users.map((user) => house.cardsOf(user)))

  /** An opinion through its whole life, with everything that its author can say about it. */
  async function liveOpinion(): Promise<string> {
    const { number } = await house.sendIn(author.user, opinion, 'opinion')
    const { id } = await house.row(number)
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'assign', { priority: 'urgent', owner: '褚工', note: '请尽快' })
    await comment(author.user, id, '补一句实话：夜班有三十人。')
    await comment('李梅', id, '已经转给食堂。')
    await house.act('褚工', number, 'report', { result: '食堂同意延长。' })
    await house.act('李梅', number, 'reply', { answer: '已请食堂延长到十一点。' })
    await house.act(author.user, number, 'again', { reason: '再等三年也不行，仍旧凉透。' })
    await house.waitUntil('2026-03-06T02:00:00Z')
    await house.act('李梅', number, 'reply', { answer: '再延长半小时。' })
    await house.act('李梅', number, 'draft-bulletin', { bulletin: '食堂供餐时间已经延长。' })
    await house.act('王强', number, 'publish', { checked: 'yes' })
    await house.act(author.user, number, 'rate')
    return number
  }

  async function liveProposal(): Promise<string> {
    const { number } = await house.sendIn(author.user, hiddenProposal)
    await house.act('李梅', number, 'return', { reason: '请写清楚现状。' })
    await house.act(author.user, number, 'resubmit', { defect: '三号线换型要拆装八颗螺栓，钻床漏油。' })
    await house.act('李梅', number, 'accept')
    await house.act('李梅', number, 'send-to-review', {
      ...{ opinion: '办法具体，建议评审。', reviewers: '赵工、钱工、冯工' },
    })
    for (const reviewer of ['赵工', '钱工', '冯工']) {
      const scores = { technical: '20', economic: '20', scope: '15', practical: '15' }
      await house.act(reviewer, number, 'review', { hasInterest: 'no', ...scores, opinion: '可行。' })
    }
    return number
  }

  async function comment(user: string, submission: string, text: string): Promise<void> {
    const opened = await house.click(user, { action: 'submissions.comment', value: { submission } })
    await house.fillIn(user, opened, { text })
    await house.settle()
  }

  /** All that others can have shown to them about records. */
  async function lookedAt(numbers: readonly string[]): Promise<string> {
    const seen: (Card[] | object)[] = []
    // One of each office and part.
    for (const user of ['周建国', '李梅', '王强', '陈晨', '赵工', '褚工']) {
      for (const typed of ['待我处理', '意见公开', '查建议 夹具 换型', ...numbers]) {
        seen.push(await house.type(user, typed))
      }
      for (const number of numbers) {
        const value = { submission: (await house.row(number)).id }
        for (const action of ['submissions.open', 'submissions.history']) {
          seen.push(await house.click(user, { action, value }).catch(() => ({})))
        }
      }
    }
    return JSON.stringify(seen)
  }

  test('is told to nobody in a whole life: neither in cards, nor in lists, nor by looking', async () => {
    await openWithAuthor()
    const numbers = [await liveProposal(), await liveOpinion()]
    expect(shownTo(others) + (await lookedAt(numbers))).not.toContain(author.name)
    // Those who have nothing to do with it do not come upon what it says either.
    const strangers = await Promise.all(
      ['张三', '陈晨', '卫工', '外人'].map((user) => house.type(user, '查建议 鹞子翻身 榫头')),
    )
    const text = JSON.stringify(strangers) + shownTo(['张三', '陈晨', '卫工'])
    expect(words.filter((word) => text.includes(word))).toEqual([])
    // Its author finds it.
    const own = JSON.stringify(await house.type(author.user, '我的提交'))
    expect(own).toContain(opinion.title)
    expect(own).toContain(hiddenProposal.title)
  })

  test('lies in no column of no table, and in no file', async () => {
    await openWithAuthor()
    await liveProposal()
    await liveOpinion()
    const dump = await dumpDatabase(house.store)
    expect(placesHolding(dump, [author.name])).toEqual(['person.name'])
    expect(placesHolding(dump, words)).toEqual([])
    const elsewhere = placesHolding(dump, [author.user, person])
    expect(elsewhere.filter((place) => !accountPlaces.test(place) && place !== 'membership.person')).toEqual(
      [],
    )
  })

  test('nothing in the rows leads from the account to the record without the key', async () => {
    await openWithAuthor()
    await liveOpinion()
    // And one whose cards still wait to be delivered, to its author and to whoever handles it.
    const opened = await house.click(author.user, { action: 'submissions.begin', value: { kind: 'opinion' } })
    const blob = await house.blobs.put(Buffer.from('一张照片'))
    await house.type(author.user, '', { files: [{ name: '照片.png', type: 'image/png', size: 12, blob }] })
    const drafts = rowsOf(await dumpDatabase(house.store)).filter(({ table }) => table === 'blob_use')
    await house.fillIn(author.user, opened, opinion)
    // Nor does what held a file before, in an older copy of the rows, lead on to what holds it now.
    const rows = rowsOf(await dumpDatabase(house.store)).concat(drafts)
    expect(drafts).toHaveLength(1)
    expect(rows.filter(({ table }) => table === 'blob_use')).toHaveLength(2)
    expect(rows.filter(({ table, text }) => table === 'outbox' && text.includes('sealed')).length).toBe(2)
    const known = new Set(Object.values(house.people))
    const own = reachedFrom(rows, [author.user, person], known)
    const ids = (await house.rows()).flatMap(({ id, number }) => [id, number])
    const telling = own.filter(
      ({ table, text }) => table.startsWith('submission') || ids.some((id) => text.includes(id)),
    )
    expect(telling).toEqual([])
  })

  test('is in no export and no list of records, whoever asks', async () => {
    await openWithAuthor()
    await liveProposal()
    await liveOpinion()
    const { context, people } = house
    for (const asker of ['house' as const, { person: people.周建国! }, { person: people.王强! }]) {
      for (const format of ledgerFormats) {
        const request = { asker, filters: {}, format, template: null, language: 'zh-CN' as const }
        const { pieces } = await exportLedger(context, request)
        const bytes = Buffer.concat(await Array.fromAsync(pieces))
        // Pieces of a workbook may lie compressed: what is not there in the CSV is not there either.
        const text = bytes.toString('utf8')
        expect(words.concat(author.name).filter((word) => text.includes(word))).toEqual([])
        if (format === 'csv') expect(text).toContain('YJ-2026-0001')
      }
      const found = await listSubmissions(house.store.db, context, asker, { text: '鹞子翻身' }, { size: 9 })
      expect(found.submissions).toEqual([])
    }
  })

  test('is in nothing that the commands print, at the machine itself', async () => {
    await openWithAuthor()
    await liveProposal()
    const number = await liveOpinion()
    const printed: string[] = []
    const templates = { names: () => [], read: () => Promise.reject(new Error('there is none')) }
    const commands = [
      ['list'],
      ['list', '泡面凉透'],
      ['show', number],
      ['show', 'JY-2026-0001'],
      ['stats', '2026'],
      ['stats', '2026', '--kind', 'opinion', '--by', 'month'],
    ]
    for (const typed of commands) {
      const program = new Command().exitOverride()
      addSubmissionCommands(program, 'zh-CN', (task) =>
        task({
          ...{ context: house.context, templates, language: 'zh-CN' },
          print: (text) => void printed.push(text),
        }),
      )
      await program.parseAsync(['submissions', ...typed], { from: 'user' })
    }
    const text = printed.join('\n')
    expect(text).toContain(number)
    expect(words.concat(author.name).filter((word) => text.includes(word))).toEqual([])
  })

  test('is gone for good once its author erases it; what is counted stays', async () => {
    await openWithAuthor()
    const number = await liveOpinion()
    const before = await house.row(number)
    const [card] = await house.type(author.user, '删除我的提交')
    expect(JSON.stringify(card)).toContain(number)
    await house.act(author.user, number, 'erase-closed', { sure: 'yes' })
    const after = await house.row(number)
    const { id, kind, state, organisation, submitted_at, closed_at, reopened, priority } = before
    expect(after).toMatchObject({
      id,
      kind,
      state,
      organisation,
      submitted_at,
      closed_at,
      reopened,
      priority,
    })
    expect(after).toMatchObject({ subject: '', content: '', author_sealed: '', author_tag: '' })
    expect(after).toMatchObject({ published: null, proposed: null })
    expect(after.erased_at).not.toBeNull()
    // Rows of an older copy open no more: their keys are no longer there.
    const again = await openRow(house.store.db, house.context, before)
    expect(again).toMatchObject({ subject: '', values: {}, author: null })
    const seen = (await lookedAt([number])) + JSON.stringify(await house.type(author.user, '我的提交'))
    expect(words.concat(author.name).filter((word) => seen.includes(word))).toEqual([])
    expect(JSON.stringify(await house.type('李梅', number))).toContain('已办结')
  })

  test('that is erased while it is open is handled no further, and whoever had it is told', async () => {
    await openWithAuthor()
    const { number } = await house.sendIn(author.user, opinion, 'opinion')
    const waiting = house.cardsOf('李梅').length
    expect(waiting).toBeGreaterThan(0)
    await house.act('周建国', number, 'erase', { sure: 'yes' })
    expect(await house.row(number)).toMatchObject({ state: 'erased', subject: '', due_at: null })
    expect(shownTo(['李梅'])).not.toContain('泡面凉透')
    expect(JSON.stringify(house.cardsOf(author.user).at(-1))).toContain('已按要求删去')
    expect(JSON.stringify(house.cardsOf(author.user).at(-1))).not.toContain(number)
    expect(JSON.stringify(await house.type('李梅', '待我处理'))).not.toContain(number)
  })

  test('is not laid open by answers to a form that is asked step by step', async () => {
    await openWithAuthor({ showsForms: false })
    await house.type(author.user, '提意见')
    await house.click(author.user, { action: 'submissions.begin', value: { kind: 'opinion' } })
    await house.settle()
    for (const typed of ['隐名', opinion.title, '生活后勤', opinion.text, opinion.wish, '跳过']) {
      await house.type(author.user, typed)
    }
    expect(placesHolding(await dumpDatabase(house.store), words)).toEqual([])
    await house.type(author.user, '提交')
    expect((await house.rows()).length).toBe(1)
    expect(placesHolding(await dumpDatabase(house.store), words)).toEqual([])
  })

  test('is not laid open by saying it in one go', async () => {
    await openWithAuthor()
    const said = await house.type(author.user, '我想反映个问题：食堂关门早，夜班只能吃泡面凉透的面。')
    expect(JSON.stringify(said)).toContain('泡面凉透')
    expect(placesHolding(await dumpDatabase(house.store), words)).toEqual([])
  })
})
