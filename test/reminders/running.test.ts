import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup } from './duties-house.ts'
import { at, openRunning, said } from './running-house.ts'

describeEachDatabase('reminders that are due', (open) => {
  test('are sent once, at their time, to everybody who is meant; the next time waits', async () => {
    const { house, make, goTo, runs, items, row } = await openRunning(open)
    const { people } = house
    const weekly = await make({
      rule: { type: 'rrule', rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2026-03-03T09:00', onDayOff: 'send' },
      targets: [
        { kind: 'role', role: 'staff', organisation: people.branch!, below: true },
        { kind: 'person', person: people.孙工! },
        { kind: 'person', person: people.李梅! },
      ],
    })
    const group = await make({
      rule: { type: 'once', at: '2026-03-03T09:00' },
      targets: [{ kind: 'chat', chat: branchGroup }],
      each: false,
    })
    const each = await make({
      rule: { type: 'once', at: '2026-03-03T09:00' },
      targets: [{ kind: 'chat', chat: branchGroup }],
    })
    await goTo('2026-03-03T08:59')
    expect(await items(weekly.row.id)).toEqual([])
    await goTo('2026-03-03T09:00')
    await house.settle()
    expect(said(await runs(weekly.row.id))).toEqual(['2026-03-03T01:00 sent'])
    const told = (await items(weekly.row.id)).map(({ person }) => person)
    const wanted = ['张三', '陈晨', '孙工', '褚工', '卫工', '李梅'].map((name) => people[name]!)
    expect(told.toSorted()).toEqual(wanted.toSorted())
    expect(await items(group.row.id)).toMatchObject([
      { person: null, chat: JSON.stringify(branchGroup), state: 'open' },
    ])
    const inGroup = await items(each.row.id)
    expect(inGroup.map(({ person }) => person)).toContain(people.王强)
    expect(inGroup.map(({ person }) => person)).not.toContain(people.孙工)
    expect(new Set(inGroup.map(({ chat }) => chat))).toEqual(new Set([JSON.stringify(branchGroup)]))
    expect(inGroup[0]!.number).toMatch(/^DB-2026-\d{6}$/)
    expect(await row(weekly.row.id)).toMatchObject({
      state: 'active',
      next_at: at('2026-03-10T09:00').toISOString(),
    })
    expect(await row(group.row.id)).toMatchObject({
      state: 'ended',
      reason: 'reminders:times-over',
      next_key: null,
    })
    // Whoever left is nobody.
    await house.store.transaction((trx) =>
      trx
        .updateTable('membership')
        .set({ until_day: '2026-03-05' })
        .where('person', '=', people.张三!)
        .execute(),
    )
    await goTo('2026-03-10T09:00')
    expect(await items(weekly.row.id)).toHaveLength(11)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('after a downtime: of several that were missed the last, late; none that is of no use any more', async () => {
    const { house, make, goTo, runs, row } = await openRunning(open)
    const daily = (time: string) => ({
      ...{
        type: 'rrule' as const,
        rrule: 'FREQ=DAILY',
        from: `2026-03-02T${time}`,
        onDayOff: 'send' as const,
      },
    })
    const several = await make({ rule: daily('10:00') })
    const useless = await make({ rule: daily('10:00'), usefulFor: 60 })
    const soon = await make({ rule: daily('15:55') })
    const hourly = await make({
      rule: { type: 'rrule', rrule: 'FREQ=HOURLY', from: '2026-03-02T10:00', onDayOff: 'send' },
    })
    await goTo('2026-03-04T16:00')
    expect(said(await runs(several.row.id))).toEqual([
      ...['2026-03-02T02:00 missed', '2026-03-03T02:00 missed', '2026-03-04T02:00 sent late'],
    ])
    expect(said(await runs(useless.row.id)).at(-1)).toBe('2026-03-04T02:00 missed')
    expect(said(await runs(soon.row.id)).at(-1)).toBe('2026-03-04T07:55 sent')
    const all = await runs(hourly.row.id)
    expect(all.filter(({ outcome }) => outcome === 'sent')).toHaveLength(1)
    expect(said(all).at(-1)).toBe('2026-03-04T08:00 sent')
    // The slot after it is not used up, nor shifted.
    for (const { row: made } of [several, useless]) {
      expect((await row(made.id)).next_at).toBe(at('2026-03-05T10:00').toISOString())
    }
    expect((await row(hourly.row.id)).next_at).toBe(at('2026-03-04T17:00').toISOString())
    const history = await house.store.db
      .selectFrom('reminder_history')
      .select('data')
      .where('reminder', '=', useless.row.id)
      .where('what', '=', 'missed')
      .execute()
    expect(history).toHaveLength(3)
    expect(house.errors).toEqual([])
    await house.stop()
  })

  test('clocks that step back and forth send nothing early and nothing twice', async () => {
    const { house, make, goTo, runs } = await openRunning(open)
    const one = await make({
      rule: { type: 'rrule', rrule: 'FREQ=DAILY', from: '2026-03-03T09:00', onDayOff: 'send' },
    })
    for (const step of ['03T08:59', '03T09:00', '03T08:30', '03T09:10', '02T23:00', '04T08:59', '04T09:01']) {
      await goTo(`2026-03-${step}`)
    }
    expect(said(await runs(one.row.id))).toEqual(['2026-03-03T01:00 sent', '2026-03-04T01:00 sent'])
    await house.stop()
  })
})
