import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, expect, test } from 'vitest'
import { addCollectionCommands } from '../../src/command-line/collections.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import { openTestStore } from '../store/open-test-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'collections-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = '2026-03-01T01:00:00.000Z'
const question = {
  ...{ name: 'q1', type: 'select', label: { 'zh-CN': '去吗', en: 'Go?' }, hint: { 'zh-CN': '', en: '' } },
  ...{ required: true, least: null, most: null },
  options: ['去', '不去'].map((text) => ({ 'zh-CN': text, en: text })),
}

test('a file of a collection is checked by line; collections are listed and their figures written out', async () => {
  const { store, close } = await openTestStore()
  const said: string[] = []
  let failed = 0
  const run = async (...words: string[]) => {
    const program = new Command().exitOverride()
    const own = { language: 'zh-CN' as const, print: (text: string) => void said.push(text) }
    addCollectionCommands(program, 'zh-CN', {
      check: (task) => task({ ...own, now: new Date(at), fail: () => (failed += 1) }),
      store: (task) => task({ ...own, store }),
    })
    await program.parseAsync(['collections', ...words], { from: 'user' })
    return said.splice(0).join('\n')
  }
  const file = join(folder, 'a.yaml')
  writeFileSync(file, '标题: 食堂\n署名: 匿名的\n题目:\n  - 问题: 去吗\n    类型: 单选\n')
  const wrong = await run('check', file)
  expect(wrong).toContain('第 2 行')
  expect(failed).toBe(1)
  const told = JSON.parse(await run('check', file, '--json'))
  expect(told).toMatchObject({ valid: false, problems: [{ line: 2 }] })
  writeFileSync(file, '标题: 食堂\n题目:\n  - 问题: 去吗\n    类型: 是否\n')
  expect(await run('check', file)).toBe('文件没有问题，共 1 题。')
  expect(failed).toBe(2)
  await expect(run('check', join(folder, 'none'))).rejects.toThrow('collections:command.unreadable')

  expect(await run('list')).toContain('还没有信息收集')
  const words = { 'zh-CN': '食堂', en: 'Canteen' }
  const definition = {
    title: words,
    intro: words,
    pages: [{ title: words, when: [], questions: [question] }],
  }
  await store.transaction(async (trx) => {
    const { id: branch } = await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: null })
    const people: string[] = []
    for (let n = 0; n < 5; n += 1) people.push((await createPerson(trx, { name: `某${n}` })).id)
    const row = {
      ...{
        id: 'c',
        number: 'SJ-2026-0001',
        title: '食堂',
        organisation: branch,
        version: 1,
        shares: 0 as const,
      },
      ...{ anonymity: 'handlers-only' as const, per: 'person' as const, audience: null, deadline: null },
      ...{
        remind: '[]',
        state: 'open' as const,
        revision: 0,
        made_by: people[0]!,
        made_at: at,
        opened_at: at,
      },
    }
    await trx
      .insertInto('collection')
      .values({ ...row, ended_at: null })
      .execute()
    const version = { collection: 'c', version: 1, definition: JSON.stringify(definition), made_at: at }
    await trx.insertInto('collection_version').values(version).execute()
    const answers = people.map((person) => ({
      ...{ id: `a${person}`, collection: 'c', answers_for: person, person, organisation: branch, version: 1 },
      ...{ content: '{"q1":"去"}', given_at: at, changed_at: null },
    }))
    await trx.insertInto('collection_answer').values(answers).execute()
  })
  expect(await run('list')).toContain('SJ-2026-0001')
  expect(JSON.parse(await run('list', '--json'))).toMatchObject([{ number: 'SJ-2026-0001', answers: 5 }])
  const out = join(folder, 'out.csv')
  await expect(run('export', 'SJ-2026-0001', out)).rejects.toThrow('collections:refused.not-ended')
  await store.transaction(async (trx) => {
    await trx.updateTable('collection').set({ state: 'closed', ended_at: at }).execute()
  })
  await run('export', 'SJ-2026-0001', out)
  expect(readFileSync(out, 'utf8')).toContain('去吗,去,5,1')
  expect(readFileSync(out, 'utf8')).not.toContain('某')
  await expect(run('export', 'SJ-2026-0001', out)).rejects.toThrow('collections:command.exists')
  await close()
})
