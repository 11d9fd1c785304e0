import { afterEach, expect, test } from 'vitest'
import type { ExportableTable, PushesContext } from '../../src/features/pushes/context.ts'
import { askPush, leaveBase, nextNight, setDaily } from '../../src/features/pushes/keep-push.ts'
import { pushNext } from '../../src/features/pushes/push-worker.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { createFeishuPlatform } from '../../src/platforms/feishu/platform.ts'
import type { Cell } from '../../src/spreadsheets/cell.ts'
import { appId, appSecret, type FeishuServer, startFeishuServer } from '../fakes/feishu-server.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const account = { platform: 'feishu', installation: 'tenant-1', user: 'on_wu' }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A table of one sheet that is pushed to a Feishu of this machine through the vendor's own library. */
async function openScene(open: Open) {
  const time = { now: new Date('2026-11-24T02:00:00Z') }
  const { store, blobs } = await open({ clock: () => time.now, databaseClock: () => time.now })
  const server = await startFeishuServer(() => time.now)
  closing.push(() => server.close())
  const logged: string[] = []
  const logger = { info() {}, warn() {}, error: (_: object, message: string) => logged.push(message) }
  const platform = createFeishuPlatform({
    ...{ mode: 'ws', appId, appSecret, domain: server.url, blobs, logger, clock: () => time.now },
    welcome: () => ({ tone: 'info', blocks: [] }),
  })
  const person = await store.transaction(async (trx) => {
    const { id } = await createPerson(trx, { name: '吴主席' })
    await linkAccount(trx, account, id, time.now)
    return id
  })
  const given = { rows: [] as Cell[][], header: ['编号', '名称', '件数', '日期'], refused: false }
  const table: ExportableTable = {
    ...{ name: 'ledger', words: { 'zh-CN': ['台账'], en: ['ledger'] }, number: null },
    async open() {
      if (given.refused) throw new PlainError('console:not-allowed')
      const rows = (async function* () {
        yield given.header
        yield* given.rows
      })()
      return { record: '', title: '台账', sheets: [{ name: '台账', rows }], keys: [[0]] }
    },
  }
  const context: PushesContext = {
    ...{ store, tables: [table], onlineTables: () => [platform.onlineTables!], wakeWorkers() {} },
  }
  const asked = { source: 'ledger', record: '', person, title: '台账', account, language: 'zh-CN' as const }
  const ask = (base: { base: string; url: string } | null = null) =>
    store.transaction((trx) => askPush(trx, { ...asked, given: base }, time.now))
  const run = () => pushNext(context, logger)
  const read = () => store.db.selectFrom('push').selectAll().executeTakeFirstOrThrow()
  const told = async () =>
    (await store.db.selectFrom('outbox').select('card').orderBy('created_at').execute()).map(
      ({ card }) => card ?? '',
    )
  return { time, store, server, given, person, logged, ask, run, read, told }
}

const rowsOf = ({ bitable }: FeishuServer, base = 0) => bitable.bases[base]!.tables[0]!.rows
const failing = (part: string, status: number, code: number, after = false) => {
  let left = 1
  return (call: string) =>
    call.includes(part) && left-- > 0 ? { status, body: { code, msg: 'no' }, after } : undefined
}

describeEachDatabase('pushes', (open) => {
  test('a table is made, shared and brought up to date by the keys of its rows', async () => {
    const { server, given, ask, run, read, told, time, logged } = await openScene(open)
    const long = '长'.repeat(120_000)
    given.rows = Array.from({ length: 1203 }, (_, at) => [`S-${at}`, `=1+${at}`, at, { day: '2026-11-01' }])
    given.rows[3]![1] = long
    await ask()
    expect(await run()).toBe(true)
    expect(await run()).toBe(false)
    const [base] = server.bitable.bases
    expect(base).toMatchObject({ name: '台账', members: ['on_wu'] })
    // The table that the vendor put there is gone.
    expect(base!.tables.map(({ name }) => name)).toEqual(['台账'])
    expect(base!.tables[0]!.fields.map(({ type }) => type)).toEqual([1, 1, 1, 2, 5])
    expect(rowsOf(server)).toHaveLength(1203)
    expect(rowsOf(server)[1]!.fields).toMatchObject({
      ...{ 行标识: 'S-1', 名称: '=1+1', 件数: 1, 日期: Date.parse('2026-11-01T00:00:00+08:00') },
    })
    expect(String(rowsOf(server)[3]!.fields.名称)).toHaveLength(100_000)
    expect(await read()).toMatchObject({ state: 'done', url: base && expect.stringContaining(base.token) })
    expect((await told()).at(-1)).toContain('共 1203 行')

    // A row that somebody added there stays; a column that was of numbers takes words; a new column comes.
    rowsOf(server).push({ id: 'by-hand', fields: { 行标识: '自己加的' } })
    given.header.push('备注')
    given.rows = [
      ...given.rows.slice(1, 3),
      ['S-1', '又一', '若干', null, '重号'],
      ['新', '新的', 7, null, '注'],
    ]
    time.now = new Date(time.now.getTime() + 1000)
    server.calls.length = 0
    await ask()
    await run()
    expect(rowsOf(server).map(({ fields }) => [fields.行标识, fields.件数, fields.备注])).toEqual([
      ['S-1', '1', null],
      ['S-2', '2', null],
      ['自己加的', undefined, undefined],
      ['S-1 #2', '若干', '重号'],
      ['新', '7', '注'],
    ])
    // 1201 rows are taken out by 500 at most.
    expect(server.calls.filter((call) => call.endsWith('batch_delete'))).toHaveLength(3)

    // The same again writes nothing.
    time.now = new Date(time.now.getTime() + 1000)
    server.calls.length = 0
    await ask()
    await run()
    expect(server.calls.filter((call) => call.includes('records'))).toEqual([])
    expect(logged).toEqual([])
  })

  test('what broke off goes on without a row twice, whether the vendor had taken it or not', async () => {
    const { server, given, ask, run, read, told, time, store } = await openScene(open)
    given.rows = Array.from({ length: 700 }, (_, at) => [`S-${at}`, 'a', at, null])
    await ask()
    // Taken, but the answer is lost.
    server.fate = failing('batch_create', 502, 0, true)
    await run()
    expect(rowsOf(server, 0).length + server.bitable.bases[0]!.tables[1]!.rows.length).toBe(500)
    expect(await read()).toMatchObject({ state: 'waiting', attempts: 1 })
    expect(await run()).toBe(false)
    // Meanwhile one of them has changed; too often is answered once more.
    given.rows[5]![1] = 'b'
    server.fate = failing('batch_update', 200, 1254290)
    time.now = new Date(time.now.getTime() + 10_000)
    await run()
    time.now = new Date(time.now.getTime() + 20_000)
    await run()
    expect(
      rowsOf(server)
        .map(({ fields }) => fields.行标识)
        .toSorted(),
    ).toEqual(given.rows.map(([key]) => key).toSorted())
    expect(rowsOf(server)[5]!.fields.名称).toBe('b')
    expect(server.bitable.bases).toHaveLength(1)
    expect(await told()).toHaveLength(1)

    // Whoever took it over and died leaves it to the next after five minutes.
    await ask()
    await store.transaction((trx) =>
      trx
        .updateTable('push')
        .set({ leased_until: new Date(time.now.getTime() + 300_000).toISOString() })
        .execute(),
    )
    expect(await run()).toBe(false)
    time.now = new Date(time.now.getTime() + 301_000)
    rowsOf(server).splice(0, 2)
    given.rows[0]![1] = 'c'
    expect(await run()).toBe(true)
    // Rows that somebody deleted there are found missing by a change, and written again.
    expect(rowsOf(server)).toHaveLength(700)
    expect(await read()).toMatchObject({ state: 'done' })
  })

  test('what cannot be done is said, and a new base is offered', async () => {
    const { server, given, ask, run, read, told, time, store, person } = await openScene(open)
    given.rows = [['S-1', 'a', 1, null]]
    server.bitable.addBase('theirs12345', false)
    await ask({ base: 'theirs12345', url: 'https://example.feishu.cn/base/theirs12345' })
    await run()
    expect((await told()).at(-1)).toContain('添加文档应用')
    server.bitable.bases[0]!.isEditable = true
    time.now = new Date(time.now.getTime() + 1000)
    await ask()
    await run()
    expect(rowsOf(server)).toHaveLength(1)
    // What somebody else made is not shared with anybody.
    expect(server.bitable.bases[0]!.members).toEqual([])

    time.now = new Date(time.now.getTime() + 1000)
    server.bitable.mostRows = 1
    given.rows.push(['S-2', 'b', 2, null])
    await ask()
    await run()
    expect(await read()).toMatchObject({ state: 'failed', problem: expect.stringContaining('problem.full') })
    server.bitable.mostRows = 20_000
    server.bitable.bases.length = 0
    time.now = new Date(time.now.getTime() + 1000)
    await ask()
    await run()
    expect((await told()).at(-1)).toContain('pushes.new-base')
    const { id } = await read()
    await store.transaction((trx) => leaveBase(trx, id, null))
    time.now = new Date(time.now.getTime() + 1000)
    await ask()
    await run()
    expect(server.bitable.bases.map(({ members }) => members)).toEqual([['on_wu']])
    expect(rowsOf(server)).toHaveLength(2)

    // At night, without a word; a right that was lost since is said.
    const before = (await told()).length
    await store.transaction(async (trx) => setDaily(trx, await readIn(trx), true, time.now))
    expect(await run()).toBe(false)
    time.now = new Date(nextNight(time.now))
    given.rows.push(['S-3', 'c', 3, null])
    await run()
    expect(rowsOf(server)).toHaveLength(3)
    expect(await told()).toHaveLength(before)
    expect(await read()).toMatchObject({ state: 'waiting', due_at: nextNight(time.now), person })
    time.now = new Date(nextNight(time.now))
    given.refused = true
    await run()
    expect(await told()).toHaveLength(before + 1)
    expect(await read()).toMatchObject({ state: 'failed' })
  })
})

const readIn = (trx: Parameters<typeof setDaily>[0]) =>
  trx.selectFrom('push').selectAll().executeTakeFirstOrThrow()
