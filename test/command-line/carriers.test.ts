import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, expect, test } from 'vitest'
import { addCarrierCommands } from '../../src/command-line/carriers.ts'
import { readCarrierRules } from '../../src/features/carriers/rules.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { openTestStore } from '../store/open-test-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'carriers-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('carriers are taken in from the template, listed and written out again', async () => {
  const { store, close } = await openTestStore()
  await store.transaction(async (trx) => {
    const { id } = await createOrganisation(trx, { name: '华北重工', kind: 'group', parent: null })
    await createOrganisation(trx, { name: '一分公司', kind: 'branch', parent: id })
  })
  const said: string[] = []
  const run = async (...words: string[]) => {
    const program = new Command().exitOverride()
    const house = { store, rules: readCarrierRules(''), language: 'zh-CN' as const }
    addCarrierCommands(program, 'zh-CN', (task) => task({ ...house, print: (text) => void said.push(text) }))
    await program.parseAsync(['carriers', ...words], { from: 'user' })
    return said.splice(0).join('\n')
  }
  const [template, exported] = [join(folder, 'in.csv'), join(folder, 'out.csv')]
  await run('template', template)
  await expect(run('template', template)).rejects.toThrow(PlainError)
  // The year of the grade in the template is this year's or past: it is taken as it stands.
  writeFileSync(template, readFileSync(template, 'utf8').replace('2026:92', ''))
  expect(await run('import', template)).toContain('新增 1 个，更新 0 个，未导入 0 行')
  expect(await run('list')).toContain('焊接学会服务站')
  expect(await run('list', '没有的')).toContain('没有符合条件的载体')
  await run('export', exported, '--organisation', '一分公司')
  expect(readFileSync(exported, 'utf8')).toContain('学会服务站,焊接学会服务站,华北重工/一分公司')
  // What was written out is taken in again as it was.
  expect(await run('import', exported)).toContain('新增 0 个，更新 1 个，未导入 0 行')
  await expect(run('import', join(folder, 'none.csv'))).rejects.toThrow('carriers:command.unreadable')
  await close()
})
