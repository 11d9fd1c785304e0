import { expect, test } from 'vitest'
import type { ImportRequest } from '../../../src/features/submissions/ledger/import/import-ledger.ts'
import { importLedger } from '../../../src/features/submissions/ledger/import/import-ledger.ts'
import { noMapping, readMapping } from '../../../src/features/submissions/ledger/import/mapping.ts'
import { replay } from '../../../src/features/submissions/life/life.ts'
import type { Cell } from '../../../src/spreadsheets/cell.ts'
import { writeWorkbook } from '../../../src/spreadsheets/write-workbook.ts'
import { describeEachDatabase } from '../../store/each-database.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from '../submissions-house.ts'

async function bookOf(...rows: Cell[][]): Promise<Buffer> {
  async function* each() {
    yield* rows
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook([{ name: '台账', rows: each() }])) pieces.push(piece)
  return Buffer.concat(pieces)
}

const heading = [
  '编号',
  '建议名称',
  '提案人',
  '部门',
  '日期',
  '采纳情况',
  '存在问题',
  '建议内容',
  '经济效益（万元）',
]

async function take(house: SubmissionsHouse, bytes: Uint8Array, given: Partial<ImportRequest> = {}) {
  const usual = {
    kind: 'proposal',
    asker: 'house',
    mapping: noMapping,
    organisation: null,
    day: null,
  } as const
  return importLedger(house.context, bytes, {
    ...usual,
    state: null,
    dryRun: false,
    language: 'zh-CN',
    ...given,
  })
}

const reasons = ({ rows }: Awaited<ReturnType<typeof take>>) =>
  rows.map(({ line, outcome, cell, reason }) =>
    reason ? `${line} ${cell} ${reason.key.split('.').at(-1)}` : `${line} ${outcome}`,
  )

describeEachDatabase('an old ledger', (open) => {
  test('becomes records in their states, with history, and nobody is told', async () => {
    const house = await openSubmissionsHouse(open)
    const report = await take(
      house,
      await bookOf(
        ['某公司合理化建议台账'],
        heading,
        ['A-1', '快换夹具', '张三、陈晨', '一分公司', { day: '2024-03-05' }, '已实施', '太慢', '快换', 1.2],
        ['A-2', '照明改造', '赵六', '铸造车间', '2024年3月6日', '未采纳', '', '', ''],
        ['A-3', '废料回收', '孙工', '华北重工/一分公司', '2024.3.7', '', '', '', '12,000元'],
        ['A-4', '油泵', '张三', '一分公司', 45_359, '采纳', '', '', ''],
      ),
    )
    expect(reasons(report)).toEqual(['3 taken', '4 taken', '5 taken', '6 taken'])
    const rows = await house.rows()
    expect(
      rows.map(({ number, subject, state, submitted_at, benefit, origin }) =>
        [number, subject, state, submitted_at.slice(0, 10), benefit, origin].join(),
      ),
    ).toEqual([
      'JY-2024-0001,快换夹具,archived,2024-03-04,12000,import',
      'JY-2024-0002,照明改造,declined,2024-03-05,,import',
      'JY-2024-0003,废料回收,registered,2024-03-06,12000,import',
      'JY-2024-0004,油泵,rollout,2024-03-07,,import',
    ])
    expect(rows.map(({ author }) => author)).toEqual([
      house.people.张三,
      null,
      house.people.孙工,
      house.people.张三,
    ])
    expect(JSON.parse(rows[0]!.content)).toMatchObject({
      originalNumber: 'A-1',
      defect: '太慢',
      method: '快换',
    })
    expect(JSON.parse(rows[1]!.content)).toMatchObject({ guestName: '赵六' })
    const together = await house.store.db.selectFrom('submission_author').selectAll().execute()
    expect(together.map(({ submission, person }) => [submission, person])).toEqual([
      [rows[0]!.id, house.people.陈晨],
    ])
    for (const row of rows) {
      const history = await house.store.db
        .selectFrom('submission_history')
        .selectAll()
        .where('submission', '=', row.id)
        .orderBy('revision')
        .execute()
      expect(replay(house.kinds.of(row), history)).toBe(row.state)
      expect(history.length).toBe(row.revision)
      expect(history.slice(1).every(({ action }) => action === 'import')).toBe(true)
    }
    await house.settle()
    for (const name of ['张三', '李梅', '王强', '孙工', '吴主席']) expect(house.cardsOf(name)).toEqual([])
    expect(
      await house.store.db.selectFrom('timer').select('id').where('kind', 'like', 'submissions%').execute(),
    ).toEqual([])
    await house.stop()
  })

  test('is taken once, however often it is read, and a check keeps nothing', async () => {
    const house = await openSubmissionsHouse(open)
    const book = await bookOf(heading, [
      '1',
      '快换夹具',
      '张三',
      '一分公司',
      '2024-03-05',
      '已采纳',
      '',
      '',
      '',
    ])
    expect(reasons(await take(house, book, { dryRun: true }))).toEqual(['2 taken'])
    expect(await house.rows()).toEqual([])
    expect(reasons(await take(house, book))).toEqual(['2 taken'])
    const again = await take(house, book)
    expect(again.rows).toMatchObject([{ outcome: 'there', number: 'JY-2024-0001' }])
    // What became of it since, and what another ledger calls number 1, are no reason to take it for the same.
    const later = await bookOf(
      heading,
      ['1', '快换夹具', '张三', '一分公司', '2024-03-05', '已实施', '', '', ''],
      ['1', '油泵', '张三', '一分公司', '2025-03-05', '已采纳', '', '', ''],
    )
    expect(reasons(await take(house, later))).toEqual(['2 there', '3 taken'])
    expect(await house.rows()).toHaveLength(2)
    await house.stop()
  })

  test('says of each row that is wrong in which cell and why, and takes the others', async () => {
    const house = await openSubmissionsHouse(open)
    const row = (changes: Record<number, Cell>): Cell[] =>
      ['', '名称', '张三', '一分公司', '2024-03-05', '已采纳', '', '', ''].map(
        (cell, i) => changes[i] ?? cell,
      )
    const report = await take(
      house,
      await bookOf(
        heading,
        row({ 1: ' ' }),
        row({ 3: '月球分公司' }),
        row({ 4: '昨天' }),
        row({ 4: '2024-02-30' }),
        row({ 4: '2101-01-01' }),
        row({ 5: '不知道' }),
        row({ 6: '字'.repeat(30_000) }),
        row({ 8: '很多' }),
        ['', '', '', '', '', '', '', '', ''],
        row({ 1: '=cmd|x', 8: 3 }),
        row({ 1: '=cmd|x', 8: 3 }),
        row({ 4: '', 1: '没有日期' }),
      ),
    )
    expect(reasons(report)).toEqual([
      ...[
        '2 B2 no-subject',
        '3 D3 no-organisation',
        '4 E4 no-day',
        '5 E5 no-day',
        '6 E6 to-come',
        '7 F7 no-state',
      ],
      ...['8 G8 too-long', '9 I9 no-amount', '11 taken', '12 B12 twice', '13 E13 no-date'],
    ])
    expect((await house.rows()).map(({ subject }) => subject)).toEqual(['=cmd|x'])
    await house.stop()
  })

  test('may have a head of two lines, and words that only a mapping explains', async () => {
    const house = await openSubmissionsHouse(open)
    const mapping = readMapping(
      Buffer.from(
        'columns: { 点子: subject }\nstates: { 老王说行: rollout }\norganisations: { 一分: 华北重工/一分公司 }\n',
      ),
    )
    const report = await take(
      house,
      await bookOf(
        ['点子', '建议人情况', '', '提出日期', '结果', '备注'],
        ['', '姓名', '部门'],
        ['油泵', '张三', '一分', '20240305', '老王说行', 'x'],
      ),
      { mapping },
    )
    expect(reasons(report)).toEqual(['3 taken'])
    expect(report.ignored).toEqual(['备注'])
    const [row] = await house.rows()
    expect(row).toMatchObject({
      state: 'rollout',
      author: house.people.张三,
      organisation: house.people.branch,
    })
    await house.stop()
  })

  test('goes only where the office of whoever imports reaches', async () => {
    const house = await openSubmissionsHouse(open)
    const book = await bookOf(
      heading,
      ['1', '甲', '张三', '一分公司', '2024-03-05', '', '', '', ''],
      ['2', '乙', '外人', '二分公司', '2024-03-05', '', '', '', ''],
    )
    const as = (name: string) => take(house, book, { asker: { person: house.people[name]! } })
    await expect(as('张三')).rejects.toThrow('submissions:ledger.import.not-allowed')
    await expect(as('李梅')).rejects.toThrow('submissions:ledger.import.not-allowed')
    expect(reasons(await as('王强'))).toEqual(['2 taken', '3 D3 not-yours'])
    const [made] = await house.rows()
    expect(made!.entered_by).toBe(house.people.王强)
    await house.stop()
  })

  test('ends for whoever loses the office while it goes on', async () => {
    const house = await openSubmissionsHouse(open)
    const { store } = house
    const person = house.people.王强!
    const rows = Array.from({ length: 120 }, (_, i) => [`${i}`, `第${i}条`, '张三', '一分公司', '2024-03-05'])
    let batches = 0
    const transaction: typeof store.transaction = async (fn, options) => {
      const done = await store.transaction(fn, options)
      batches += 1
      if (batches === 1) {
        await store.transaction((trx) => trx.deleteFrom('membership').where('person', '=', person).execute())
      }
      return done
    }
    const watched = {
      ...{ dialect: store.dialect, fullText: store.fullText, db: store.db, transaction },
      ...{ now: store.now.bind(store), snapshot: store.snapshot.bind(store), close: store.close.bind(store) },
    }
    const watching = { ...house, context: { ...house.context, store: watched } }
    const report = await take(watching, await bookOf(heading, ...rows), { asker: { person } })
    expect(report.rows.filter(({ outcome }) => outcome === 'taken')).toHaveLength(100)
    expect(reasons(report).at(-1)).toBe('121  not-yours')
    expect(await house.rows()).toHaveLength(100)
    await house.stop()
  })

  test.each([
    ['no ledger', Buffer.from('甲,乙\r\n1,2\r\n'), 'submissions:ledger.import.no-head'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), 'submissions:ledger.file.old'],
    ['half a workbook', Buffer.from('PK\x03\x04 and nothing more'), 'submissions:ledger.file.broken'],
    ['nothing', Buffer.alloc(0), 'submissions:ledger.import.no-head'],
  ])('that is %s is refused as a whole', async (_, bytes, key) => {
    const house = await openSubmissionsHouse(open)
    await expect(take(house, bytes)).rejects.toThrow(key)
    await house.stop()
  })
})
