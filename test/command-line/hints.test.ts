import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { addHintCommands } from '../../src/command-line/hints.ts'
import { assignClause } from '../../src/knowledge/learned/hints.ts'
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { explainError } from '../../src/messages/translate.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const now = new Date('2026-03-01T00:00:00Z')

describeEachDatabase('kexie hints', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-hints-'))
    for (const name of ['食堂', '班车']) {
      const text = `${name}办法\n\n第一条 ${name}七点开始。\n\n第二条 ${name}由后勤管理。\n`
      const given = { fileName: `${name}.txt`, bytes: Buffer.from(text), document: name }
      await addDocument(opened.store, opened.blobs, given, now)
    }
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const learn = (question: string, document: string) => {
    const settled = { question, language: 'zh-CN', document, key: '第一条', asker: null }
    return opened.store.transaction((trx) => assignClause(trx, settled, null, now))
  }

  /** Runs one command line; gives what was printed, or the message. */
  async function hints(...words: string[]): Promise<string> {
    const printed: string[] = []
    const program = new Command('kexie').exitOverride()
    addHintCommands(program, 'zh-CN', async (task) => {
      const house = { ...opened, knowledgeDir: folder, language: 'zh-CN' as const, now: () => now }
      try {
        await task({ ...house, print: (text) => printed.push(text) })
      } catch (error) {
        printed.push(explainError(error, 'zh-CN'))
      }
    })
    await program.parseAsync(['node', 'kexie', 'hints', ...words])
    return printed.join('\n')
  }

  test('lists what was learned, and removes it', async () => {
    expect(await hints('list')).toBe('还没有学到问法。')
    const id = await learn('早饭几点开', '食堂')
    expect(await hints('list')).toContain('早饭几点开')
    expect(await hints('list')).toContain(id)
    expect(await hints('remove', id)).toBe('已删除。')
    expect(await hints('remove', id)).toContain('没有编号为')
    expect(await hints('list')).toBe('还没有学到问法。')
  })

  test('exports the learned questions of one document as authored ones are written', async () => {
    const file = join(folder, 'learned.yaml')
    expect(await hints('export', file)).toBe('没有可导出的问法。')
    await learn('早饭几点开', '食堂')
    await learn('大巴几点走', '班车')
    expect(await hints('export', file)).toContain('--document')
    expect(await hints('export', file, '--document', '食堂')).toContain('已导出 1 个问法')
    expect(parse(await readFile(file, 'utf8'))).toEqual({
      document: '食堂',
      clauses: { 第一条: [{ passage: expect.stringContaining('七点开始'), questions: ['早饭几点开'] }] },
    })
    expect(await hints('export', join(folder, 'none', 'x.yaml'), '--document', '食堂')).toContain('无法写入')
  })
})
