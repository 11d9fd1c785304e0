import { expect } from 'vitest'
import { liveOnSurfaces } from './on-surfaces.ts'

/** Each surface has a subject of its own: what was found for one is not in the way of the next. */
const subjects = { web: '人工智能', Slack: '量子通信', Feishu: '碳中和', terminal: '载人航天' }

const speaker = {
  ...{ kind: 'speaker', description: '讲过四十场。', place: '各单位会议室' },
  ...{ organisation: '一分公司', owner: '褚工', region: '太原市', share: 'house', contact: '0351-1234567' },
  ...{ hours: '周一至周五 09:00-12:00 14:00-17:00', leadDays: '1', mostPeople: '60', rules: '请备投影' },
}

liveOnSurfaces({
  'a speaker is entered, found by what they speak about, booked, agreed to, reminded of and rated': async (
    life,
  ) => {
    const { stage } = life
    const subject = subjects[life.surface]
    const title = `褚工讲${subject}`
    const [李梅, 张三, 褚工] = ['李梅', '张三', '褚工'].map((name) => life.seat(name))
    await 李梅!.say('登记资源')
    await 李梅!.press('登记资源', '')
    await 李梅!.fill({ ...speaker, title, subjects: subject })
    await 李梅!.sees(title, '各单位会议室')

    await 张三!.say(`谁能讲${subject}科普？`)
    await 张三!.sees(title, '讲师')
    await 张三!.press('预约', title)
    const day = life.workdayIn(8)
    const visit = { day, from: '09:00', to: '10:30', people: '30', purpose: '班组科普讲座', name: '张三' }
    await 张三!.fill({ ...visit, phone: '13900000001' })
    await 张三!.sees('预约申请已提交', title)
    const [booking] = await stage.store.db
      .selectFrom('resource_booking')
      .selectAll()
      .orderBy('number', 'desc')
      .execute()
    const number = booking!.number
    await 褚工!.sees(number, '收到一项预约申请', '13900000001')
    if (life.isToldElsewhere) {
      await 褚工!.say('我的')
      await 褚工!.press('详情', number)
    }
    await 褚工!.press('同意', number)
    await 张三!.sees(number, '您的预约已获同意', '请备投影')
    stage.passTo(new Date(`${day}T00:30:00Z`))
    await 张三!.sees(number, '就在明天')
    stage.passTo(new Date(`${day}T02:31:00Z`))
    await 张三!.sees(number, '请您花一分钟作个评价')
    if (life.isToldElsewhere) await 张三!.say(`预约 ${number}`)
    await 张三!.press('评价', number)
    await 张三!.fill({ rating: '5', comment: '生动' })
    await 张三!.sees('感谢您的评价')
    const after = await stage.store.db
      .selectFrom('resource_booking')
      .selectAll()
      .where('id', '=', booking!.id)
      .execute()
    expect(after).toMatchObject([{ state: 'over', rating: 5, comment: '生动' }])
  },

  'a contract of a carrier that ends is told in time to whoever keeps it, and renewed': async (life) => {
    const { stage } = life
    const 李梅 = life.seat('李梅')
    const name = `${life.surface}服务站`
    await 李梅.say('登记载体')
    await 李梅.press('登记载体', '')
    await 李梅.fill({
      ...{
        kind: 'society-station',
        name,
        organisation: '一分公司',
        partner: '省焊接学会',
        level: 'provincial',
      },
      ...{ starts: life.dayIn(0), ends: life.dayIn(100), tasks: '焊接工艺改进' },
      ...{ needs: '薄板变形', experts: '周教授，冶金大学，焊接' },
    })
    await 李梅.sees('已登记', name)
    const row = () =>
      stage.store.db
        .selectFrom('carrier_entry')
        .selectAll()
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
    const { number } = await row()
    stage.passTo(new Date(Date.parse(`${life.workdayIn(12)}T02:00:00Z`)))
    await 李梅.sees(number, '载体合同到期提醒', name)
    if (life.isToldElsewhere) {
      await 李梅.say('到期载体')
      await 李梅.press('查看', name)
    }
    await 李梅.press('续签', life.isToldElsewhere ? name : number)
    const ends = life.dayIn(800)
    await 李梅.fill({ ends })
    await 李梅.sees('已续签', name)
    expect(await row()).toMatchObject({ ends_on: ends })
    await 李梅.say('到期载体')
    await 李梅.sees('没有到期或长期无成果的载体')
  },
})
