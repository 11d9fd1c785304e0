import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { OnlineTables } from '../../src/chat/online-tables.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import { createPushes } from '../../src/features/pushes/pushes-feature.ts'
import { openTables } from '../../src/open-tables.ts'
import { openCampaignHouse } from '../campaigns/campaign-house.ts'
import { accountOf, platform, privateChat } from '../fakes/chat-people.ts'
import { fakeClick, fakeTurn } from '../fakes/fake-turn.ts'
import { describeEachDatabase } from '../store/each-database.ts'

describeEachDatabase('what is asked to be pushed', (open) => {
  test('by its name, for whom its export is; nowhere without a platform that has tables', async () => {
    const { store, submissions, campaigns, time } = await openCampaignHouse(open)
    const online = {
      ...{ platform, limits: { rows: 20_000, batch: 500, columns: 300, text: 100_000 } },
      baseIn: (link: string) => /\/base\/(\w+)$/.exec(link)?.[1] ?? null,
    } as OnlineTables
    const there = [online]
    // Registrations are tried with the events themselves.
    const events = { store, sealer: submissions.sealer } as EventsContext
    const tables = openTables({ submissions, events, campaigns, knowledgeDir: 'knowledge' })
    const context = { store, tables, onlineTables: () => there, wakeWorkers() {} }
    const { commands, actions } = createPushes(context)
    const say = async (user: string, text: string): Promise<string> => {
      const shown: Card[] = []
      const message = {
        ...{ id: text, type: 'message' as const, account: accountOf(user), conversation: privateChat(user) },
        ...{ text, files: [], at: time.now, language: 'zh-CN' as const, group: false },
      } as unknown as Parameters<typeof fakeTurn>[1]
      const turn = fakeTurn(store, message, (card) => shown.push(card))
      for (const command of commands) {
        if (!command.pattern?.test(text) || !(await command.fits?.(turn))) continue
        await command.run(turn)
        return JSON.stringify(shown)
      }
      return ''
    }
    const asked = () => store.db.selectFrom('push').selectAll().orderBy('source').execute()

    expect(await say('吴主席', '推送到多维表格怎么用？')).toBe('')
    expect(await say('吴主席', '推送到多维表格')).toContain('可推送的表：台账、专家库')
    for (const name of ['台账', '服务载体', '组织']) {
      expect(await say('吴主席', `推送到多维表格 ${name}`)).toContain('完成后会通知您')
    }
    expect(await say('吴主席', '推送到多维表格 台账 https://a.example/wiki/x')).toContain('/base/')
    expect(await say('吴主席', '推送到多维表格 台账 https://a.example/base/theirs')).toContain('正在推送')
    expect(await say('吴主席', '推送到多维表格 花名册')).toContain('没有找到“花名册”')
    expect(await say('吴主席', '推送到多维表格 SJ-2026-9999')).toContain('refusal')
    const made = await asked()
    expect(made.map(({ source, base, asked: times }) => [source, base, times])).toEqual([
      ['carriers', '', 1],
      ['ledger', 'theirs', 2],
      ['organisations', '', 1],
    ])
    // Who may export nothing pushes nothing, and a guest is told to link an account.
    expect(await say('张三', '推送到多维表格 台账')).toContain('refusal')
    expect(await say('路人', '推送到多维表格 台账')).toContain('关联')
    expect(await asked()).toHaveLength(3)
    // What each of them opens can be read as tables with keys.
    for (const table of tables.filter(({ number }) => number === null).slice(2)) {
      const person = made[0]!.person
      const opened = await table.open({ record: '', person, language: 'en', now: time.now })
      expect(opened.sheets.length, table.name).toBeGreaterThan(0)
      expect(opened.keys.flat().every((key) => key >= 0)).toBe(true)
    }

    const press = (user: string, name: string, value: Record<string, string>) =>
      fakeClick(
        store,
        { account: accountOf(user), action: `pushes.${name}`, value, language: 'zh-CN' } as never,
        time.now,
        actions[name]!,
      )
    const push = made[1]!.id
    expect(await press('吴主席', 'daily', { push, daily: 'on' })).toMatchObject({
      toast: expect.stringContaining('每天凌晨'),
    })
    await press('吴主席', 'new-base', { push })
    expect((await asked())[1]).toMatchObject({ base: '', given: 0, daily: 1, asked: 3 })
    expect(await say('吴主席', '停止每日推送 台账')).toContain('每日推送')
    expect((await asked())[1]).toMatchObject({ daily: 0 })
    await expect(press('张三', 'again', { push })).rejects.toThrow('pushes:gone')

    there.length = 0
    expect(await say('吴主席', '推送到多维表格 台账')).toContain('未接入飞书')
  })
})
