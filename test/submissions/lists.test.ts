import { afterEach, expect, test } from 'vitest'
import { type ListFilters, listSubmissions } from '../../src/features/submissions/list-submissions.ts'
import { readSubmission } from '../../src/features/submissions/records.ts'
import { partOf } from '../../src/features/submissions/relations.ts'
import type { Asker } from '../../src/features/submissions/visible.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

const today = '2026-03-02'
const heat = {
  ...proposal,
  variety: 'small-innovation',
  title: '空压机余热供浴室热水',
  defect: '空压机余热直接排到室外，浴室另烧天然气。',
  method: '加装余热回收机组，把热水送到浴室水箱。',
  effect: '每年少用天然气三万立方米。',
}

describeEachDatabase('lists of what was sent in', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const as = (name: string): Asker => ({ person: house.people[name]! })
  async function listed(asker: Asker, filters: ListFilters = {}, size = 100): Promise<string[]> {
    const numbers: string[] = []
    let after: string | null = null
    do {
      const page = { size, ...(after === null ? {} : { after }) }
      const list = await listSubmissions(house.store.db, house.context, asker, filters, page)
      expect(list.submissions.length).toBeLessThanOrEqual(size)
      numbers.push(...list.submissions.map(({ row }) => row.number))
      after = list.next
    } while (after !== null)
    return numbers
  }

  test('hold what somebody has a part in, and nothing else', async () => {
    house = await openSubmissionsHouse(open)
    for (const author of ['张三', '孙工', '外人', '李梅']) await house.sendIn(author)
    const second = (await house.rows())[1]!
    await house.act('李梅', second.number, 'accept')
    await house.act('李梅', second.number, 'send-to-review', {
      opinion: '可行，送评审。',
      reviewers: '赵工、钱工、冯工',
    })
    const rows = await house.rows()
    const names = Object.keys(house.people).filter((name) => /[\u4e00-\u9fff]/.test(name))
    expect(names.length).toBeGreaterThan(8)
    for (const name of names) {
      const person = house.people[name]!
      const theirs: string[] = []
      for (const { id, number } of rows) {
        const submission = await readSubmission(house.store.db, house.context, id)
        const part = await partOf(house.store.db, submission, person, today)
        if (part.as.length > 0) theirs.push(number)
      }
      expect([name, (await listed({ person })).toSorted()]).toEqual([name, theirs])
    }
    expect(await listed({ person: null })).toEqual([])
    expect(await listed('house')).toHaveLength(4)
  })

  test('come in pages that join, however many fall on one moment', async () => {
    house = await openSubmissionsHouse(open)
    for (let i = 0; i < 5; i += 1) {
      if (i === 3) house.time.now = new Date('2026-03-03T01:00:00Z')
      await house.sendIn('张三')
    }
    const all = await listed('house')
    expect(all).toHaveLength(5)
    expect(new Set(all.slice(0, 2))).toEqual(new Set(['JY-2026-0004', 'JY-2026-0005']))
    for (const size of [1, 2, 3]) {
      expect(await listed('house', {}, size)).toEqual(all)
      expect(await listed(as('王强'), { text: '夹具' }, size)).toEqual(all.toSorted().toReversed())
    }
    for (const text of ['', '夹具']) {
      const forged = listSubmissions(
        house.store.db,
        house.context,
        'house',
        { text },
        { size: 2, after: "1' or" },
      )
      await expect(forged).rejects.toThrow('submissions:list.no-page')
    }
  })

  test('are narrowed by kind, state, day, organisation, handler, what is overdue and words', async () => {
    house = await openSubmissionsHouse(open)
    const first = (await house.sendIn('张三')).number
    const second = (await house.sendIn('孙工', heat)).number
    house.time.now = new Date('2026-03-04T01:00:00Z')
    const third = (await house.sendIn('外人')).number
    await house.act('李梅', first, 'accept')
    const of = async (filters: ListFilters) => (await listed('house', filters)).toSorted()
    expect(await of({ kind: 'proposal' })).toEqual([first, second, third])
    expect(await of({ kind: 'nothing' })).toEqual([])
    expect(await of({ states: ['registered'] })).toEqual([second, third])
    expect(await of({ states: ['registered', 'accepted'] })).toEqual([first, second, third])
    expect(await of({ states: [] })).toEqual([])
    expect(await of({ variety: 'small-innovation' })).toEqual([second])
    expect(await of({ organisation: house.people.branch! })).toEqual([first, second])
    expect(await of({ organisation: house.people.workshop! })).toEqual([second])
    expect(await of({ from: '2026-03-03' })).toEqual([third])
    expect(await of({ from: '2026-03-02', until: '2026-03-03' })).toEqual([first, second])
    expect(await of({ text: '余热 天然气' })).toEqual([second])
    expect(await of({ text: '张三' })).toEqual([first])
    expect(await of({ text: ' jy 2026 2' })).toEqual([second])
    expect(await of({ text: '？！' })).toEqual([])
    expect(await of({ overdue: true })).toEqual([])
    house.time.now = new Date('2026-03-13T01:00:00Z')
    expect(await of({ overdue: true })).toEqual([second, third])
  })
})
