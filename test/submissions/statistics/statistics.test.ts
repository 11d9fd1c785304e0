import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  readStatistics,
  type StatisticsRequest,
} from '../../../src/features/submissions/statistics/statistics.ts'
import { statisticsWorkbook } from '../../../src/features/submissions/statistics/statistics-workbook.ts'
import { addMembership } from '../../../src/people/memberships.ts'
import { createPerson } from '../../../src/people/people.ts'
import { cardToText } from '../../../src/platforms/text/render-card.ts'
import { readRows } from '../../../src/spreadsheets/read-rows.ts'
import { describeEachDatabase } from '../../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from '../submissions-house.ts'

const rules = { newcomersAfter: 3, heads: ['staff'] as const }

function read(house: SubmissionsHouse, given: Partial<StatisticsRequest> = {}) {
  const usual = { asker: 'house', organisation: null, period: null, kind: null, step: 'month' } as const
  return readStatistics(house.context, rules, { ...usual, ...given })
}

interface Made {
  organisation: string | null
  at: string
  sealed?: boolean
  states?: string[]
  author?: string | null
  benefit?: number | null
  expected?: number
}

/** Records as they would lie there after a while, made by copying one that was sent in. */
async function copies(house: SubmissionsHouse, made: readonly Made[]): Promise<void> {
  const [model] = await house.rows()
  await house.store.transaction(async (trx) => {
    for (const {
      organisation,
      at,
      sealed = false,
      states = [],
      author = null,
      benefit = null,
      expected,
    } of made) {
      const id = randomUUID()
      await trx
        .insertInto('submission')
        .values({
          ...model!,
          ...{ id, number: id, organisation, lies_with: organisation, submitted_at: at, benefit },
          author: sealed ? null : author,
          author_account: null,
          expected: sealed ? null : (expected ?? null),
          ...(sealed ? { sealed: 1, naming: 'hidden', author_sealed: 'x', content: 'x', subject: 'x' } : {}),
          ...(sealed
            ? {}
            : { content: JSON.stringify({ ...proposal, ...(expected === undefined ? {} : { expected }) }) }),
        })
        .execute()
      for (const [i, state] of states.entries()) {
        const entry = {
          submission: id,
          revision: i + 1,
          action: 'x',
          from_state: '',
          by: null,
          part: 'handler',
        }
        await trx
          .insertInto('submission_history')
          .values({ ...entry, to_state: state, input: '{}', at })
          .execute()
      }
    }
  })
}

describeEachDatabase('statistics', (open) => {
  test('count what was sent in and what became of it, of what they say they count', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const { branch, workshop, 陈晨, 孙工 } = house.people
    const states = Object.entries(house.kinds.current('proposal').states)
    const completed = states.find(([, { counts }]) => counts.includes('completed'))![0]
    await copies(house, [
      {
        organisation: branch!,
        at: '2026-01-05T01:00:00.000Z',
        states: ['rollout', completed],
        author: 陈晨!,
        benefit: 1000.5,
        expected: 2000,
      },
      { organisation: branch!, at: '2026-01-31T16:30:00.000Z', states: ['declined'], author: 陈晨! },
      {
        organisation: workshop!,
        at: '2026-02-01T01:00:00.000Z',
        states: ['trial'],
        author: 孙工!,
        expected: 0.1,
      },
      { organisation: workshop!, at: '2025-12-31T15:59:00.000Z', states: ['rollout'] },
    ])
    const found = await read(house, { organisation: '一分公司' })
    expect(found.organisation).toBe('华北重工/一分公司')
    expect(found.total).toMatchObject({
      ...{ number: 4, adopted: 2, decided: 3, declined: 1, completed: 1, expected: 2000.1, benefit: 1000.5 },
      // 张三, 陈晨, 褚工, 卫工 and, in the workshop, 孙工.
      ...{ heads: 5, participants: 3, perHead: 0.8, participation: 0.6, adoption: 2 / 3, completion: 0.5 },
    })
    expect(found.byOrganisation.map(({ name, what, figures }) => [name, what, figures.number])).toEqual([
      ['铸造车间', 'organisation', 1],
      ['一分公司', 'own', 3],
    ])
    // 16:30 in UTC on the last of January is February in China.
    expect(found.byTime.slice(0, 3).map(({ name, figures }) => [name, figures.number])).toEqual([
      ['2026-01', 1],
      ['2026-02', 2],
      ['2026-03', 1],
    ])
    await house.stop()
  })

  test('heads are those at the end of the time: neither newcomers nor those who have left', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    await house.store.transaction(async (trx) => {
      const days = [
        { from: '2026-01-15' },
        { from: '2025-12-02' },
        { from: '2025-01-01', until: '2026-02-01' },
      ]
      for (const [i, one] of days.entries()) {
        const { id: person } = await createPerson(trx, { name: `新人${i}` })
        await addMembership(trx, { person, organisation: house.people.other!, role: 'staff', ...one })
      }
    })
    const heads = async (period: string) =>
      (await read(house, { organisation: '二分公司', period })).total.heads
    // 外人 is there since ever.
    expect(await heads('2026-01')).toBe(2)
    expect(await heads('2026-03')).toBe(2)
    expect(await heads('2024')).toBe(1)
    await house.stop()
  })

  test('of sealed records only counts are told, and none from which a small one could be worked out', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const { branch, other } = house.people
    const sealed = (organisation: string, count: number) =>
      Array.from({ length: count }, () => ({
        organisation,
        at: '2026-01-05T01:00:00.000Z',
        sealed: true,
        benefit: 5,
      }))
    await copies(house, [...sealed(branch!, 6), ...sealed(other!, 2)])
    const whole = await read(house)
    expect(whole.total).toMatchObject({ number: 9, withheld: false, benefit: 0, participants: 1 })
    expect(whole.byOrganisation.map(({ name, figures }) => [name, figures.number, figures.withheld])).toEqual(
      [
        ['一分公司', 1, true],
        ['二分公司', 0, true],
        ['华北重工', 0, true],
      ],
    )
    // Asked for by itself it is not told either, nor for some days of the month.
    const asker = { person: house.people.王强! }
    expect((await read(house, { asker })).total).toMatchObject({ number: 1, withheld: true })
    expect((await read(house, { period: '2026-01-02/2026-01-09' })).total).toMatchObject({
      number: 0,
      withheld: true,
    })
    await house.stop()
  })

  test('go only so far as somebody sees', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const as = (name: string, organisation: string | null = null) =>
      read(house, { asker: { person: house.people[name]! }, organisation })
    expect((await as('王强')).organisation).toBe('华北重工/一分公司')
    expect((await as('吴主席')).organisation).toBe('华北重工')
    await expect(as('王强', '二分公司')).rejects.toThrow('submissions:statistics.not-allowed')
    await expect(as('张三')).rejects.toThrow('submissions:statistics.not-allowed')
    await expect(read(house, { asker: { person: null } })).rejects.toThrow(
      'submissions:statistics.not-allowed',
    )
    await expect(read(house, { period: '2026-13' })).rejects.toThrow('submissions:statistics.no-period')
    await house.stop()
  })

  test('parts add up to the whole, and no share is of nothing', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const { group, branch, workshop, other } = house.people
    const one = fc.record({
      organisation: fc.constantFrom(group, branch!, workshop!, other!, null),
      at: fc.constantFrom(
        '2026-01-31T15:59:59.000Z',
        '2026-01-31T16:00:00.000Z',
        '2026-05-01T00:00:00.000Z',
        '2025-06-01T00:00:00.000Z',
      ),
      sealed: fc.boolean(),
      states: fc.subarray(['accepted', 'rollout', 'publishing', 'declined']),
      benefit: fc.option(fc.integer({ min: 0, max: 10_000_000 }).map((fen) => fen / 100)),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 12 }), async (made) => {
        await copies(house, made)
        for (const organisation of [null, '一分公司']) {
          const { total, byOrganisation, byTime } = await read(house, { organisation, period: '2026' })
          const figures = [
            total,
            ...byOrganisation.map((row) => row.figures),
            ...byTime.map((row) => row.figures),
          ]
          for (const { perHead, participation, adoption, completion } of figures) {
            for (const share of [perHead, participation, adoption, completion]) {
              expect(share === null || (Number.isFinite(share) && share >= 0)).toBe(true)
            }
            for (const share of [participation]) expect(share ?? 0).toBeLessThanOrEqual(1)
          }
          for (const rows of [byOrganisation, byTime]) {
            if (rows.length === 0) continue
            for (const key of ['decided', 'adopted', 'completed'] as const) {
              expect(rows.reduce((sum, row) => sum + row.figures[key], 0)).toBe(total[key])
            }
            expect(rows.reduce((sum, row) => sum + row.figures.benefit, 0)).toBeCloseTo(total.benefit, 2)
            const sum = rows.reduce((all, row) => all + row.figures.number, 0)
            if (rows.some((row) => row.figures.withheld)) expect(sum).toBeLessThanOrEqual(total.number)
            else expect(sum).toBe(total.number)
          }
        }
      }),
      { numRuns: 8 },
    )
    await house.stop()
  })

  test('are shown in chat as table and chart, with what they are shares of, to those who may see them', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const [card] = await house.type('王强', '统计 2026-Q1')
    expect(card!.title).toBe('华北重工/一分公司 · 2026年第1季度统计')
    const text = cardToText(card!, { buttons: 'none' })
    expect(text).toContain('2026-03 ▇▇▇▇▇▇▇▇▇▇▇▇ 1')
    expect(text).toContain('采纳率：采纳 0 件 ÷')
    const [refused] = await house.type('张三', '统计')
    expect(cardToText(refused!, { buttons: 'none' })).toBe('您没有查看这些统计的权限。')
    const [of] = await house.type('吴主席', '统计 二分公司 2026年')
    expect(of!.title).toBe('华北重工/二分公司 · 2026年统计')
    const [exported] = await house.type('王强', '导出台账')
    expect(exported!.blocks.at(-1)).toMatchObject({ type: 'link', url: 'http://bot.example/console/ledgers' })
    const [refusedToo] = await house.type('张三', '导出')
    expect(cardToText(refusedToo!, { buttons: 'none' })).toBe('您没有导出台账的权限。')
    await house.stop()
  })

  test('are a workbook whose figures are numbers', async () => {
    const house = await openSubmissionsHouse(open)
    await house.sendIn('张三')
    const pieces: Uint8Array[] = []
    for await (const piece of statisticsWorkbook(await read(house, { period: '2026' }), 'zh-CN'))
      pieces.push(piece)
    const rows = []
    for await (const { cells } of readRows(Buffer.concat(pieces))) rows.push(cells)
    expect(rows[1]).toContain('采纳率 %')
    expect(rows[2]!.slice(0, 4)).toEqual(['合计', 1, 0.17, 16.67])
    await house.stop()
  })
})
