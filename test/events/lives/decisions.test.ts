import { expect } from 'vitest'
import { ConsoleBrowser } from '../../console/console-browser.ts'
import { liveOnSurfaces } from './on-surfaces.ts'

liveOnSurfaces({
  'a lecture by approval is asked for, granted and refused with the reason, and called off': async (life) => {
    const { stage } = life
    await life.publish({ title: '焊接研讨', mode: 'approval', questions: '想了解什么*' })
    for (const [name, wish] of [
      ['张三', '铝合金焊接'],
      ['陈晨', '随便看看'],
    ] as const) {
      const seat = life.seat(name)
      await seat.say(`报名 ${life.number}`)
      await seat.press('填写报名表', life.number)
      await seat.fill({ 'own-q1': wish, 想了解什么: wish })
      await life.sees(name, '待组织者审核')
    }
    stage.passDays(0.02)
    await life.sees('吴主席', '2 份报名申请待审核', '张三', '铝合金焊接', '陈晨')
    if (life.isToldElsewhere) {
      await life.seat('吴主席').say('我的')
      await life.presses('吴主席', '查看申请')
    }
    await life.presses('吴主席', '不同意 陈晨')
    await life.seat('吴主席').fill({ reason: '名额请让给焊接岗位。' })
    await life.sees('陈晨', '未获通过', '名额请让给焊接岗位。')
    await life.seat('吴主席').say('我的')
    await life.presses('吴主席', '查看申请')
    await life.presses('吴主席', '同意 张三')
    await life.sees('张三', '您的报名申请已通过')
    expect(await life.registrations()).toEqual(['张三 confirmed', '陈晨 declined'])

    await life.seat('吴主席').say(`取消活动 ${life.number}`)
    await life.presses('吴主席', '取消活动')
    await life.seat('吴主席').fill({ reason: '主讲人生病，另行安排。' })
    await life.sees('张三', '您报名的活动已取消', '主讲人生病，另行安排。')
    expect(await life.entry('张三', 1)).toMatchObject({ method: 'CANCEL' })
    await life.reaches('cancelled')
    await life.seat('褚工').say(`报名 ${life.number}`)
    await life.seat('褚工').sees('该活动已经取消')
    // Nothing is said about it any more.
    await life.passTo(0)
    expect(await life.seat('张三').hasSeen('活动还有')).toBe(false)
  },
  'somebody of the public takes the last seat on the web, and gives it to a colleague who waits': async (
    life,
  ) => {
    await life.publish({ title: '科普开放夜', capacity: '1', public: 'yes' })
    const visitor = new ConsoleBrowser(life.stage.address)
    const page = `/e/${life.number}`
    await visitor.open(page)
    const once = /name="once" value="([^"]*)"/.exec(visitor.page.html)?.[1] ?? ''
    const who = { name: '郑不语', unit: '红星小学', telephone: `139${life.number.replaceAll(/\D/g, '')}` }
    const done = await visitor.submit(page, { once, ...who, consent: 'yes' })
    expect(done.text).toContain('报名成功')
    const code = /<strong>([A-Z2-9]{8})<\/strong>/.exec(done.html)?.[1] ?? ''

    await life.seat('张三').say(`报名 ${life.number}`)
    await life.sees('张三', '名额已满', '第 1 位')
    await life.seat('吴主席').say(`谁报了名 ${life.number}`)
    expect(await life.sees('吴主席', '社会公众')).not.toContain('郑不语')
    await visitor.submit(`${page}/registration`, { code, do: 'cancel', sure: 'yes' })
    await life.sees('张三', '有名额了')
    await life.seat('张三').say('接受名额')
    await life.sees('张三', '报名成功')
    expect(await life.registrations()).toEqual([' cancelled', '张三 confirmed'])
  },
})
