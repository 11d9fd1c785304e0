import { afterEach, describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import { findEvent } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

/** What a form of a lecture needs beside what its kind fills in: Friday 13 March, 14:00 to 16:00. */
const lecture = { title: '机器人讲座', day: '3月13日', from: '下午2点', until: '16:00', place: '三楼报告厅' }

const textOf = (card: Card | undefined) => JSON.stringify(card)

/** What is wrong, and where it is said: the form decides it, so the other database is asked once. */
const refusals: [string, Record<string, string>, string, string][] = [
  ['an end before the beginning', { until: '13:00' }, 'until', '结束时间须晚于开始时间。'],
  ['the past', { day: '2026-03-01' }, 'day', '这个时间已经过去了'],
  ['a year that is a slip', { day: '2126-03-13' }, 'day', '三年'],
  ['a zone that is none', { zone: '东八区' }, 'zone', '没有“东八区”这个时区'],
  ['a link that is none', { link: 'javascript:alert(1)' }, 'link', '完整的网址'],
  ['a capacity of 0', { capacity: '0' }, 'capacity', '不能小于 1'],
  ['half a seat', { capacity: '2.5' }, 'capacity', '1 到 100000 之间的整数'],
  ['more reserved than there is', { capacity: '5', reserved: '铸造车间：6' }, 'reserved', '超过了总名额 5'],
  ['reserved without a limit', { capacity: '', reserved: '铸造车间：6' }, 'reserved', '请先填写名额'],
  ['reserved for nobody', { reserved: '火星分公司：6' }, 'reserved', '没有找到单位“火星分公司”'],
  ['an organisation that is none', { audience: '一分公司、乌有' }, 'audience', '没有找到单位“乌有”'],
  ['closing after the end', { closesDay: '3月14日' }, 'closesDay', '不能晚于活动结束时间'],
  ['opening after closing', { opensDay: '3月12日', closesDay: '3月11日' }, 'opensDay', '须早于报名截止'],
  ['a time without its day', { opensTime: '9:00' }, 'opensTime', '请同时填写报名开始日期'],
  ['a reminder that is none', { reminders: '马上' }, 'reminders', '没有看懂“马上”'],
  ['a question twice', { questions: '论文\n论文' }, 'questions', '写了两次'],
  ['a title of 10,000 characters', { title: '长'.repeat(10_000) }, 'title', '不超过 100 字'],
  ['a title that cannot be seen', { title: '\u200b\u202e' }, 'title', '请填写'],
  ['another organisation', { organisation: '二分公司' }, 'organisation', '没有找到单位'],
]

describeEachDatabase('making an event', (open, dialect) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const begin = (user: string, kind = 'lecture') =>
    house.click(user, { action: 'events.begin', value: { kind } })
  const rows = () => house.store.db.selectFrom('event_entry').selectAll().orderBy('starts_at').execute()

  /** Makes a draft, and gives the card that shows it. */
  const make = async (user: string, values: Record<string, string | string[]> = {}, kind = 'lecture') => {
    let summary: FormView | undefined
    await house.fillIn(user, await begin(user, kind), { ...lecture, ...values }, undefined, (view) => {
      summary = view
    })
    await house.settle()
    return { card: house.cardsOf(user).at(-1)!, summary: summary! }
  }

  test('by a form: a draft, its preview, published, seen', async () => {
    house = await openEventsHouse(open)
    const [which] = await house.type('王强', '办活动')
    expect(buttonsOf(which!).map(({ label }) => label)).toContain('学术论坛')
    const [one] = await house.type('王强', '办一场讲座')
    await house.click('王强', buttonOf(one, '开始填写讲座'))
    const { card, summary } = await make('王强', {
      questions: '论文题目*\n报告形式：口头/张贴\n需要住宿？是/否',
    })
    expect(summary.intro.join()).toContain('报名时将问 3 个问题')
    const [row] = await rows()
    expect(row).toMatchObject({
      ...{ number: 'HD-2026-0001', kind: 'lecture', title: '机器人讲座', state: 'draft' },
      ...{ starts_at: '2026-03-13T06:00:00.000Z', ends_at: '2026-03-13T08:00:00.000Z' },
      ...{ time_zone: 'Asia/Shanghai', organisation: house.people.branch, capacity: 100 },
      // A day before the beginning, as lectures have it.
      ...{ cancel_until: '2026-03-12T06:00:00.000Z', reminders: '[1440,60]', created_by: house.people.王强 },
    })
    expect((await findEvent(house.store.db, 'HD-2026-0001'))?.questions.map(({ type }) => type)).toEqual([
      ...['text', 'select', 'checkbox'],
    ])
    expect(textOf(card)).toContain('预览')
    expect(textOf(card)).toContain('三楼报告厅')
    const published = await house.click('王强', buttonOf(card, '发布'))
    expect(published.toast).toBe('已发布 1 场活动。')
    expect((await rows())[0]?.state).toBe('published')
    // The old button says what became of it.
    await expect(house.click('王强', buttonOf(card, '发布'))).rejects.toThrow('is-published')
  })

  test.each(refusals.slice(0, dialect === 'sqlite' ? refusals.length : 1))(
    '%s is refused at its field',
    async (_, values, field, words) => {
      house = await openEventsHouse(open)
      await expect(make('王强', values)).rejects.toThrow(new RegExp(`${field}: .*${words}`))
      expect(await rows()).toEqual([])
    },
  )

  test('a kind may have a ceiling', async () => {
    house = await openEventsHouse(open)
    await expect(make('王强', { capacity: '101' }, 'open-day')).rejects.toThrow(
      'capacity: 这类活动不能超过 100 个名额',
    )
  })

  test('step by step it comes to the same', async () => {
    house = await openEventsHouse(open, { showsForms: false })
    await begin('李梅')
    await house.settle()
    const answers: Record<string, string> = { ...lecture, description: '跳过', organisation: '一分公司' }
    for (let turns = 0; turns < 60; turns += 1) {
      const card = house.cardsOf('李梅').at(-1)
      if (textOf(card).includes('预览')) break
      const asked = Object.entries({
        ...{
          活动名称: answers.title,
          日期: answers.day,
          开始时间: answers.from,
          结束时间: answers.until,
          地点: answers.place,
        },
      }).find(([label]) => textOf(card).includes(`"${label}`))
      const isSummary = buttonsOf(card!).some(({ value }) => value.word === 'submit')
      await house.type('李梅', isSummary ? '提交' : (asked?.[1] ?? '跳过'))
    }
    expect((await rows())[0]).toMatchObject({ title: '机器人讲座', starts_at: '2026-03-13T06:00:00.000Z' })
  })

  test('who may not make events is told so, and nobody opens another’s', async () => {
    house = await openEventsHouse(open)
    expect(textOf((await house.type('张三', '办活动'))[0])).toContain('没有办活动的权限')
    await expect(begin('张三')).rejects.toThrow('making:refused.not-maker')
    await expect(begin('路人')).rejects.toThrow('making:refused.sign-in')
    const { card } = await make('王强')
    for (const user of ['张三', '外人', '路人', '孙工']) {
      for (const label of ['发布', '修改', '删除草稿']) {
        await expect(house.click(user, buttonOf(card, label))).rejects.toThrow('not-organiser')
      }
      expect(textOf((await house.type(user, '管理活动 HD-2026-0001'))[0])).toContain('没有找到活动')
    }
    // 吴主席 stands above.
    expect(textOf((await house.type('吴主席', '管理活动 hd-2026-1'))[0])).toContain('预览')
  })

  test('what is typed is text and stays text', async () => {
    house = await openEventsHouse(open)
    const title = '<b>{{title}}</b> $t(x) [a](http://b) *粗*'
    const { card } = await make('王强', { title, description: '<script>alert(1)</script>' })
    expect(card.title).toContain(title)
    expect((await rows())[0]?.title).toBe(title)
  })

  describe('a series', () => {
    test('that shares registrations is published as a whole', async () => {
      house = await openEventsHouse(open)
      const { card, summary } = await make('王强', { repeat: 'weekly', times: '3', shared: 'yes' })
      expect(summary.intro.join()).toContain('共 3 场')
      const made = await rows()
      expect(made.map(({ starts_at }) => starts_at.slice(0, 10))).toEqual([
        '2026-03-13',
        '2026-03-20',
        '2026-03-27',
      ])
      expect(made.map(({ closes_at }) => closes_at.slice(0, 10))).toEqual([
        '2026-03-13',
        '2026-03-20',
        '2026-03-27',
      ])
      expect(made.map(({ registers_with }) => registers_with)).toEqual([null, made[0]!.id, made[0]!.id])
      await expect(
        house.click('王强', { action: 'events.publish', value: { event: made[1]!.id } }),
      ).rejects.toThrow('lead-first')
      await house.click('王强', buttonOf(card, '发布全部 3 场'))
      expect((await rows()).map(({ state }) => state)).toEqual(['published', 'published', 'published'])
    })

    test('of working days goes by the calendar, and may be dropped', async () => {
      house = await openEventsHouse(open)
      const { card } = await make('王强', { day: '2026-04-02', repeat: 'workdays', lastDay: '2026-04-08' })
      expect((await rows()).map(({ starts_at }) => starts_at.slice(8, 10))).toEqual(['02', '03', '07', '08'])
      await house.click('王强', buttonOf(card, '删除全部 4 份草稿'))
      expect(await rows()).toEqual([])
      expect(await house.store.db.selectFrom('event_series').selectAll().execute()).toEqual([])
    })

    test.each([
      [{ repeat: 'list', days: '3月20日\n某天' }, /days: “某天”不是日期/],
      [{ repeat: 'list', days: '3月12日' }, /days: 其他场次不能早于第一场/],
      [{ repeat: 'weekly' }, /times: 请填写共几场/],
      [{ repeat: 'weekly', times: '61' }, /times: 不能大于 60/],
    ])('%j is refused', async (values, words) => {
      house = await openEventsHouse(open)
      await expect(make('王强', values)).rejects.toThrow(words)
    })
  })

  test('a copy asks for its time and takes the rest over', async () => {
    house = await openEventsHouse(open)
    const { card } = await make('王强', {
      ...{ questions: '论文题目*', reserved: '铸造车间：6', closesDay: '3月12日', closesTime: '17:00' },
    })
    await house.click('王强', buttonOf(card, '发布'))
    const [deed] = await house.type('王强', '复制活动 HD-2026-0001')
    const opened = await house.click('王强', buttonOf(deed, '复制活动'))
    expect(opened.form?.fields.map(({ name, value }) => [name, value])).toContainEqual(['from', '14:00'])
    await expect(house.fillIn('王强', opened, { day: '3月1日', until: '13:00' })).rejects.toThrow('until')
    await house.fillIn('王强', { form: opened.form! }, { day: '2026-03-20' })
    const [first, copy] = await rows()
    expect(copy).toMatchObject({
      ...{ number: 'HD-2026-0002', state: 'draft', starts_at: '2026-03-20T06:00:00.000Z' },
      ...{ closes_at: '2026-03-19T09:00:00.000Z', copied_from: first!.id, questions: first!.questions },
    })
    const reserves = await house.store.db
      .selectFrom('event_reserve')
      .selectAll()
      .where('event', '=', copy!.id)
      .execute()
    expect(reserves).toEqual([{ event: copy!.id, organisation: house.people.workshop, seats: 6 }])
  })

  test('an event that ended is over, once, and a moved end moves that', async () => {
    house = await openEventsHouse(open)
    const { card } = await make('王强')
    await house.click('王强', buttonOf(card, '发布'))
    await house.waitUntil('2026-03-13T07:59:00Z')
    expect((await rows())[0]?.state).toBe('published')
    await house.waitUntil('2026-03-13T08:00:01Z')
    expect((await rows())[0]?.state).toBe('over')
    await expect(house.click('王强', buttonOf(card, '修改'))).rejects.toThrow('is-over')
  })

  test('drafts and next events are among what is one’s own', async () => {
    house = await openEventsHouse(open)
    const { card } = await make('王强')
    await make('王强', { title: '第二讲', day: '3月20日' })
    await house.click('王强', buttonOf(card, '发布'))
    const account = { platform: 'chat', installation: 't', user: '王强' }
    const whose = {
      db: house.store.db,
      account,
      person: house.people.王强!,
      language: 'zh-CN' as const,
      now: house.time.now,
    }
    const mine = (await house.feature.mine(whose)).filter(({ more }) => more === '我办的活动')
    expect(mine.map(({ kind, count }) => [kind, count])).toEqual([
      ['unfinished', 1],
      ['own', 1],
    ])
    expect(textOf((await house.type('王强', '我办的活动'))[0])).toContain('第二讲')
    expect(await house.feature.mine({ ...whose, person: house.people.张三! })).toEqual([])
  })
})
