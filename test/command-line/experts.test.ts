import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addExpertCommands } from '../../src/command-line/experts.ts'
import { explainError } from '../../src/messages/translate.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { writeWorkbook } from '../../src/spreadsheets/write-workbook.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

describeEachDatabase('kexie experts', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-experts-'))
    await opened.store.transaction(async (trx) => {
      const { id } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
      await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: id })
    })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function experts(...words: string[]): Promise<string> {
    const printed: string[] = []
    let failed = false
    const program = new Command('kexie').exitOverride()
    addExpertCommands(program, 'zh-CN', async (task) => {
      try {
        await task({ store: opened.store, language: 'zh-CN', print: (text) => printed.push(text) })
      } catch (error) {
        failed = true
        printed.push(explainError(error, 'zh-CN'))
      }
    })
    await program.parseAsync(['experts', ...words], { from: 'user' })
    return `${failed ? 'exit 1: ' : ''}${printed.join('\n')}`
  }
  const of = ['--organisation', '一分公司']
  const rows = () => opened.store.db.selectFrom('submission_expert').selectAll().orderBy('number').execute()

  test('adds one who agreed, lists, looks for and takes out', async () => {
    expect(await experts('add', '林教授', ...of, '--fields', '铸造，热处理')).toContain('应征得本人同意')
    const added = await experts('add', '林教授', ...of, '--fields', '铸造，热处理', '--consent')
    expect(added).toMatch(/已入库：ZJ-\d{4}-0001 林教授/)
    expect(await experts('list')).toContain('铸造、热处理')
    expect(await experts('list', '热处理')).toContain('林教授')
    expect(await experts('list', '财务')).toContain('没有符合的专家')
    expect(await experts('retire', '林教授')).toContain('已移出')
    expect(await experts('list')).toContain('没有符合的专家')
    expect(await experts('list', '--all')).toContain('已移出')
    expect(await experts('retire', '无此人')).toContain('exit 1: 专家库里没有“无此人”')
  })

  test('imports its own template, row by row with a report, once however often it is read', async () => {
    const file = join(folder, 'experts.csv')
    expect(await experts('template', file)).toContain('模板已写入')
    expect(await experts('template', file)).toContain('exit 1: 文件')
    const template = await readFile(file, 'utf8')
    await writeFile(file, `${template},某校,焊接,,,是\r\n赵师傅,某厂,焊接,,,\r\n钱师傅,某厂,,,,是\r\n`)
    const report = await experts('import', file, ...of)
    expect(report).toContain('共 4 行：入库 1 位，未导入 3 行')
    expect(report).toContain('没有姓名')
    expect(report).toContain('没有注明本人同意')
    expect(report).toContain('请填写专业领域')
    await experts('import', file, ...of)
    expect(await rows()).toMatchObject([{ name: '林教授', source: 'import', state: 'approved', consent: 1 }])
  })

  test('imports a workbook; what is none is refused in plain words', async () => {
    const file = join(folder, 'experts.xlsx')
    async function* table() {
      yield ['姓名', '单位', '研究方向', '同意', '是否同意']
      yield ['=cmd|x', '某校', '焊接', '', '是']
      yield ['孙老师', '某校', '铸造', '', '是']
    }
    const pieces: Uint8Array[] = []
    for await (const piece of writeWorkbook([{ name: '专家', rows: table() }])) pieces.push(piece)
    await writeFile(file, Buffer.concat(pieces))
    expect(await experts('import', file, ...of)).toContain('入库')
    expect((await rows()).map(({ name }) => name)).toContain('孙老师')
    await writeFile(file, 'PK\u0003\u0004 no workbook')
    expect(await experts('import', file, ...of)).toContain('exit 1: 读不了这份表格')
    await writeFile(file, '名字,电话\n张三,1\n')
    expect(await experts('import', file, ...of)).toContain('exit 1: 第一行应有')
    expect(await experts('import', join(folder, 'none.csv'), ...of)).toContain('exit 1: 读不了文件')
  })
})
