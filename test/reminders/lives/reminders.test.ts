import { expect } from 'vitest'
import { liveOnSurfaces } from './on-surfaces.ts'

/** Each surface has a matter of its own: what was said of one is not in the way of the next. */
const matters = { web: '走访台账', Slack: '联络月报', Feishu: '活动照片', terminal: '会员名册' }

liveOnSurfaces({
  'made by sentence, acknowledged by button and by word, put off, and told above where nobody answers':
    async (life) => {
      const title = `交${matters[life.surface]}`
      const [, month, date] = life.workdayIn(2).split('-').map(Number)
      await life.makes(
        `${month}月${date}日上午十点提醒张三、陈晨和褚工${title}`,
        title,
        '张三',
        '陈晨',
        '褚工',
      )
      await life.passToNext(title)
      for (const name of ['张三', '陈晨', '褚工']) await life.seat(name).sees(`【提醒】${title}`)

      await life.presses('张三', '知悉', title)
      await life.reaches(title, '张三', 'acknowledged')
      const { number } = await life.reaches(title, '陈晨', 'open')
      await life.seat('陈晨').say(`知悉 ${number}`)
      await life.seat('陈晨').sees('已知悉：')
      await life.reaches(title, '陈晨', 'acknowledged')

      const put = await life.reaches(title, '褚工', 'open')
      await life.seat('褚工').say(`稍后 1小时 ${put.number}`)
      await life.seat('褚工').sees('推迟到')
      const { snoozed_until: until } = await life.reaches(title, '褚工', 'open')
      life.stage.passTo(new Date(Date.parse(until!) + 1000))
      await expect
        .poll(async () => (await life.item(title, '褚工'))?.snoozed_until, { timeout: 15_000 })
        .toBe(null)

      // Once more after a working day, then above.
      life.stage.passDays(4)
      await expect.poll(async () => (await life.item(title, '褚工'))?.step, { timeout: 15_000 }).toBe(1)
      life.stage.passDays(8)
      await life.seat('何总').sees('条提醒尚未确认', `褚工：${title}`)
      expect((await life.reaches(title, '褚工', 'open')).number).toBe(put.number)
    },
})
