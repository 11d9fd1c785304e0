import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, textOf } from './registered.ts'

describeEachDatabase('whoever asks for events', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const later = (days: number) => ({
    startsAt: new Date(Date.parse('2026-03-13T06:00:00Z') + days * 86_400_000),
    endsAt: new Date(Date.parse('2026-03-13T08:00:00Z') + days * 86_400_000),
  })

  test('gets what is to come, page after page, and opens one', async () => {
    house = await openEventsHouse(open)
    for (let at = 0; at < 8; at += 1) await house.event({ title: `第${at}讲`, ...later(at) })
    const [card] = await house.type('张三', '近期活动')
    expect(card!.title).toBe('近期活动')
    expect(textOf([card!])).toContain('第5讲')
    expect(textOf([card!])).not.toContain('第6讲')
    const { replace } = await house.click('张三', buttonOf(card, '更多'))
    expect(textOf([replace!])).toContain('第7讲')
    expect(buttonsOf(replace!).some(({ label }) => label === '更多')).toBe(false)
    const { beside } = await house.click('张三', buttonOf(replace, '查看详情'))
    expect(beside!.title).toBe('HD-2026-0007 第6讲')
    expect(buttonsOf(beside!).map(({ label }) => label)).toEqual(['报名'])
  })

  test('by kind, by time and by words', async () => {
    house = await openEventsHouse(open)
    await house.event({ title: '机器人应用', description: '' })
    await house.event({ title: '焊接实操', kind: 'training', description: '', ...later(7) })
    expect(textOf(await house.type('张三', '近期培训'))).toContain('焊接实操')
    expect(textOf(await house.type('张三', '近期培训'))).not.toContain('机器人')
    expect(textOf(await house.type('张三', '下周的讲座'))).toContain('机器人应用')
    expect(textOf(await house.type('张三', '关于焊接的活动'))).toContain('焊接实操')
    expect(textOf(await house.type('张三', '关于航天的活动'))).toContain('没有找到符合的活动')
    expect(textOf(await house.type('张三', 'hd-2026-0002'))).toContain('焊接实操')
    expect(textOf(await house.type('张三', 'HD-2026-0009'))).toContain('没有找到这项活动')
  })

  test('in free words reaches the one that fits, and no other question is taken', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ title: '机器人应用', description: '' })
    await house.event({ title: '焊接实操', kind: 'training', description: '', ...later(7) })
    const found = async (said: string) => (await house.type('张三', said)).map(({ title }) => title)
    expect(await found('下周五的讲座在哪？')).toEqual(['HD-2026-0001 机器人应用'])
    expect(await found('机器人讲座几点开始')).toEqual(['HD-2026-0001 机器人应用'])
    expect(await found('焊接培训什么时候')).toEqual(['HD-2026-0002 焊接实操'])
    // The answer to any other question has no title here.
    for (const said of ['讲座在哪', '培训经费在哪列支', '科普活动什么时候算学时', '学习时间怎么认定']) {
      expect([said, await found(said)]).toEqual([said, [undefined]])
    }
    // Whoever is registered for one lecture means that one.
    await registered(house, event, '张三')
    expect(await found('讲座在哪')).toEqual(['HD-2026-0001 机器人应用'])
  })

  test('one’s own, and what waits to be answered, stand on 我的报名 and 我的', async () => {
    house = await openEventsHouse(open)
    expect(textOf(await house.type('张三', '我的报名'))).toContain('您目前没有报名的活动')
    const first = await house.event({ title: '第一讲' })
    const second = await house.event({ title: '第二讲', ...later(1) })
    const third = await house.event({ title: '第三讲', ...later(2) })
    await registered(house, first, '张三')
    const offer_until = '2026-03-05T01:00:00.000Z'
    await registered(house, second, '张三', { state: 'offered', offer_until })
    await registered(house, third, '张三')
    await house.store.transaction((trx) =>
      trx.updateTable('event_entry').set({ arrangement: 1 }).where('id', '=', third.row.id).execute(),
    )
    const [card] = await house.type('张三', '我的报名')
    expect(card!.blocks.flatMap((block) => (block.type === 'note' ? [block.text] : []))).toEqual([
      '报名成功 · 3月13日（周五）14:00–16:00 · 三楼报告厅',
      '有名额，待确认 · 3月14日（周六）14:00–16:00 · 三楼报告厅',
      '时间或地点有变，请再次确认 · 3月15日（周日）14:00–16:00 · 三楼报告厅',
    ])
    const { people, store, time } = house
    const mine = await house.feature.mine({
      ...{ db: store.db, account: { platform: 'chat', installation: 't', user: '张三' }, now: time.now },
      ...{ person: people.张三!, language: 'zh-CN' },
    })
    expect(mine.map(({ kind, title, count }) => [kind, title, count])).toEqual([
      ['to-do', '待您答复的名额', 1],
      ['to-do', '待您再次确认的活动', 1],
      ['own', '我报名的活动', 3],
    ])
    expect(mine[0]!.items[0]!.buttons.map(({ action }) => action)).toEqual([
      'events.accept-offer',
      'events.decline-offer',
    ])
    expect(mine[1]!.items[0]!.buttons[0]!.action).toBe('events.confirm-again')
  })

  test('who registered, only organisers learn', async () => {
    house = await openEventsHouse(open)
    const question = { name: 'paper', label: '论文题目', type: 'text' as const, required: true, options: [] }
    const event = await house.event({ questions: [question] })
    for (const [at, name] of ['张三', '陈晨', '孙工'].entries()) {
      await registered(house, event, name, {
        ...{ answers: JSON.stringify({ paper: `题目${at}` }), guests: at },
        ...(at === 2 ? { state: 'waiting' as const } : {}),
      })
    }
    const [card] = await house.type('吴主席', '谁报了名 HD-2026-0001')
    expect(textOf([card!])).toContain('已确认 2 人（另有随行 1 人），候补 1 人')
    expect(textOf([card!])).toContain('陈晨（一分公司） · 报名成功 · 随行 1 人 · 论文题目：题目1')
    const { replace } = await house.click('吴主席', buttonOf(card, '候补名单'))
    expect(textOf([replace!])).toContain('孙工')
    expect(textOf([replace!])).not.toContain('陈晨')
    // The only event that there is needs no number.
    expect(textOf(await house.type('吴主席', '候补名单'))).toContain('孙工')
    await house.waitUntil('2026-03-13T07:00:00Z')
    expect(textOf(await house.type('吴主席', '谁没来 HD-2026-0001'))).toContain('张三')
    for (const said of ['谁报了名 HD-2026-0001', '谁报了名 HD-2026-0007']) {
      expect(textOf(await house.type('张三', said))).toContain('没有找到由您管理的这项活动')
    }
    await expect(
      house.click('张三', { action: 'events.people', value: { event: event.row.id } }),
    ).rejects.toThrow('announcing:refused.no-event')
  })

  test('says in words what to register for, and gets the one event that fits', async () => {
    house = await openEventsHouse(open)
    await house.event({ title: '工业机器人应用讲座' })
    await house.event({ title: '电气安全讲座', description: '介绍低压电气的安全要求。' })
    const [card] = await house.type('张三', '我要报名机器人讲座')
    expect(card!.title).toBe('HD-2026-0001 工业机器人应用讲座')
    expect(buttonsOf(card!).map(({ label }) => label)).toContain('报名')
  })
})
