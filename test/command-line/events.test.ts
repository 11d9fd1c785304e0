import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addEventCommands } from '../../src/command-line/events.ts'
import { explainError } from '../../src/messages/translate.ts'
import { type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const file = `title: 机器人讲座
kind: lecture
organisation: 一分公司
starts: 2026-03-13 14:00
ends: 2026-03-13 16:00
series: { repeat: weekly, times: 2, shared: true }
`

describeEachDatabase('kexie events', (open) => {
  let house: EventsHouse
  let folder: string
  beforeEach(async () => {
    house = await openEventsHouse(open)
    folder = await mkdtemp(join(tmpdir(), 'kexie-events-'))
  })
  afterEach(async () => {
    await house.stop()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs one command line; gives what was printed, or the message and exit code 1. */
  async function events(...words: string[]): Promise<string> {
    const printed: string[] = []
    let failed = false
    const program = new Command('kexie').exitOverride()
    addEventCommands(program, 'zh-CN', async (task) => {
      try {
        await task({ context: house.context, language: 'zh-CN', print: (text) => printed.push(text) })
      } catch (error) {
        failed = true
        printed.push(explainError(error, 'zh-CN'))
      }
    })
    await program.parseAsync(['events', ...words], { from: 'user' })
    return `${failed ? 'exit 1: ' : ''}${printed.join('\n')}`
  }

  test('takes a file, lists, shows, publishes, writes and calls off', async () => {
    const path = join(folder, 'events.yaml')
    await writeFile(path, file)
    expect(await events('import', path, '--as', '王强', '--dry-run')).toContain('可导入 2 个活动')
    expect(await events('list')).toBe('没有活动。')
    expect(await events('import', path, '--as', '王强')).toContain('HD-2026-0001 机器人讲座')
    expect(await events('list')).toContain('草稿')
    expect(await events('show', 'hd-2026-0001')).toContain('3月13日')
    expect(await events('publish', 'HD-2026-0002')).toContain('exit 1: 这一场与 HD-2026-0001 共用报名')
    expect(await events('publish', 'HD-2026-0001', '--series')).toBe('已发布 2 场活动。')
    expect(await events('publish', 'HD-2026-0001')).toContain('exit 1: HD-2026-0001 已经发布')
    const out = join(folder, 'out.yaml')
    expect(await events('export', 'HD-2026-0001', '--out', out)).toContain('已写入')
    expect(await readFile(out, 'utf8')).toContain('title: 机器人讲座')
    expect(await events('export', 'HD-2026-0001', '--out', out)).toContain('exit 1: ')
    expect(await events('cancel', 'HD-2026-0001', '--reason', '场地停用')).toContain(
      'exit 1: HD-2026-0001 是系列的第一场',
    )
    expect(await events('cancel', 'HD-2026-0001', '--reason', '场地停用', '--following')).toContain(
      '已取消 2 场',
    )
    const states = await house.store.db.selectFrom('event_entry').select(['state', 'reason']).execute()
    expect(states).toEqual(Array(2).fill({ state: 'cancelled', reason: '场地停用' }))
  })

  test('takes nothing of a file with a mistake, and nothing for who may not', async () => {
    const path = join(folder, 'events.yaml')
    await writeFile(path, `${file}---\n${file.replace('16:00', '13:00')}`)
    expect(await events('import', path, '--as', '王强')).toMatch(/^exit 1: .*\n第 12 行：结束时间/)
    await writeFile(path, file)
    expect(await events('import', path, '--as', '张三')).toContain('您不能以这个单位的名义办活动')
    expect(await events('import', join(folder, 'nothing.yaml'), '--as', '王强')).toContain('无法读取')
    expect(await events('list', '--when', 'never')).toContain('upcoming, past, all')
    expect(await events('show', 'HD-2026-0009')).toContain('没有找到活动 HD-2026-0009')
    expect(await events('list')).toBe('没有活动。')
  })

  test('prints a file to begin with', async () => {
    const path = join(folder, 'template.yaml')
    await writeFile(path, await events('template', 'forum'))
    expect(await events('import', path, '--as', '吴主席', '--dry-run')).toContain('可导入 1 个活动')
    expect(await events('template', 'salon')).toContain('exit 1: 没有这种活动类型，可以是：forum')
  })
})
