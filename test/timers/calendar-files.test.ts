import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainError } from '../../src/messages/translate.ts'
import type { Store } from '../../src/store/store.ts'
import { createCalendarFiles } from '../../src/timers/calendar/calendar-files.ts'
import { parseYearFile } from '../../src/timers/calendar/parse-year-file.ts'
import { kindOfDay, readWorkCalendar } from '../../src/timers/calendar/work-calendar.ts'
import { overviewOf } from '../../src/timers/calendar/year-overview.ts'
import { setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const file2027 = `year: 2027
source: 国务院办公厅关于2027年部分节假日安排的通知
holidays:
  - name: 元旦
    first: 2026-12-31
    last: 2027-01-02
    work: [2027-01-03]
  - name: 国庆节
    first: 2027-10-01
    last: 2027-10-07
    work:
      - 2027-09-26
      - 2027-10-09
`

describe('a data file of a year', () => {
  test('gives the days off and the make-up days', () => {
    const table = parseYearFile(file2027, '2027.yaml')
    expect(table.source).toContain('2027年')
    expect(Object.keys(table.off)).toHaveLength(10)
    expect(table.work).toEqual({ '2027-01-03': '元旦', '2027-09-26': '国庆节', '2027-10-09': '国庆节' })
    const [first] = overviewOf(() => table, 2027).holidays
    expect(first).toEqual({
      name: '元旦',
      off: [{ first: '2026-12-31', last: '2027-01-02' }],
      work: ['2027-01-03'],
    })
  })

  test.each([
    ['no YAML', file2027.replace('    last: 2027-01-02', '   last: 2027-01-02'), '第 6 行'],
    ['a day that does not exist', file2027.replace('2027-10-07', '2027-10-32'), '第 10 行'],
    ['a field too many', file2027.replace('    work: [', '    wrok: ['), '第 7 行：“holidays.wrok”'],
    ['no source', file2027.replace(/source.*\n/, ''), '“source”'],
    ['another year', file2027.replace('year: 2027', 'year: 2028'), '第 1 行：年份 2028'],
    ['a day of another year', file2027.replace('2027-01-03', '2025-01-03'), '第 7 行：2025-01-03'],
    ['a span without end', file2027.replace('2027-10-07', '2037-10-07'), '第 9 行：2037-10-07'],
    ['a day twice', file2027.replace('2027-10-09', '2027-10-03'), '第 13 行：2027-10-03'],
    ['a span the wrong way round', file2027.replace('2027-01-02', '2026-12-01'), '第 6 行：2026-12-01'],
    ['nothing', '', '第 1 行'],
  ])('with %s is refused by file and line', (_, source, said) => {
    let problem = ''
    try {
      parseYearFile(source, '2027.yaml')
    } catch (error) {
      problem = explainError(error, 'zh-CN')
    }
    expect(problem).toContain('2027.yaml')
    expect(problem).toContain(said)
  })
})

describeEachDatabase('data files of the calendar', (open) => {
  let folder: string
  let time: Date
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kexie-calendar-'))
    time = new Date('2026-11-23T02:00:00Z')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const filesOf = (store: Store, logged: string[] = []) =>
    createCalendarFiles({
      store,
      folder,
      clock: () => time,
      logger: { info: () => {}, error: (_, message) => logged.push(message) },
    })
  const write = async (text: string, changedAt: number) => {
    await writeFile(join(folder, '2027.yaml'), text)
    await utimes(join(folder, '2027.yaml'), changedAt, changedAt)
  }
  const kindOf = async (store: Store, day: string) =>
    kindOfDay(await readWorkCalendar(store.db, { organisation: null, person: null }, day), day)

  test('win over what is assumed, also in processes without the file', async () => {
    const { store } = await open()
    await filesOf(store).load()
    expect(await kindOf(store, '2027-10-07')).toMatchObject({ working: true, provisional: true })
    await write(file2027, 1)
    await filesOf(store).load()
    expect(await kindOf(store, '2027-10-07')).toMatchObject({ working: false, provisional: false })
    await rm(folder, { recursive: true })
    await filesOf(store).load()
    expect(await kindOf(store, '2027-10-07')).toMatchObject({ working: false, provisional: false })
    await mkdir(folder)
  })

  test('are read again when they change, at most once a minute; a broken one is logged once', async () => {
    const { store } = await open()
    const logged: string[] = []
    const files = filesOf(store, logged)
    await files.load()
    await write(file2027, 1)
    await files.refresh()
    expect((await kindOf(store, '2027-10-07')).provisional).toBe(true)
    time = new Date(time.getTime() + 61_000)
    await files.refresh()
    expect((await kindOf(store, '2027-10-07')).provisional).toBe(false)
    await write(`${file2027}  - name: 多\n`, 2)
    for (let i = 0; i < 3; i++) {
      time = new Date(time.getTime() + 61_000)
      await files.refresh()
    }
    expect(logged).toEqual(['a table of working days is wrong'])
    expect((await kindOf(store, '2027-10-07')).provisional).toBe(false)
    await expect(filesOf(store).load()).rejects.toThrow('calendar:file.field')
  })

  test('have timers of provisional years counted again', async () => {
    const { store } = await open({
      clock: () => time,
      databaseClock: () => time,
    })
    const files = filesOf(store)
    await files.load()
    const set = await store.transaction((trx) =>
      setTimer(trx, {
        id: 'a',
        kind: 'test.note',
        payload: {},
        now: new Date('2027-09-30T02:00:00Z'),
        after: { workingDays: 1 },
        organisation: null,
        person: null,
      }),
    )
    expect(set).toEqual({ at: new Date('2027-10-04T02:00:00Z'), provisional: true })
    const worker = createTimerWorker({
      store,
      handlers: {},
      logger: { error: (_, message) => expect.unreachable(message) },
      calendarFiles: files,
    })
    await worker.idle()
    await write(file2027, 1)
    time = new Date(time.getTime() + 61_000)
    await worker.idle()
    const row = await store.db.selectFrom('timer').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ due_at: '2027-10-08T02:00:00.000Z', provisional: 0, stale: 0 })
  })
})
