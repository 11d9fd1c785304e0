import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Language } from '../../src/chat/language.ts'
import { addPeopleCommands } from '../../src/command-line/people.ts'
import { explainError } from '../../src/messages/translate.ts'
import { organisationOfChat } from '../../src/people/chats.ts'
import { redeemLink } from '../../src/people/links.ts'
import { findOrganisation } from '../../src/people/organisations.ts'
import { findPerson } from '../../src/people/people.ts'
import { describeEachDatabase, type OpenedStore } from '../store/each-database.ts'

const now = new Date('2026-03-01T00:00:00Z')

describeEachDatabase('kexie people', (open) => {
  let opened: OpenedStore
  let folder: string
  beforeEach(async () => {
    opened = await open()
    folder = await mkdtemp(join(tmpdir(), 'kexie-people-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function people(words: string[], language: Language = 'zh-CN'): Promise<string> {
    const printed: string[] = []
    let code = 0
    const program = new Command('kexie').exitOverride()
    addPeopleCommands(program, language, async (task) => {
      try {
        await task({
          store: opened.store,
          address: 'https://kexie.example.com',
          language,
          now: () => now,
          print: (text) => printed.push(text),
        })
      } catch (error) {
        code = 1
        printed.push(explainError(error, language))
      }
    })
    await program.parseAsync(['people', ...words], { from: 'user' })
    return code === 0 ? printed.join('\n') : `exit 1: ${printed.join('\n')}`
  }

  async function importTemplate(): Promise<string> {
    const file = join(folder, 'template.csv')
    await people(['template', file])
    return people(['import', file])
  }

  test('a template is written, never over another file, and imported twice', async () => {
    const file = join(folder, 'template.csv')
    expect(await people(['list'])).toContain('kexie people template')
    expect(await importTemplate()).toBe('新增 4 行，更新 0 行，未变 0 行，未导入 0 行。')
    expect(await people(['import', file], 'en')).toBe('0 rows added, 0 changed, 4 unchanged, 0 not imported.')
    await writeFile(file, 'filled in')
    expect(await people(['template', file])).toBe(`exit 1: ${file} 已经存在，请换一个文件名。`)
    expect(await readFile(file, 'utf8')).toBe('filled in')
    expect(await people(['import', join(folder, 'none.csv')])).toMatch(/^exit 1: 无法读取 /)
  })

  test('an import says what became of every row that needs a look', async () => {
    const file = join(folder, 'people.csv')
    await writeFile(file, '姓名,单位,单位类型,角色,工号\n,华建集团,集团,,\n张三,华建集团,,厂长,7\n')
    const report = await people(['import', file])
    expect(report).toContain('新增 1 行，更新 0 行，未变 0 行，未导入 1 行。')
    expect(report).toContain('以下各列不认识，未读取：工号')
    expect(report).toMatch(/3 +│ 张三 +│ 未导入 │ 不认识角色“厂长”。/)
    expect(await people(['import', file], 'en')).toContain('There is no role “厂长”.')
  })

  test('lists everybody, or an organisation and what is below it', async () => {
    await importTemplate()
    const all = await people(['list'])
    expect(all).toMatch(/示例集团 +│ 集团 │ 李四 │ 领导 /)
    expect(all).toMatch(/示例集团\/示例分公司 │ 分会 │ 张三 │ 科协干部、联络员 /)
    const branch = await people(['list', '示例分公司'])
    expect(branch).toContain('张三')
    expect(branch).not.toContain('李四')
    expect(await people(['list', '没有'])).toBe('exit 1: 没有找到“没有”这个单位。')
  })

  test('an invitation is a link that opens once, within seven days', async () => {
    await importTemplate()
    const invitation = await people(['invite', '张三'])
    const [, token = ''] = /^https:\/\/kexie\.example\.com\/sign-in\/([\w-]{22})$/m.exec(invitation) ?? []
    const { id } = await findPerson(opened.store.db, '张三')
    const lastMoment = new Date(now.getTime() + 7 * 24 * 3_600_000 - 1)
    const redeem = () => opened.store.transaction((trx) => redeemLink(trx, token, lastMoment))
    expect(await redeem()).toEqual({ person: id, purpose: 'sign-in' })
    await expect(redeem()).rejects.toThrow('people:link.used')
    expect(await people(['invite', '王五'])).toBe('exit 1: 没有找到“王五”这个人。')
  })

  test('moves an organisation, but never below itself, and binds a chat', async () => {
    await importTemplate()
    expect(await people(['move', '示例集团', '示例分公司'])).toBe(
      'exit 1: 不能把“示例集团”放到它自己或它的下级单位之下。',
    )
    expect(await people(['move', '示例分公司'])).toBe('已移动：示例分公司')
    expect(await people(['bind', 'feishu', 't', 'oc_1', '示例分公司'])).toBe('已将此群聊归属到：示例分公司')
    const chat = { platform: 'feishu', installation: 't', chat: 'oc_1' }
    const bound = await organisationOfChat(opened.store.db, chat)
    expect(bound).toBe((await findOrganisation(opened.store.db, '示例分公司')).id)
  })
})
