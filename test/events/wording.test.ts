import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, buttonsOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const typed = { title: '机器人讲座', day: '3月13日', from: '下午2点', until: '16:00', place: '三楼报告厅' }

const textOf = (card: Card | undefined) => JSON.stringify(card)
const labelsOf = (card: Card | undefined) => buttonsOf(card!).map(({ label }) => label)

describeEachDatabase('what people read of an event', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const newest = (user: string) => house.cardsOf(user).at(-1)

  /** Makes an event by the form, and publishes it, as 王强. */
  const publish = async (values: Record<string, string> = {}, kind = 'lecture') => {
    const form = await house.click('王强', { action: 'events.begin', value: { kind } })
    await house.fillIn('王强', form, { ...typed, ...values })
    await house.settle()
    const preview = newest('王强')
    const press = buttonsOf(preview!).find(({ action }) => action === 'events.publish')!
    const { replace } = await house.click('王强', press)
    await house.settle()
    return { preview, published: replace }
  }

  const change = async (values: Record<string, string>, number = 'HD-2026-0001') => {
    const [card] = await house.type('王强', `管理活动 ${number}`)
    const form = await house.click('王强', buttonOf(card, '修改'))
    let summary: FormView | undefined
    await house.fillIn('王强', form, values, undefined, (view) => {
      summary = view
    })
    await house.settle()
    return summary!
  }

  test('after publishing an organiser can announce it, see who comes and write to them, each by one button', async () => {
    house = await openEventsHouse(open)
    const { published } = await publish()
    expect(labelsOf(published)).toEqual(
      expect.arrayContaining(['发布到群', '名单', '群发通知', '修改', '取消活动', '复制活动']),
    )
    const [shown] = await house.type('王强', 'HD-2026-0001')
    expect(labelsOf(shown).filter((label) => label === '管理')).toHaveLength(1)
  })

  test('the summary of a change says that it is a draft only of a draft', async () => {
    house = await openEventsHouse(open)
    const form = await house.click('王强', { action: 'events.begin', value: { kind: 'lecture' } })
    await house.fillIn('王强', form, typed)
    await house.settle()
    expect((await change({ place: '二楼' })).intro.join()).toContain('发布前只有组织者能看到')
    await house.click('王强', buttonOf(newest('王强'), '发布'))
    expect((await change({ place: '五楼' })).intro.join()).not.toContain('草稿')
  })

  test('a change says each thing once, and what stays beside it', async () => {
    house = await openEventsHouse(open)
    await publish()
    await house.type('张三', '报名 HD-2026-0001')
    await change({ from: '15:00', until: '17:00' })
    expect(textOf(newest('张三')).match(/15:00–17:00/g)).toHaveLength(1)
    expect(textOf(newest('张三'))).toContain('三楼报告厅')
  })

  test('of what was called off nobody reads that seats are taken or that they have one', async () => {
    house = await openEventsHouse(open)
    await publish()
    await house.type('张三', '报名 HD-2026-0001')
    const [card] = await house.type('王强', '管理活动 HD-2026-0001')
    await house.fillIn('王强', await house.click('王强', buttonOf(card, '取消活动')), { reason: '讲师生病' })
    await house.settle()
    expect(textOf(newest('王强'))).toContain('取消已通知 1 人')
    const [managed] = await house.type('王强', '管理活动 HD-2026-0001')
    expect(textOf(managed)).not.toContain('名额')
    const [shown] = await house.type('张三', 'HD-2026-0001')
    expect(textOf(shown)).toContain('讲师生病')
    expect(textOf(shown)).not.toContain('报名成功')
  })

  test('the first of a series that takes all registrations has no button that only refuses', async () => {
    house = await openEventsHouse(open)
    const { published } = await publish({ repeat: 'weekly', times: '3', shared: 'yes' })
    expect(labelsOf(published)).toContain('取消本场及以后各场')
    expect(labelsOf(published)).not.toContain('取消活动')
    const [second] = await house.type('王强', '管理活动 HD-2026-0002')
    expect(labelsOf(second)).toContain('取消活动')
  })

  test('one registration for several dates is said before anybody registers', async () => {
    house = await openEventsHouse(open)
    const { published } = await publish({ repeat: 'weekly', times: '3', shared: 'yes', questions: '工种*' })
    expect(textOf(published)).toContain('共 3 场')
    const [shown] = await house.type('张三', 'HD-2026-0002')
    expect(textOf(shown)).toContain('共 3 场，一次报名参加全部')
    const [asked] = await house.type('张三', '报名 HD-2026-0002')
    expect(textOf(asked)).toContain('共 3 场，一次报名参加全部')
    const [one] = await house.type('张三', 'HD-2026-0001')
    const { form } = await house.click('张三', buttonOf(one, '报名'))
    expect(form!.intro.join()).toContain('共 3 场')
  })

  test('whoever left by a slip finds the way back; one registration alone is asked about as one', async () => {
    house = await openEventsHouse(open)
    await publish()
    await house.type('张三', '报名 HD-2026-0001')
    const [sure] = await house.type('张三', '取消报名')
    expect(textOf(sure)).toContain('确定取消这份报名吗？')
    await house.click('张三', buttonOf(sure, '取消 HD-2026-0001'))
    await house.settle()
    const { beside } = await house.click('张三', buttonOf(newest('张三'), '查看活动'))
    expect(labelsOf(beside)).toContain('报名')
  })

  test('an offer that ran out was taken back, whether or not somebody waits', async () => {
    house = await openEventsHouse(open)
    await publish({ capacity: '1' })
    for (const name of ['张三', '陈晨']) await house.type(name, '报名 HD-2026-0001')
    await house.type('张三', '取消报名 HD-2026-0001')
    await house.waitUntil('2026-03-03T09:00:00Z')
    expect(textOf(newest('陈晨'))).toContain('名额已收回')
    expect(labelsOf(newest('陈晨'))).toContain('查看活动')
  })

  test('after the deadline nobody is asked to choose; an agreement is told as one', async () => {
    house = await openEventsHouse(open)
    await publish()
    await house.type('张三', '报名 HD-2026-0001')
    await house.waitUntil('2026-03-13T01:00:00Z')
    const [late] = await house.type('张三', '取消报名 HD-2026-0001')
    expect(textOf(late)).toContain('由组织者办理')
    expect(textOf(late)).not.toContain('请选择')
    const form = await house.click('张三', buttonOf(late, '申请取消 HD-2026-0001'))
    await house.fillIn('张三', form, { reason: '临时出差' })
    await house.settle()
    await house.click('王强', buttonOf(newest('王强'), '同意取消'))
    await house.settle()
    expect(textOf(newest('张三'))).toContain('组织者已同意，您的报名已取消。')
    expect(labelsOf(newest('张三'))).toEqual([])
  })

  test('who is early reads when registration opens; who is late registers at the door where that is let', async () => {
    house = await openEventsHouse(open)
    await publish({ opensDay: '3月5日', opensTime: '9:00', questions: '工种*' })
    const [early] = await house.type('张三', '报名 HD-2026-0001')
    expect(textOf(early)).toContain('报名将于 3月5日（周四）09:00 开始')
    await house.waitUntil('2026-03-13T06:10:00Z')
    const [shut] = await house.type('张三', '报名 HD-2026-0001')
    expect(textOf(shut)).toContain('已经结束')
    await house.store.transaction((trx) => trx.updateTable('event_entry').set({ walk_ins: 1 }).execute())
    const [door] = await house.type('张三', '报名 HD-2026-0001')
    expect(labelsOf(door)).toEqual(['填写报名表'])
    const [shown] = await house.type('张三', 'HD-2026-0001')
    expect(labelsOf(shown)).toContain('报名')
  })

  test('a refusal names whom it concerns; answers to questions read well', async () => {
    house = await openEventsHouse(open)
    await publish({ mode: 'approval', questions: '用餐？是/否\n工种*' })
    const [asked] = await house.type('张三', '报名 HD-2026-0001')
    await house.fillIn('张三', await house.click('张三', buttonOf(asked, '填写报名表')), { 'own-q2': '焊工' })
    await house.settle()
    await house.waitUntil('2026-03-02T01:10:00Z')
    const { form } = await house.click('王强', buttonOf(newest('王强'), '不同意 张三'))
    expect(form!.intro.join()).toContain('张三（共 1 份申请）')
    const [people] = await house.type('王强', '谁报了名 HD-2026-0001')
    expect(textOf(people)).toContain('用餐：否；工种：焊工')
  })

  test('that there is no seat is said once, and what is left to do', async () => {
    house = await openEventsHouse(open)
    await publish({ capacity: '1' })
    await house.type('张三', '报名 HD-2026-0001')
    const [listed] = await house.type('陈晨', 'HD-2026-0001')
    expect(textOf(listed)).toContain('名额已满（共 1 个），可报名候补')
    expect(textOf(listed)).not.toContain('已报满')
    await change({ waitingList: '' })
    const [closed] = await house.type('陈晨', 'HD-2026-0001')
    expect(textOf(closed)).toContain('名额已满（共 1 个），不设候补')
    expect(labelsOf(closed)).toEqual([])
  })

  test('headings of a description under which nothing was written are left out', async () => {
    house = await openEventsHouse(open)
    const { preview } = await publish()
    expect(textOf(preview)).not.toContain('主讲人')
    const half = '主讲人：\n王教授\n内容：'
    expect(textOf((await publish({ description: half })).preview)).toContain('主讲人：\\n王教授"')
  })

  test('whoever has no part in an event reads that, in the words of what they tried', async () => {
    house = await openEventsHouse(open)
    await publish()
    const [refused] = await house.type('外人', '修改活动 HD-2026-0001')
    expect(textOf(refused)).toContain('您没有管理这项活动的权限')
  })

  test('the form of one person is not put before a whole group; a party that does not fit reads why', async () => {
    house = await openEventsHouse(open)
    await publish({ capacity: '5', guests: '3' })
    const conversation = { platform: 'chat', installation: 't', chat: 'everybody', thread: '' }
    await house.type('张三', '报名 HD-2026-0001', { conversation, group: true })
    expect(house.cardsIn(conversation).flatMap(labelsOf)).not.toContain('填写报名表')
    await house.fillIn('张三', await house.click('张三', buttonOf(newest('张三'), '填写报名表')), {
      guests: '2',
    })
    await house.type('陈晨', '报名 HD-2026-0001')
    await house.fillIn('陈晨', await house.click('陈晨', buttonOf(newest('陈晨'), '填写报名表')), {
      guests: '3',
    })
    await house.settle()
    expect(textOf(newest('陈晨'))).toContain('剩余名额不够 4 人，您在候补名单第 1 位')
  })

  test('a place that is not known yet is said without its word twice', async () => {
    house = await openEventsHouse(open)
    await publish({ place: '' })
    const [told] = await house.type('张三', '报名 HD-2026-0001')
    expect(textOf(told)).toContain('地点：待定')
    const [listed] = await house.type('张三', '近期活动')
    expect(textOf(listed)).toContain('地点待定')
  })
})
