import { afterEach, beforeEach, expect, test } from 'vitest'
import { createReminder } from '../../src/features/reminders/making/keep-reminder.ts'
import { readRows } from '../../src/spreadsheets/read-rows.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addOrganisation, type ConsoleHouse, enterConsole, openHouse } from './console-house.ts'

describeEachDatabase('reminders in the console', (open) => {
  let house: ConsoleHouse
  beforeEach(async () => {
    house = await openHouse(open)
  })
  afterEach(async () => {
    await house.bot.stop()
    expect(house.bot.errors).toEqual([])
  })

  test('are listed, narrowed, shown with runs, items and history, and pressed', async () => {
    const { admin, store } = house
    const branch = await addOrganisation(house, '一分公司')
    const me = await store.db.selectFrom('person').select(['id', 'name']).executeTakeFirstOrThrow()
    let page = await admin.open('/console/reminders')
    expect(page.text).toContain('没有符合条件的提醒')
    const make = (title: string, owner: string | null, at = '2026-03-31T09:00') =>
      store.transaction((trx) =>
        createReminder(
          trx,
          {
            ...{ title, organisation: branch, owner, rule: { type: 'once', at }, means: { type: 'know' } },
            targets: [{ kind: 'role', role: 'liaison', organisation: branch, below: false }],
          },
          { by: owner, now: house.time.now },
        ),
      )
    const { row } = await make('<i>交记录</i>', me.id)
    await make('开会', null)
    const over = (await make('已过的事', me.id, '2026-02-01T09:00')).row
    const at = '2026-03-02T01:00:00.000Z'
    const problem = 'reminding:target.no-holder'
    await store.transaction(async (trx) => {
      await trx
        .updateTable('reminder_target')
        .set({ problem, problem_since: at })
        .where('reminder', '=', row.id)
        .execute()
      const entry = { reminder: row.id, item: null, by: null, at }
      await trx
        .insertInto('reminder_history')
        .values([
          { ...entry, id: 'm', what: 'missed', data: JSON.stringify({ at }) },
          { ...entry, id: 'u', what: 'unreachable', data: JSON.stringify({ position: '0', problem }) },
        ])
        .execute()
      await trx
        .insertInto('reminder_run')
        .values({
          ...{ id: `${row.id}@1`, reminder: row.id, key: '1', due_at: at, ran_at: at },
          ...{ outcome: 'sent', late: 1 },
        })
        .execute()
      await trx
        .insertInto('reminder_item')
        .values({
          ...{ id: 'i', number: 'DB-2026-000001', reminder: row.id, run: `${row.id}@1`, position: 0 },
          ...{ person: me.id, chat: null, state: 'open', opened_at: at, told_at: null, step: 0 },
          ...{ snoozed_until: null, closed_at: null, closed_by: null, note: '', handed_to: null },
        })
        .execute()
    })

    page = await admin.open('/console/reminders')
    expect(page.text).toContain('TX-2026-0001')
    expect(page.html).not.toContain('<i>交记录')
    expect(page.text).toContain('目前没有能收到消息的人')
    expect(page.html).not.toContain('{{')
    expect(page.text).toContain(`1 项 ${me.name}`)
    const kept = await make('逾期催办', null)
    await store.transaction((trx) =>
      trx.updateTable('reminder').set({ origin: 'plan.item-late:1' }).where('id', '=', kept.row.id).execute(),
    )
    const listed = async (query: string) =>
      [...(await admin.open(`/console/reminders?${query}`)).text.matchAll(/TX-2026-(\d{4})/g)].map(
        ([, number]) => Number(number),
      )
    expect(await listed('only=problem')).toEqual([1])
    expect(await listed('only=open')).toEqual([1])
    expect(await listed('owner=me')).toEqual([1, 3])
    expect(await listed('state=ended')).toEqual([3])
    expect(await listed(`q=${encodeURIComponent('开会')}`)).toEqual([2])
    expect(await listed('q=tx-2026-0002')).toEqual([2])
    // What other features keep would hide what people made.
    expect(await listed('')).toEqual([1, 2, 3])
    expect(await listed('source=plan')).toEqual([4])
    expect(await listed('source=liaison')).toEqual([])
    expect(await listed('source=all')).toEqual([1, 2, 4, 3])
    expect((await admin.open('/console/reminders?source=kept')).text).toContain('由年度计划生成')
    expect(await listed('q=%25')).toEqual([])
    expect(await listed(`organisation=${house.root}`)).toEqual([])
    expect((await admin.open('/console/reminders?organisation=none')).status).toBe(404)

    const file = await fetch(new URL('/console/reminders/export?only=open', admin.address), {
      headers: { ...admin.headers, Cookie: admin.cookie },
    })
    const written: (readonly unknown[])[] = []
    for await (const { cells } of readRows(new Uint8Array(await file.arrayBuffer()))) written.push(cells)
    expect(written.map((cells) => [...cells.slice(0, 3), ...cells.slice(6)])).toEqual([
      ['编号', '提醒', '单位', '未确认项数', '未确认人员', '对象问题'],
      ['TX-2026-0001', '<i>交记录</i>', '一分公司', 1, me.name, '目前没有能收到消息的人'],
    ])
    page = await admin.open(`/console/reminders/${row.id}`)
    for (const said of [
      '2026-03-02 09:00 应发的一次已错过，未补发',
      '提醒对象收不到：目前没有能收到消息的人',
      '已发出（迟发）',
      'DB-2026-000001',
    ]) {
      expect(page.text).toContain(said)
    }
    expect(page.html).not.toContain('{{')
    const press = (action: string, id = row.id) =>
      admin.submit(`/console/reminders/${id}/press`, {
        ...{ action: `reminders.${action}`, value: JSON.stringify({ reminder: id }) },
      })
    expect((await press('pause')).text).toContain('提醒已暂停')
    expect((await admin.open(`/console/reminders/${row.id}`)).text).toContain('已暂停')
    expect((await press('pause')).status).toBe(422)
    expect((await press('resume')).text).toContain('提醒已恢复')
    // Ending cannot be taken back: it is asked once more, and only the second press ends.
    const stateOf = (id: string) =>
      store.db.selectFrom('reminder').select('state').where('id', '=', id).executeTakeFirstOrThrow()
    page = await press('end')
    expect(page.text).toContain('确定结束')
    expect(await stateOf(row.id)).toEqual({ state: 'active' })
    const [, action = '', value = ''] =
      /name="action" value="([^"]*)"><input type="hidden" name="value" value="([^"]*)"><button[^>]*>确定结束/.exec(
        page.html,
      ) ?? []
    const sure = { action, value: value.replaceAll('&quot;', '"') }
    expect((await admin.submit(`/console/reminders/${row.id}/press`, sure)).text).toContain('已结束')
    expect(await stateOf(row.id)).toEqual({ state: 'ended' })
    page = await admin.open(`/console/reminders/${over.id}`)
    expect(page.text).toContain('已结束 · 设定的时间已全部过去')
    expect((await press('change', over.id)).text).toContain('可以照此新建一条')
    expect((await press('copy', over.id)).html).toContain('已过的事（副本）')
    expect((await admin.open('/console/reminders/none')).status).toBe(404)
    expect((await admin.open('/console/reminders/new')).text).toContain('新建提醒')
    page = await admin.open(`/console/reminders/${row.id}?language=en`)
    expect(page.html).not.toMatch(/duty-pages:|reminders:[a-z]|\{\{/)

    const other = await addOrganisation(house, '二分公司')
    const cadre = await enterConsole(house, { name: '钱进', role: 'cadre', organisation: other })
    expect((await cadre.open('/console/reminders')).text).not.toContain('TX-2026-')
    expect((await cadre.open(`/console/reminders/${row.id}`)).status).toBe(404)
  })
})
