import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Language } from '../../src/chat/language.ts'
import { addKbCommands } from '../../src/command-line/kb.ts'
import { explainError } from '../../src/messages/translate.ts'
import { displayWidth } from '../../src/platforms/text/display-width.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const rules = (amount: string) =>
  `讲比活动管理办法\n\n第一章 总则\n\n第一条 制定本办法。\n\n第二章 奖励\n\n第二条 奖金为${amount}元。\n`

describeEachDatabase('kexie kb', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-kb-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function kb(words: string[], language: Language = 'zh-CN'): Promise<string> {
    const printed: string[] = []
    let code = 0
    const program = new Command('kexie').exitOverride()
    addKbCommands(program, language, async (task) => {
      try {
        await task({
          ...opened,
          knowledgeDir: folder,
          language,
          now: () => new Date('2026-05-01T08:00:00Z'),
          print: (text) => printed.push(text),
        })
      } catch (error) {
        code = 1
        printed.push(explainError(error, language))
      }
    })
    await program.parseAsync(['kb', ...words], { from: 'user' })
    return code === 0 ? printed.join('\n') : `exit 1: ${printed.join('\n')}`
  }
  const write = async (name: string, text: string) => {
    const file = join(folder, name)
    await writeFile(file, text)
    return file
  }

  test('adds a document and its newer version, and says so', async () => {
    const file = await write('rules.txt', rules('500'))
    expect(await kb(['add', file, '--issuer', '省科协', '--effective', '2026-01-01'])).toBe(
      '已添加《讲比活动管理办法》（讲比活动管理办法），共 2 条。\n施行日期：2026-01-01。\n可见范围：公开。',
    )
    expect(await kb(['add', file])).toContain('未作改动')
    await write('rules.txt', rules('800'))
    expect(await kb(['add', file, '--visible-to', 'org:分公司一'])).toBe(
      '已添加《讲比活动管理办法》（讲比活动管理办法）第 2 版，共 2 条。\n' +
        '未写明施行日期，以添加之日 2026-05-01 起施行。可用 --effective 指定后再添加一次。\n' +
        '可见范围：org:分公司一。',
    )
    expect(await kb(['add', file, '--effective', '2026-06-01', '--title', '新办法'])).toContain('正文未变')
  })

  test('lists versions in columns that line up by width', async () => {
    expect(await kb(['list'])).toBe('资料库还是空的。可用 kexie kb add 添加文件。')
    await kb(['add', await write('a.txt', rules('500')), '--document', 'rules', '--effective', '2026-01-01'])
    await kb(['add', await write('b.txt', rules('800')), '--document', 'rules', '--effective', '2026-06-01'])
    await kb([
      'add',
      await write('c.txt', rules('900')),
      '--document',
      '分公司办法',
      '--visible-to',
      'role:cadre',
    ])
    const lines = (await kb(['list'])).split('\n')
    expect(lines[0]).toMatch(/^名称 .*版本.*标题.*发文单位.*施行日期.*状态.*可见范围.*条数$/)
    const rows = lines.slice(2).map((line) => line.split('│').map((cell) => cell.trim()))
    expect(
      rows.map(([name, version, , , effective, standing, whom, clauses]) => [
        name,
        version,
        effective,
        standing,
        whom,
        clauses,
      ]),
    ).toEqual([
      ['rules', '1', '2026-01-01', '现行', '公开', '2'],
      ['rules', '2', '2026-06-01', '尚未施行', '公开', '2'],
      ['分公司办法', '1', '未注明', '现行', 'role:cadre', '2'],
    ])
    const bars = lines.map((line) =>
      [...line.matchAll(/[│┼]/g)].map((bar) => displayWidth(line.slice(0, bar.index))),
    )
    for (const at of bars) expect(at).toEqual(bars[0])
    expect((await kb(['list'], 'en')).split('\n')[0]).toMatch(/^Name .*In effect from/)
  })

  test('shows a clause by number, label or key, of any version', async () => {
    await kb(['add', await write('a.txt', rules('500')), '--document', 'rules'])
    await kb(['add', await write('a.txt', rules('800')), '--document', 'rules'])
    for (const clause of ['2', '第二条', '第二章/第二条']) {
      const shown = await kb(['show', 'rules', clause])
      expect(shown).toContain('《讲比活动管理办法》')
      expect(shown).toContain('第二章 奖励 › 第二章/第二条')
      expect(shown).toContain('第二条 奖金为800元。')
    }
    expect(await kb(['show', '讲比活动管理办法', '2', '--version', '1'])).toContain('奖金为500元')
    expect(await kb(['show', 'rules', '9'])).toContain('exit 1: 《讲比活动管理办法》中没有“9”这一条')
    expect(await kb(['show', 'rules', '2', '--version', '7'])).toBe('exit 1: “rules”没有第 7 版。')
    expect(await kb(['show', 'rules', '2', '--version', 'x'])).toContain('exit 1: “x”不是版本号')
    expect(await kb(['show', 'nothing', '2'])).toContain('exit 1: 资料库里没有“nothing”')
    expect(await kb(['show', 'nothing', '2'], 'en')).toContain('exit 1: The library has no document')
  })

  test('removes a document', async () => {
    await kb(['add', await write('a.txt', rules('500')), '--document', 'rules'])
    expect(await kb(['remove', 'rules'])).toBe('已删除《讲比活动管理办法》（rules）。')
    expect(await kb(['list'])).toContain('还是空的')
    expect(await kb(['remove', 'rules'])).toContain('exit 1')
  })

  test('exports to a file that can be added again', async () => {
    await kb(['add', await write('a.txt', rules('500')), '--document', 'rules', '--issuer', '省科协'])
    const file = join(folder, 'out.md')
    expect(await kb(['export', 'rules', file])).toBe(`已导出《讲比活动管理办法》第 1 版：${file}`)
    expect(await readFile(file, 'utf8')).toContain('issuers: 省科协')
    expect(await kb(['add', file])).toContain('未作改动')
    expect(await kb(['export', 'rules', join(folder, 'none', 'out.md')])).toContain('exit 1: 无法写入')
  })

  test('a wrong file or detail is told in plain words and changes nothing', async () => {
    const file = await write('a.txt', rules('500'))
    expect(await kb(['add', join(folder, 'none.txt')])).toContain('exit 1: 找不到文件')
    expect(await kb(['add', folder])).toContain('exit 1: 无法读取')
    expect(await kb(['add', file, '--effective', '明年'])).toContain('exit 1: “明年”不是有效的日期')
    expect(await kb(['add', file, '--visible-to', '分公司一'])).toContain('exit 1: 看不懂可见范围“分公司一”')
    expect(await kb(['add', await write('empty.txt', '')])).toContain('exit 1')
    expect(await kb(['add', await write('a.xyz', 'a')])).toContain('exit 1')
    expect(await kb(['list'])).toContain('还是空的')
  })

  test('checks the knowledge folder', async () => {
    await mkdir(join(folder, 'documents'))
    await write('documents/good.md', rules('500'))
    await kb(['add', join(folder, 'documents/good.md')])
    expect(await kb(['check'])).toBe('检查通过：1 份文件，2 条现行条款，没有发现问题。')
    await write('documents/bad.md', `---\nvisibleTo: 谁都行\n---\n${rules('800')}`)
    const told = await kb(['check'])
    expect(told).toContain('exit 1: documents/bad.md：看不懂可见范围“谁都行”')
    expect(told).toContain('发现 1 处问题')
  })
})
