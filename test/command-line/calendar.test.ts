import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Language } from '../../src/chat/language.ts'
import { addCalendarCommands } from '../../src/command-line/calendar.ts'
import { explainError } from '../../src/messages/translate.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const now = new Date('2026-11-23T02:00:00Z')

describeEachDatabase('kexie calendar', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-calendar-'))
    await opened.store.transaction(async (trx) => {
      const group = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
      await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: group.id })
      for (const name of ['张三', '李四', '王五', '王五']) await createPerson(trx, { name })
    })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function calendar(words: string[], language: Language = 'zh-CN'): Promise<string> {
    const printed: string[] = []
    let code = 0
    const program = new Command('kexie').exitOverride()
    addCalendarCommands(program, language, async (task) => {
      try {
        await task({ store: opened.store, language, now: () => now, print: (text) => printed.push(text) })
      } catch (error) {
        code = 1
        printed.push(explainError(error, language))
      }
    })
    await program.parseAsync(['calendar', ...words], { from: 'user' })
    return code === 0 ? printed.join('\n') : `exit 1: ${printed.join('\n')}`
  }

  test('shows a year, published or assumed', async () => {
    expect(await calendar(['show'])).toContain('2026-09-20、2026-10-10')
    expect(await calendar(['show', '2027'])).toContain('尚未公布')
    expect(await calendar(['show', '2027'], 'en')).toContain('not published yet')
    expect(await calendar(['show', 'next'])).toContain('exit 1: 看不懂年份“next”')
  })

  test('says what a day is, and which working days are near', async () => {
    expect(await calendar(['is', '2026-10-10'])).toMatch(/^2026-10-10 工作日 · 国庆节\n/)
    expect(await calendar(['is', '2026-10-10'])).toContain('前一工作日 2026-10-09，后一工作日 2026-10-12')
    expect(await calendar(['is', '2027-10-01'])).toMatch(/^2027-10-01 休息 · 国庆节\n当年放假安排尚未公布/)
    expect(await calendar(['is', '2026-13-01'])).toContain('exit 1: 看不懂日期')
  })

  test('sets hours and days of organisations, inherited below', async () => {
    expect(await calendar(['hours', '一分公司'])).toContain('08:30-12:00 13:30-17:30')
    await calendar(['hours', '集团', '9:00-17:00'])
    expect(await calendar(['hours', '一分公司'])).toContain('集团/一分公司的工作时间：09:00-17:00')
    expect(await calendar(['hours', '一分公司', '25:00-26:00'])).toContain('exit 1')
    expect(await calendar(['hours', '集团', '9:00-16:00', '--zone', 'Europe/Berlin'])).toContain(
      'Europe/Berlin',
    )
    expect(await calendar(['hours', '集团', '9:00-17:00'])).toContain('Europe/Berlin')
    expect(await calendar(['hours', '集团', '9:00-17:00', '--zone', 'Moon'])).toContain('exit 1: 不认识时区')
    await calendar(['hours', '集团', 'inherit'])
    expect(await calendar(['hours', '集团'])).toContain('08:30-12:00')
    expect(await calendar(['day', '集团', '2026-12-31', 'off', '年终盘点'])).toContain(
      '2026-12-31 休息（年终盘点）',
    )
    expect(await calendar(['is', '2026-12-31', '--organisation', '一分公司'])).toContain('休息 · 年终盘点')
    expect(await calendar(['is', '2026-12-31'])).toContain('工作日')
    await calendar(['day', '集团', '2026-12-31', 'clear'])
    expect(await calendar(['is', '2026-12-31', '--organisation', '一分公司'])).toContain('工作日')
    expect(await calendar(['day', '集团', '2026-12-31', 'maybe'])).toContain('exit 1')
    expect(await calendar(['day', '谁家', '2026-12-31', 'off'])).toContain('exit 1: 没有找到“谁家”')
  })

  test('imports leave, row by row, and the same file again changes nothing', async () => {
    const file = join(folder, '请假.csv')
    const rows = [
      '请假登记表,,,',
      '姓名,开始日期,结束日期,备注',
      '张三,2026-12-01,2026-12-05,探亲',
      '李四,2026年12月7日,2026/12/8,',
      '李四,2026-12-08,2026-12-09,',
      '王五,2026-12-01,2026-12-02,',
      '赵六,2026-12-01,2026-12-02,',
      '张三,2026-12-20,2026-12-10,',
      '张三,2026-02-30,2026-03-01,',
      ',2026-02-20,2026-03-01,',
    ]
    await writeFile(file, rows.join('\n'))
    const report = await calendar(['leave', file])
    expect(report).toContain('新增 2 行，更新 0 行，未变 0 行，未导入 6 行。')
    for (const reason of ['重叠', '有多人叫“王五”', '没有找到“赵六”', '晚于', '2026-02-30', '未填姓名']) {
      expect(report).toContain(reason)
    }
    expect(await calendar(['leave', file])).toContain('新增 0 行，更新 0 行，未变 2 行，未导入 6 行。')
    expect(
      await opened.store.db
        .selectFrom('person_leave')
        .select(['first_day', 'note'])
        .orderBy('first_day')
        .execute(),
    ).toEqual([
      { first_day: '2026-12-01', note: '探亲' },
      { first_day: '2026-12-07', note: '' },
    ])
    expect(await calendar(['leave', join(folder, 'none.csv')])).toContain('exit 1: 无法读取')
    await writeFile(file, '单位,备注\n一厂,x\n')
    expect(await calendar(['leave', file])).toContain('exit 1: 没有找到表头')
  })
})
