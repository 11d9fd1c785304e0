import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportRow } from '../../src/people/import/parse-row.ts'
import { type House, planImport, type RowReport } from '../../src/people/import/plan-import.ts'

function emptyHouse(): House {
  return { organisations: new Map(), people: new Map(), accounts: new Map(), memberships: [] }
}

function row(line: number, said: Partial<ImportRow>): ImportRow {
  return {
    line,
    organisation: '集团',
    parent: '',
    kind: null,
    person: '',
    roles: [],
    from: null,
    until: null,
    accounts: [],
    superior: '',
    ...said,
  }
}

/** What an import left behind, by names instead of ids. */
function describeHouse(house: House) {
  const path = new Map([...house.organisations.values()].map((one) => [one.id, one.path]))
  const accounts = Map.groupBy(house.accounts.values(), ({ person }) => person)
  const name = (id: string) =>
    [house.people.get(id)!.name, ...(accounts.get(id) ?? []).map(({ user }) => user).sort()].join(' ')
  return {
    organisations: [...house.organisations.values()].map((one) => `${one.path} ${one.kind}`).sort(),
    people: [...house.people.keys()].map(name).sort(),
    memberships: house.memberships
      .map(({ person, organisation, role, superior, from, until }) =>
        [name(person), path.get(organisation), role, superior && name(superior), from, until].join('|'),
      )
      .sort(),
  }
}

/** The next import of the same house: all that was written is now what was there. */
function settle(house: House): House {
  const everything = [house.organisations, house.people, house.accounts].flatMap((map) => [...map.values()])
  for (const one of [...everything, ...house.memberships]) one.mark = 'kept'
  return house
}

const wasWritten = (house: House) =>
  [
    ...house.organisations.values(),
    ...house.people.values(),
    ...house.accounts.values(),
    ...house.memberships,
  ].filter(({ mark }) => mark !== 'kept')

const outcomes = (reports: readonly RowReport[]) =>
  reports.map(({ outcome, reason }) => (reason ? `${outcome} ${reason.key}` : outcome))

// Few names, so that rows meet, contradict each other and stand in circles.
const organisation = fc.constantFrom('甲', '乙', '丙', '丁', '甲/乙')
const day = fc.constantFrom(null, '2026-01-01', '2026-06-30')
const account = fc
  .constantFrom('u1', 'u2', 'u3')
  .map((user) => ({ platform: 'feishu', installation: 't', user }))
const anyRow: fc.Arbitrary<Partial<ImportRow>> = fc
  .record({
    organisation,
    parent: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, organisation),
    kind: fc.constantFrom(null, null, 'enterprise' as const, 'branch' as const),
    person: fc.constantFrom('', '张三', '张三', '李四'),
    roles: fc.subarray(['cadre', 'liaison'] as const, { maxLength: 2 }),
    from: day,
    until: fc.constantFrom(null, '2026-03-31', '2026-12-31', '2027-12-31'),
    accounts: fc.array(account, { maxLength: 1 }),
    superior: fc.constantFrom('', '', '李四'),
  })
  // Refused before, by the row alone.
  .filter((one) => one.parent === '' || !one.organisation.includes('/'))
  .filter(({ from, until }) => from === null || until === null || from <= until)
  .map((one) =>
    one.person === '' ? { organisation: one.organisation, parent: one.parent, kind: one.kind } : one,
  )
const file = fc.array(anyRow, { minLength: 1, maxLength: 10 })
const numbered = (rows: readonly Partial<ImportRow>[]) => rows.map((one, i) => row(i + 2, one))

describe('whatever the rows say', () => {
  test('the same file again changes nothing', () => {
    fc.assert(
      fc.property(file, (rows) => {
        const house = emptyHouse()
        planImport(house, numbered(rows))
        const before = describeHouse(house)
        const again = planImport(settle(house), numbered(rows))
        expect(again.filter(({ outcome }) => outcome === 'added' || outcome === 'changed')).toEqual([])
        expect(wasWritten(house)).toEqual([])
        expect(describeHouse(house)).toEqual(before)
      }),
      { numRuns: 2000 },
    )
  })

  test('their order does not matter', () => {
    const shuffled = file.chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        other: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ rows, other }) => {
        const [one, two] = [emptyHouse(), emptyHouse()]
        const first = outcomes(planImport(one, numbered(rows)))
        const second = outcomes(planImport(two, numbered(other)))
        expect(describeHouse(two)).toEqual(describeHouse(one))
        // Of two rows that contradict each other each names the other's line, so lines are left out.
        expect(second.toSorted()).toEqual(first.toSorted())
      }),
      { numRuns: 2000 },
    )
  })

  test('the organisations are a tree, and every refused row says why', () => {
    fc.assert(
      fc.property(file, (rows) => {
        const house = emptyHouse()
        for (const { outcome, reason } of planImport(house, numbered(rows))) {
          if (outcome === 'refused') expect(reason).not.toBeNull()
        }
        for (const one of house.organisations.values()) {
          const names = one.path.split('/')
          expect(new Set(names).size).toBe(names.length)
          const above = house.organisations.get(names.slice(0, -1).join('/'))
          expect(one.parent).toBe(above?.id ?? null)
        }
      }),
    )
  })
})

describe('rows', () => {
  const report = (...rows: Partial<ImportRow>[]) => outcomes(planImport(emptyHouse(), numbered(rows)))

  test('a child may stand before its parent, whose row may stand before its own parent', () => {
    const house = emptyHouse()
    const rows = [
      { organisation: '一车间', parent: '分公司', person: '张三', roles: ['liaison' as const] },
      { organisation: '分公司', parent: '集团' },
      { organisation: '集团', kind: 'group' as const },
    ]
    expect(outcomes(planImport(house, numbered(rows)))).toEqual(['added', 'added', 'added'])
    expect(describeHouse(house)).toEqual({
      organisations: ['集团 group', '集团/分公司 branch', '集团/分公司/一车间 branch'].sort(),
      people: ['张三'],
      memberships: ['张三|集团/分公司/一车间|liaison|||'],
    })
  })

  test('a circle is refused, row by row, and the rest is taken', () => {
    expect(
      report(
        { organisation: '甲', parent: '乙' },
        { organisation: '乙', parent: '甲' },
        { organisation: '丙', parent: '丙' },
        { organisation: '丁', kind: 'group' },
      ),
    ).toEqual([
      'refused people:import.cycle',
      'refused people:import.cycle',
      'refused people:import.cycle',
      'added',
    ])
  })

  test('an organisation that is neither known nor declared is refused', () => {
    expect(
      report({ organisation: '分公式', person: '张三' }, { organisation: '一车间', parent: '集团' }),
    ).toEqual(['refused people:import.unknown-organisation', 'refused people:import.unknown-parent'])
  })

  test('two organisations of one name are told apart by their path', () => {
    const offices = [
      { organisation: '集团' },
      { organisation: '东区', parent: '集团' },
      { organisation: '西区', parent: '集团' },
      { organisation: '办公室', parent: '东区' },
      { organisation: '办公室', parent: '西区' },
    ]
    expect(
      report(
        ...offices,
        { organisation: '办公室', person: '张三' },
        { organisation: '集团/东区/办公室', person: '张三' },
        { organisation: '西区/办公室', person: '李四' },
      ).slice(5),
    ).toEqual(['refused people:import.ambiguous', 'added', 'added'])
  })

  test('two of the same name in one organisation are told apart by their accounts', () => {
    const house = emptyHouse()
    const feishu = (user: string) => [{ platform: 'feishu', installation: 't', user }]
    const rows = [
      { organisation: '集团', kind: 'group' as const },
      { person: '张三', accounts: feishu('u1'), roles: ['cadre' as const] },
      { person: '张三', accounts: feishu('u2') },
      { person: '张三', roles: ['liaison' as const] },
      { person: '李四', accounts: feishu('u1') },
    ]
    expect(outcomes(planImport(house, numbered(rows)))).toEqual([
      'added',
      'added',
      'added',
      'refused people:import.person-ambiguous',
      'refused people:import.account-of-other',
    ])
    expect(describeHouse(house).people).toEqual(['张三 u1', '张三 u2'])
  })

  test('a later file ends a membership and begins another; what it leaves empty stays', () => {
    const house = emptyHouse()
    const group = { organisation: '集团', kind: 'group' as const }
    const cadre = { person: '张三', roles: ['cadre' as const], from: '2024-01-01' }
    planImport(house, numbered([group, cadre]))
    const later = [
      { ...cadre, until: '2025-12-31' },
      { ...cadre, from: '2026-07-01' },
    ]
    expect(outcomes(planImport(settle(house), numbered(later)))).toEqual(['changed', 'added'])
    const nothing = { person: '张三' }
    expect(outcomes(planImport(settle(house), numbered([nothing])))).toEqual(['unchanged'])
    expect(describeHouse(house).memberships).toEqual([
      '张三|集团|cadre||2024-01-01|2025-12-31',
      '张三|集团|cadre||2026-07-01|',
    ])
  })

  test('rows that contradict each other are not both taken', () => {
    const group = { organisation: '集团', kind: 'group' as const }
    const until = (day: string) => ({ person: '张三', roles: ['cadre' as const], until: day })
    expect(report(group, until('2026-06-30'), until('2026-12-31'))).toEqual([
      'added',
      'added',
      'refused people:import.contradicts',
    ])
    expect(report(group, { ...group, kind: 'park' })).toEqual([
      'refused people:import.kinds-differ',
      'refused people:import.kinds-differ',
    ])
  })

  test('a superior is found in any row of the organisation or above, and one who is not found is said', () => {
    const house = emptyHouse()
    const rows = [
      { organisation: '分公司', parent: '集团', person: '张三', superior: '李四' },
      { organisation: '分公司', person: '王五', superior: '赵六' },
      { organisation: '集团', kind: 'group' as const, person: '李四', roles: ['leader' as const] },
    ]
    expect(outcomes(planImport(house, numbered(rows)))).toEqual([
      'added',
      'added people:import.superior-unclear',
      'added',
    ])
    expect(describeHouse(house).memberships).toContain('张三|集团/分公司|staff|李四||')
  })
})
