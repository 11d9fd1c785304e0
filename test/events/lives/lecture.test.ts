import { expect } from 'vitest'
import { eventCode } from '../../../src/features/events/check-in/event-code.ts'
import { liveOnSurfaces } from './on-surfaces.ts'

liveOnSurfaces({
  'a lecture is made, fills up, is offered on, moved, reminded of, attended and looked back on': async (
    life,
  ) => {
    await life.publish({ title: '机器人讲座', capacity: '2', waitingList: 'yes', hours: '2' })
    const group = life.inGroup('吴主席')
    await group.say(life.hasGroups ? `在本群发布 ${life.number}` : '近期活动')
    await group.sees(life.number, '机器人讲座', '2 个名额')

    // One presses in the group, the others alone.
    if (!life.hasGroups) await life.seat('张三').say(life.number)
    await life.inGroup('张三').press('报名', life.number)
    await life.sees('张三', '报名成功')
    await life.seat('陈晨').say(`报名 ${life.number}`)
    await life.sees('陈晨', '报名成功')
    await life.seat('褚工').say(`报名 ${life.number}`)
    await life.sees('褚工', '名额已满', '第 1 位')
    if (life.hasGroups) await life.inGroup('孙工').sees(life.number, '报名候补')
    await life.seat('陈晨').say(`取消报名 ${life.number}`)
    await life.sees('陈晨', '已取消报名')
    await life.sees('褚工', '有名额了')
    await life.presses('褚工', '接受名额')
    await life.sees('褚工', '报名成功')
    expect(await life.registrations()).toEqual(['张三 confirmed', '陈晨 cancelled', '褚工 confirmed'])
    const { id, starts_at } = await life.row()
    const entry = { method: 'PUBLISH', uid: `${id}@kexie`, begins: starts_at, location: '三楼报告厅' }
    expect(await life.entry('张三', 0)).toEqual(entry)
    expect(await life.entry('陈晨', 1)).toMatchObject({ method: 'CANCEL', uid: entry.uid })

    await life.seat('吴主席').say(`修改活动 ${life.number}`)
    await life.presses('吴主席', '修改')
    await life.seat('吴主席').fill({ place: '五楼会议室' })
    await life.sees('张三', '三楼报告厅 → 五楼会议室')
    await life.presses('张三', '仍然参加')
    expect(await life.entry('张三', 1)).toEqual({ ...entry, location: '五楼会议室' })
    await life.sees('褚工', '五楼会议室')
    await life.seat('吴主席').say(`谁没再确认 ${life.number}`)
    expect(await life.sees('吴主席', '待再次确认 1 人', '褚工')).not.toContain('张三')

    await life.passTo(-24 * 60 + 1)
    await life.sees('张三', '活动还有', '五楼会议室')
    await life.passTo(-30)
    await life.seat('张三').say(`签到 ${eventCode(await life.row(), life.stage.now())}`)
    await life.seat('张三').sees('签到成功', '机器人讲座')
    await life.seat('吴主席').say(`签到 ${life.number} 褚工`)
    await life.seat('吴主席').sees('褚工已签到')
    await life.passTo(121)
    await life.reaches('over')
    await life.sees('吴主席', '到场 2 人，缺席 0 人')
    await life.seat('张三').sees('感谢您参加', '2 学时')
    if (life.isToldElsewhere) await life.seat('张三').say('评价活动')
    await life.seat('张三').press('评价活动', '机器人讲座')
    await life.seat('张三').fill({ rating: '5', comment: '讲得清楚' })
    await life.seat('张三').sees('已收到您的评价')
    await life.seat('张三').say('我的学时')
    await life.seat('张三').sees(life.number, '2 学时')
  },
})
