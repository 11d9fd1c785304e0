import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { keepAnswer } from '../../src/features/collections/answering/keep-answer.ts'
import { readCollection } from '../../src/features/collections/records.ts'
import { readTally } from '../../src/features/collections/tallying/read-answers.ts'
import { branchGroup, buttonsOf, openCampaignHouse } from '../campaigns/campaign-house.ts'
import { countStatements } from '../store/count-statements.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

type Values = Record<string, string | string[]>

const anonymous = ['署名: 匿名', '截止: 2026-03-06', '对象:', '  成员: 是', '  单位: 一分公司']
const filled = {
  ...{ organisation: '一分公司', title: '车间人数', about: '', anonymity: 'handlers-only', per: 'unit' },
  ...{ count: '1', label1: '多少人', type1: 'number', options1: '', required1: 'yes' },
  ...{ toKinds: ['groups', 'members'], toAt: '', toBelow: '', toRoles: [], toPeople: '' },
  ...{ deadline: '2026-03-06', remind: [], handlers: '', shares: '' },
}

async function openHouse(open: Open) {
  const house = await openCampaignHouse(open)
  const button = (card: Card | undefined, label: string) => {
    const found = card && buttonsOf(card).find((one) => one.label === label)
    if (!found) throw new Error(`no ${label}: ${JSON.stringify(card)}`)
    return found
  }
  const last = (name: string) => house.cardsOf(name).at(-1)
  const fileOf = async (lines: readonly string[]) => {
    const bytes = Buffer.from(lines.join('\n'))
    const blob = await house.shared.blobs.put(bytes)
    return { files: [{ name: 'a.yaml', type: 'text/yaml', size: bytes.length, blob }] }
  }
  return {
    ...{ ...house, button, last },
    async read(...lines: string[]): Promise<Card> {
      const [card] = await house.type('王强', '新建收集', await fileOf(lines))
      return card!
    },
    async make(values: Values): Promise<Card> {
      const [offer] = await house.type('王强', '新建收集')
      const opened = await house.click('王强', button(offer, '逐题填写'))
      await house.fillIn('王强', opened, { ...filled, ...values })
      await house.settle()
      return last('王强')!
    },
    async send(preview: Card): Promise<void> {
      await house.click('王强', button(preview, '发出'))
      await house.settle()
    },
    async answer(name: string, values: Values): Promise<void> {
      await house.fillIn(name, await house.click(name, button(last(name), '填写')), values)
      await house.settle()
    },
  }
}

describeEachDatabase('a collection under attack', (open, dialect) => {
  test('takes no sign in a file that a database refuses or that turns a name about', async () => {
    const house = await openHouse(open)
    const card = await house.read(
      '标题: "a\\0"',
      '题目:',
      '  - 问题: "甲\\u202Egpj.exe"',
      '    类型: 单行文字',
    )
    const said = JSON.stringify(card)
    expect(said).toContain('第 1 行')
    expect(said).toContain('第 3 行')
    expect(said).not.toContain('\\u0000')
    expect(said).not.toContain('\u202e')
    expect(house.errors).toEqual([])
  })

  if (dialect === 'postgres') return

  test('that is anonymous takes no new questions, and shows none that fewer than five answered', async () => {
    const house = await openHouse(open)
    const { button, store } = house
    const pages = [
      ...['页面:', '  - 题目:', '      - 问题: 岗位', '        类型: 单选', '        选项: [职工, 书记]'],
      ...['  - 条件: { 岗位: 书记 }', '    题目:', '      - 问题: 对班子满意吗', '        类型: 单选'],
      '        选项: [满意, 不满意]',
    ]
    const preview = await house.read('标题: 调查', ...anonymous, ...pages)
    expect(JSON.stringify(preview)).toContain('作答不足 5 人的题不显示结果')
    await house.send(preview)
    const [before] = await house.type('王强', 'SJ-2026-0001')
    const revise = await house.click('王强', button(before, '改题（传文件）'))
    expect(revise.form).toBeDefined()
    for (const name of ['张三', '陈晨', '褚工', '卫工']) await house.answer(name, { q1: '职工' })
    await expect(house.click('王强', button(before, '改题（传文件）'))).rejects.toThrow(
      'collections:refused.anonymous-answered',
    )
    await house.answer('何总', { q1: '书记', q2: '不满意' })
    await house.waitUntil('2026-03-06T10:00:00Z')
    const collection = await readCollection(store.db, 'SJ-2026-0001')
    const tally = await readTally(store.db, collection, { handles: true, language: 'zh-CN' })
    if (typeof tally === 'string') throw new Error(tally)
    expect(tally.questions).toMatchObject([
      { answered: 5 },
      { answered: 0, options: [], numbers: null, texts: [], isFew: true },
    ])
    const [ended] = await house.type('王强', 'SJ-2026-0001')
    const shown = await house.click('王强', button(ended, '看结果'))
    expect(JSON.stringify(shown.beside)).toContain('不足 5 人作答')
    expect(JSON.stringify(shown.beside)).not.toContain('不满意')
  })

  test('per unit is answered by the role that was asked, and nobody reads or replaces a colleague unseen', async () => {
    const house = await openHouse(open)
    const { button, last, store, people } = house
    await house.send(await house.make({ toRoles: ['liaison'] }))
    const there = { conversation: branchGroup, group: true }
    const inGroup = button(house.cardsIn(branchGroup)[0], '填写')
    await expect(house.click('张三', inGroup, there)).rejects.toThrow('collections:refused.by-role')
    await house.answer('李梅', { q1: '12' })

    await house.send(await house.make({}))
    await house.answer('李梅', { q1: '12' })
    // A colleague answers for the unit without reading what was promised to the handlers.
    const opened = await house.click('张三', button(last('张三'), '填写'))
    expect(opened.form?.fields.map(({ value }) => value ?? '')).toEqual([''])
    await house.fillIn('张三', opened, { q1: '77' })
    await house.settle()
    expect(JSON.stringify(last('李梅'))).toContain('张三已代本单位重新填写')
    const noted = store.db.selectFrom('collection_history').selectAll().where('what', '=', 'replaced')
    expect(await noted.execute()).toMatchObject([{ by: people.张三 }])
    expect(JSON.parse((await noted.executeTakeFirstOrThrow()).data)).toMatchObject({ former: people.李梅 })
  })

  test('is answered for a large unit in a few statements, and reminded of once in some hours', async () => {
    const house = await openHouse(open)
    const { store, people, time, last } = house
    await store.transaction(async (trx) => {
      const crowd = Array.from({ length: 400 }, (_, n) => `crowd${n}`)
      const [one] = await trx.selectFrom('person').selectAll().execute()
      const [held] = await trx
        .selectFrom('membership')
        .selectAll()
        .where('organisation', '=', people.branch!)
        .execute()
      await trx
        .insertInto('person')
        .values(crowd.map((id) => ({ ...one!, id, name: id })))
        .execute()
      await trx
        .insertInto('membership')
        .values(crowd.map((person) => ({ ...held!, id: `m ${person}`, person, role: 'staff' as const })))
        .execute()
    })
    await house.send(await house.make({ toKinds: ['members'] }))
    const collection = await readCollection(store.db, 'SJ-2026-0001')
    const { circulation } = house.campaigns.collections
    const counted = await store.transaction(async (trx) => {
      const { trx: watched, count } = countStatements(trx)
      const given = { person: people.张三!, version: 1, values: { q1: 3 }, now: time.now }
      await keepAnswer(watched, circulation, collection, given)
      return count()
    })
    expect(counted).toBeLessThan(40)
    const { all } = await circulation.figures(store.db, `collections:${collection.row.id}`)
    expect(all).toMatchObject({ answered: 410, sent: 0, unreachable: 0 })

    await house.send(await house.make({ toKinds: ['members'], per: 'person' }))
    const got = () => house.cardsOf('褚工').length
    const before = got()
    const [shown] = await house.type('王强', 'SJ-2026-0002')
    const remind = house.button(shown, '提醒未填的人')
    await house.click('王强', remind)
    await house.settle()
    expect(got()).toBe(before + 1)
    await expect(house.click('王强', remind)).rejects.toThrow('circulation:refused.reminded')
    time.now = new Date(time.now.getTime() + 4 * 3600_000)
    await house.click('王强', remind)
    await house.settle()
    expect(got()).toBe(before + 2)
    expect(last('褚工')).toBeDefined()

    // Whose role has ended reads no names any more.
    await store.transaction(async (trx) => {
      await trx.deleteFrom('membership').where('person', '=', people.王强!).execute()
    })
    await expect(house.click('王强', remind)).rejects.toThrow('collections:gone')
    const { id } = collection.row
    const missing = { action: 'collections.missing', value: { collection: id } }
    await expect(house.click('王强', missing)).rejects.toThrow('collections:gone')
  })
})
