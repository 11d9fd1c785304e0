import { afterEach, expect, test } from 'vitest'
import { createReminder } from '../../src/features/reminders/making/keep-reminder.ts'
import { whomLine } from '../../src/features/reminders/making/shown-back.ts'
import { wordsOf } from '../../src/features/reminders/records.ts'
import { setWorkingHours } from '../../src/timers/calendar/own-days.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type DutiesHouse, openDutiesHouse } from './duties-house.ts'

const textOf = (card: unknown) => JSON.stringify(card)

describeEachDatabase('what is said of reminders', (open) => {
  let house: DutiesHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const say = async (text: string) => (await house.type('王强', text))[0]
  const confirm = async (text: string) => {
    const card = await say(text)
    const button = card && buttonsOf(card).find(({ label }) => label === '确认')
    if (!button) throw new Error(`nothing to confirm: ${textOf(card)}`)
    return house.click('王强', button)
  }
  const kept = () =>
    house.store.db
      .selectFrom('reminder')
      .select(['state', 'next_at', 'time_zone'])
      .orderBy('number')
      .execute()

  test('the clock is that of the maker’s organisation, or the one that is named', async () => {
    house = await openDutiesHouse(open)
    expect(textOf(await say('每天上午九点提醒我看简报'))).not.toContain('Asia')
    await house.store.transaction((trx) =>
      setWorkingHours(trx, house.people.branch!, '09:00-18:00', 'Asia/Almaty'),
    )
    expect(textOf(await say('每天上午九点提醒我看简报'))).toContain('Asia/Almaty')
    expect(textOf(await say('每天北京时间上午九点提醒我看简报'))).not.toContain('Asia')
    expect(textOf(await say('每周五伦敦时间上午九点提醒我通话'))).toContain('英国时间，Europe/London')
    expect(textOf(await say('每天美国时间上午九点提醒我看简报'))).toContain('不能确定是哪个时区')
    const zones = (await kept()).map(({ time_zone }) => time_zone)
    expect(zones).toEqual(['Asia/Shanghai', 'Asia/Almaty', 'Asia/Shanghai', 'Europe/London'])
  })

  test('reminders are paused, resumed, skipped, moved and ended by words', async () => {
    house = await openDutiesHouse(open)
    await confirm('每月最后一个工作日上午九点提醒我交月报')
    expect(textOf(await say('暂停交月报的提醒'))).toContain('提醒已暂停')
    expect((await kept())[0]).toMatchObject({ state: 'paused', next_at: null })
    expect(textOf(await say('恢复 TX-2026-0001'))).toContain('提醒已恢复')
    expect((await kept())[0]!.next_at).toBe('2026-03-31T01:00:00.000Z')
    expect(textOf(await say('跳过一次 TX-2026-0001'))).toContain('已跳过')
    expect((await kept())[0]!.next_at).toBe('2026-04-30T01:00:00.000Z')
    expect(textOf(await say('TX-2026-0001 改到4月28日'))).toContain('已改到 2026-04-28 09:00')
    expect((await kept())[0]!.next_at).toBe('2026-04-28T01:00:00.000Z')
    // Not past the next one, not to what was not understood, and of none that there is not.
    expect(textOf(await say('TX-2026-0001 改到6月1日'))).toContain('请改到那之前')
    expect(textOf(await say('TX-2026-0001 改到有空的时候'))).toContain('请说明')
    expect(textOf(await say('结束写周报的提醒'))).toContain('没有找到')
    const [asked] = await house.type('王强', '结束 TX-2026-0001')
    expect((await kept())[0]!.state).toBe('active')
    await house.click('王强', buttonsOf(asked!)[0]!)
    expect((await kept())[0]!.state).toBe('ended')
    expect(textOf(await say('暂停 TX-2026-0001'))).toContain('已结束')
    // Whoever may not see it hears no more than that it is not there.
    expect(textOf((await house.type('外人', '结束 TX-2026-0001'))[0])).not.toContain('交月报')
  })

  test('what a feature made is told in each language, also where it was kept before it had two', async () => {
    house = await openDutiesHouse(open)
    const [row] = await house.store.transaction(async (trx) => {
      const doing = { by: null, now: house.time.now }
      const title = { 'zh-CN': '换届提醒', en: 'Election' }
      const draft = {
        title,
        organisation: house.people.branch!,
        owner: null,
        means: { type: 'know' as const },
      }
      const rule = { type: 'once' as const, at: '2026-03-31T09:00' }
      const made = await createReminder(
        trx,
        { ...draft, rule, targets: [], origin: 'founding.step:c:0' },
        doing,
      )
      return [made.row]
    })
    expect(textOf((await house.type('王强', row!.number))[0])).toContain('由筹建计划生成')
    expect(wordsOf(row!, 'en').title).toBe('Election')
    expect(wordsOf({ ...row!, texts: '{}' }, 'en').title).toBe('换届提醒')
  })

  test('five thousand targets are kept and shown with ten names', async () => {
    house = await openDutiesHouse(open)
    const card = await house.store.transaction(async (trx) => {
      const targets = Array.from({ length: 5_000 }, (_, at) => ({
        kind: 'chat' as const,
        chat: { ...branchGroup, chat: `群${at}` },
      }))
      const draft = {
        title: '@所有人 开会',
        organisation: null,
        owner: null,
        means: { type: 'know' as const },
      }
      const rule = { type: 'once' as const, at: '2026-03-31T09:00' }
      const made = await createReminder(trx, { ...draft, rule, targets }, { by: null, now: house.time.now })
      expect(made.targets).toHaveLength(5_000)
      return whomLine(trx, { targets: made.targets, each: true }, { now: house.time.now, language: 'zh-CN' })
    })
    expect(card).toContain('另有 4990 个对象')
  })
})
