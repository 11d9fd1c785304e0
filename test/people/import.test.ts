import { describe, expect, test } from 'vitest'
import { PlainError } from '../../src/messages/plain-error.ts'
import { readTable } from '../../src/people/import/read-table.ts'
import { peopleTemplate } from '../../src/people/import/template.ts'
import { type ImportReport, importPeople } from '../../src/people/import-people.ts'
import { createPerson } from '../../src/people/people.ts'
import { readRoster } from '../../src/people/roster.ts'
import { createSession, readSession } from '../../src/people/sessions.ts'
import type { Store } from '../../src/store/store.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { makeWorkbook } from './make-workbook.ts'

const now = new Date('2026-03-01T00:00:00Z')
const utf8 = (text: string) => new TextEncoder().encode(text)

const csv = [
  '姓名,单位,上级单位,单位类型,角色,起,止,平台账号',
  ',分公司一,华建集团,分公司,,,,',
  '张　三,分公司一,,,干部、联络员,2026-01-01,2026年12月31日,飞书:t1:on_1',
  ',华建集团,,集团,,,,',
  '李四,华建集团,,,领导,,,',
].join('\r\n')

/** A small roster in GB18030, as spreadsheets in China save CSV: 张 is D5C5, and so on. */
const gb18030 = Buffer.from(
  'd0d5c3fb2cb5a5cebb2cbdc7c9ab0d0a2cbbaabda8bcafcdc52c0d0ad5c5c8fd2cbbaabda8bcafcdc52cb8c9b2bf0d0a',
  'hex',
)

const outcomes = ({ rows }: ImportReport) =>
  rows.map(({ line, outcome, reason }) => `${line} ${outcome}${reason ? ` ${reason.key}` : ''}`)

async function rosterOf(store: Store): Promise<string[]> {
  const { organisations } = await readRoster(store.db, '2026-03-01')
  return organisations.map(
    ({ path, kind, members }) =>
      `${path} ${kind}: ${members.map(({ name, roles, platforms }) => [name, ...roles.toSorted(), ...platforms].join(' ')).join(', ')}`,
  )
}

const expectedRoster = ['华建集团 group: 李四 leader', '华建集团/分公司一 branch: 张三 cadre liaison feishu']

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof PlainError) return error.key
    throw error
  }
}

describeEachDatabase('an import', (open) => {
  test('takes a CSV file, and nothing more of it a second time', async () => {
    const { store } = await open()
    const added = await importPeople(store, utf8(csv), now)
    expect(outcomes(added)).toEqual(['2 added', '3 added', '4 added', '5 added'])
    expect(await rosterOf(store)).toEqual(expectedRoster)
    const again = await importPeople(store, utf8(`\ufeff${csv}`), now)
    expect(outcomes(again)).toEqual(['2 unchanged', '3 unchanged', '4 unchanged', '5 unchanged'])
    expect(await rosterOf(store)).toEqual(expectedRoster)
  })

  test('signs out whom it gives a role, and names them; not who administers the organisation already', async () => {
    const { store } = await open()
    const heading = '姓名,单位,角色'
    const first = [heading, '王主任,华建集团,管理员', '李梅,华建集团,职工', '赵强,华建集团,职工'].join('\r\n')
    await importPeople(store, utf8(`姓名,单位,单位类型\r\n,华建集团,集团`), now)
    await importPeople(store, utf8(first), now)
    const tokens = await store.transaction(async (trx) => {
      const rows = await trx.selectFrom('person').select(['id', 'name']).execute()
      const signIn = async (name: string) => {
        const { id } = rows.find((row) => row.name === name)!
        return (await createSession(trx, { person: id, account: null, validFor: 60_000, now })).token
      }
      return { wang: await signIn('王主任'), li: await signIn('李梅') }
    })
    const second = [heading, '王主任,华建集团,干部', '李梅,华建集团,干部', '赵强,华建集团,干部'].join('\r\n')
    expect((await importPeople(store, utf8(second), now)).signedOut).toEqual(['李梅'])
    expect(await readSession(store.db, tokens.wang, now)).not.toBeNull()
    expect(await readSession(store.db, tokens.li, now)).toBeNull()
    // Cases of somebody's rights are closed to administrators: there it is more.
    const rights = [heading, '王主任,华建集团,维权专员'].join('\r\n')
    const last = await importPeople(store, utf8(rights), now)
    expect([outcomes(last), last.signedOut]).toEqual([['2 added'], ['王主任']])
  })

  test('takes a workbook with a title above, dates as dates or as text, in English', async () => {
    const { store } = await open()
    const workbook = makeWorkbook([
      ['Members 2026'],
      ['Name', 'Organisation', 'Parent', 'Kind', 'Role', 'From', 'Until', 'Account', 'Shoe size'],
      [
        '张三',
        '分公司一',
        null,
        null,
        'cadre, liaison',
        { day: '2026-01-01' },
        '2026/12/31',
        'feishu:t1:on_1',
        43,
      ],
      [null, '华建集团', null, 'Group'],
      ['李四', '华建集团', null, null, 'Leader', 46_082],
      [],
      [null, '分公司一', '华建集团', 'branch'],
    ])
    const report = await importPeople(store, workbook, now)
    expect(report.ignored).toEqual(['Shoe size'])
    expect(outcomes(report)).toEqual(['3 added', '4 added', '5 added', '7 added'])
    expect(await rosterOf(store)).toEqual(expectedRoster)
    const days = await store.db
      .selectFrom('membership')
      .select(['role', 'from_day', 'until_day'])
      .orderBy('role')
      .execute()
    expect(days).toEqual([
      { role: 'cadre', from_day: '2026-01-01', until_day: '2026-12-31' },
      { role: 'leader', from_day: '2026-03-01', until_day: null },
      { role: 'liaison', from_day: '2026-01-01', until_day: '2026-12-31' },
    ])
    // The same content as the CSV file, but for the leader's first day.
    expect(outcomes(await importPeople(store, utf8(csv), now))).toEqual(
      [2, 3, 4, 5].map((n) => `${n} unchanged`),
    )
  })

  test('broken rows are reported with their reason and stop no other', async () => {
    const { store } = await open()
    const rows = [
      '姓名,单位,上级单位,单位类型,角色,起,止,平台账号',
      ',华建集团,,集团,,,,',
      '张三,华建集团,,,厂长,,,',
      '张三,,,,干部,,,',
      '张三,华建集团,,,干部,2026-02-30,,',
      '张三,华建集团,,,干部,2026-03-02,2026-03-01,',
      '张三,华建集团,,,干部,,,微信:a:b',
      ',甲,乙,,,,,',
      ',乙,甲,,,,,',
      ',丙,华建集团,工厂,,,,',
      ',华建集团,,,干部,,,',
      '李四,华建集团,,,干部,,,',
    ]
    expect(outcomes(await importPeople(store, utf8(rows.join('\n')), now))).toEqual([
      '2 added',
      '3 refused people:import.unknown-role',
      '4 refused people:import.no-organisation',
      '5 refused knowledge:library.effective-invalid',
      '6 refused people:membership.days',
      '7 refused people:import.account-invalid',
      '8 refused people:import.cycle',
      '9 refused people:import.cycle',
      '10 refused people:import.unknown-kind',
      '11 refused people:import.no-person',
      '12 added',
    ])
    expect(await rosterOf(store)).toEqual(['华建集团 group: 李四 cadre'])
  })

  test('a thousand rows, twice at once, while others write', async () => {
    const { store } = await open()
    const rows = Array.from(
      { length: 1000 },
      (_, n) => `员工${n},班组${n % 40},华建集团,班组,员工,,,slack:T1:U${n}`,
    )
    const file = utf8(
      ['姓名,单位,上级单位,单位类型,角色,起,止,平台账号', ',华建集团,,集团', ...rows].join('\n'),
    )
    const others = Array.from({ length: 20 }, (_, n) =>
      store.transaction((trx) => createPerson(trx, { name: `旁人${n}` })),
    )
    const reports = await Promise.all([
      importPeople(store, file, now),
      importPeople(store, file, now),
      ...others.map((other) => other.then(() => null)),
    ])
    const counts = reports
      .filter((report) => report !== null)
      .map(({ rows }) => Object.entries(Object.groupBy(rows, ({ outcome }) => outcome)))
      .map((groups) => groups.map(([outcome, group]) => `${outcome} ${group.length}`).join())
    expect(counts.sort()).toEqual(['added 1001', 'unchanged 1001'])
    const { people } = await store.db
      .selectFrom('person')
      .select(({ fn }) => fn.countAll<number | string>().as('people'))
      .executeTakeFirstOrThrow()
    expect(Number(people)).toBe(1020)
    expect((await rosterOf(store)).length).toBe(41)
  })
})

describe('a table', () => {
  const cellsOf = async (bytes: Uint8Array) => (await readTable(bytes)).map(({ cells }) => cells)

  test('is read from UTF-8 with and without a mark, GB18030 and UTF-16', async () => {
    const rows = [
      ['姓名', '单位', '角色'],
      ['', '华建集团', ''],
      ['张三', '华建集团', '干部'],
    ]
    const text = rows.map((row) => `${row.join(',')}\r\n`).join('')
    expect(await cellsOf(utf8(text))).toEqual(rows)
    expect(await cellsOf(utf8(`\ufeff${text}`))).toEqual(rows)
    expect(await cellsOf(new Uint8Array(gb18030))).toEqual(rows)
    const utf16 = Buffer.from(`\ufeff${text.replaceAll(',', '\t')}`, 'utf16le')
    expect(await cellsOf(new Uint8Array(utf16))).toEqual(rows)
  })

  test('keeps the numbers of lines, also around empty ones, and commas within quotes', async () => {
    const rows = await readTable(utf8('姓名,单位\n\n"张三","甲,乙"\n,,\n李四,丙'))
    expect(rows).toEqual([
      { line: 1, cells: ['姓名', '单位'] },
      { line: 3, cells: ['张三', '甲,乙'] },
      { line: 5, cells: ['李四', '丙'] },
    ])
  })

  test.each([
    [
      'bytes of a picture',
      Buffer.from('89504e470d0a1a0a0000000d494844520000', 'hex'),
      'people:import.unreadable',
    ],
    ['a broken workbook', Buffer.from('PK\x03\x04 and no more'), 'people:import.unreadable'],
    ['a file without end', new Uint8Array(11 * 1024 * 1024), 'people:import.too-large'],
    ['too many rows', utf8('甲,乙\n'.repeat(20_001)), 'people:import.too-large'],
  ])('%s: refused plainly', async (_, bytes, key) => {
    expect(await refusal(readTable(new Uint8Array(bytes)))).toBe(key)
  })
})

describeEachDatabase('a file that is no roster', (open) => {
  test.each([
    ['甲,乙\n丙,丁\n', 'people:import.no-heading'],
    ['单位,姓名,单位\n', 'people:import.heading-twice'],
    ['', 'people:import.no-heading'],
  ])('%j', async (text, key) => {
    const { store } = await open()
    expect(await refusal(importPeople(store, utf8(text), now))).toBe(key)
  })

  test('the template can be imported as it is', async () => {
    const { store } = await open()
    const { rows, ignored } = await importPeople(store, utf8(peopleTemplate()), now)
    expect(ignored).toEqual([])
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual(rows.map(() => ['added', null]))
  })
})
