import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addResourceCommands } from '../../src/command-line/resources.ts'
import { openResourceKinds } from '../../src/features/resources/kinds.ts'
import { explainError } from '../../src/messages/translate.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

describeEachDatabase('kexie resources', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-resources-'))
    await opened.store.transaction(async (trx) => {
      const { id } = await createOrganisation(trx, { name: '集团', kind: 'group', parent: null })
      await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: id })
    })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function resources(...words: string[]): Promise<string> {
    const printed: string[] = []
    let failed = false
    const kinds = openResourceKinds({ folder: 'knowledge/resources', refused: () => {} })
    const program = new Command('kexie').exitOverride()
    addResourceCommands(program, 'zh-CN', async (task) => {
      try {
        await task({ store: opened.store, kinds, language: 'zh-CN', print: (text) => printed.push(text) })
      } catch (error) {
        failed = true
        printed.push(explainError(error, 'zh-CN'))
      }
    })
    await program.parseAsync(['resources', ...words], { from: 'user' })
    return `${failed ? 'exit 1: ' : ''}${printed.join('\n')}`
  }

  test('takes in its own template, lists, hands out what it takes in again', async () => {
    const file = join(folder, 'a.csv')
    expect(await resources('list')).toContain('没有符合条件的资源')
    expect(await resources('template', file)).toContain('已写入文件')
    expect(await resources('template', file)).toContain('exit 1: 文件')
    expect(await resources('import', file)).toContain('导入 1 项，未导入 0 行')
    expect(await resources('list', '机器人')).toContain('智能制造展厅')
    expect(await resources('list', '无此')).toContain('没有符合条件的资源')
    const out = join(folder, 'b.csv')
    await resources('export', out)
    expect(await resources('import', out)).toContain('导入 1 项，未导入 0 行')
    expect(await readFile(out, 'utf8')).toContain('ZY-')
    const workbook = join(folder, 'b.xlsx')
    await resources('export', workbook)
    expect(await resources('import', workbook)).toContain('导入 1 项，未导入 0 行')
    expect(await opened.store.db.selectFrom('resource_entry').select('id').execute()).toHaveLength(1)
  })

  test('what is no table, and what is not there, is said plainly', async () => {
    const file = join(folder, 'c.csv')
    await writeFile(file, '甲,乙\r\n1,2\r\n')
    expect(await resources('import', file)).toContain('exit 1: 表格首行缺少')
    await writeFile(file, Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))
    expect(await resources('import', file)).toContain('exit 1: 文件无法读取')
    expect(await resources('import', join(folder, 'none.csv'))).toMatch(/exit 1: 文件 .* 无法读取/)
  })
})
