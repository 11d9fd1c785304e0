import { expect, test } from 'vitest'
import { describeOnSurfaces } from './on-surfaces.ts'
import type { Seat } from './seat.ts'

const opinion = {
  ...{ naming: 'hidden', title: '二食堂夜班供餐太早结束', area: 'living' },
  text: '夜班十一点下班，二食堂十点半就关门，只能吃泡面。',
  wish: '请延长到十一点半。',
}
const rightsCase = {
  ...{ naming: 'unpublished', title: '专利署名被漏', right: 'authorship' },
  text: '二〇二五年申请的专利，本人完成主要设计，却没有署名。',
  wish: '请核实并更正发明人。',
}

/** Fails where any of them reads the name of its author. */
async function isHiddenFrom(seat: Seat, ...words: string[]): Promise<void> {
  expect(await seat.sees(...words)).not.toContain('张三')
}

describeOnSurfaces({
  opinion: (open) => {
    test('is assigned, replied to, taken up again, goes up, and is closed; nobody reads whose it is', async () => {
      const life = await open()
      await life.sendIn('张三', opinion)
      await isHiddenFrom(life.seat('李梅'), life.number, '只能吃泡面')
      await life.does('李梅', 'confirm')
      await life.does('李梅', 'assign', { priority: 'important', owner: '褚工' })
      await life.sees('张三', '已交办')
      await isHiddenFrom(life.seat('褚工'), life.number, '只能吃泡面')
      await life.does('褚工', 'report', { result: '食堂同意延长。' })
      await isHiddenFrom(life.seat('李梅'), life.number, '已办理，待答复')
      await life.does('李梅', 'reply', { answer: '已请食堂延长到十一点。' })
      await life.sees('张三', '答复：已请食堂延长到十一点。')
      await life.does('张三', 'again', { reason: '十一点还是太早。' })
      await isHiddenFrom(life.seat('李梅'), life.number, '不满意，重新办理')
      await life.does('李梅', 'reply', { answer: '食堂人手不够，先到十一点。' })
      await life.sees('张三', '先到十一点')
      await life.does('张三', 'go-up', { reason: '夜班的人都没饭吃。' })
      await isHiddenFrom(life.seat('吴主席'), life.number, '只能吃泡面')
      await life.does('吴主席', 'reply', { answer: '四月起延长到十一点半。' })
      await life.sees('张三', '四月起延长到十一点半')
      await life.does('张三', 'rate')
      await life.reaches('satisfied')
      await life.isOver()
      expect(await life.history()).toEqual([
        ...['send-in', '李梅 confirm', '李梅 assign', '褚工 report', '李梅 reply', 'again'],
        ...['李梅 reply', 'go-up', '吴主席 reply', 'rate'],
      ])
    })

    test('is closed by itself where its author says nothing', async () => {
      const life = await open()
      await life.sendIn('张三', { ...opinion, title: '班车少一趟' })
      await life.does('李梅', 'confirm')
      await life.does('李梅', 'reply', { answer: '下月起加开一趟。' })
      await life.sees('张三', '答复：下月起加开一趟。')
      life.stage.passDays(15)
      await life.reaches('unrated')
      await life.isOver()
    })
  },

  'rights-case': (open) => {
    test('is seen by officers for rights alone, goes the legal way and is replied to', async () => {
      const life = await open()
      await life.sendIn('张三', rightsCase)
      await life.sees('郑律', '却没有署名')
      await life.does('郑律', 'accept', { priority: 'urgent' })
      await life.sees('张三', '已受理')
      await life.does('郑律', 'go-legal', {
        way: 'mediation',
        advice: '先向区劳动人事争议调解组织申请调解。',
      })
      await life.sees('张三', '转法律途径', '申请调解')
      // Cards of the step before are out of date until they are renewed.
      await life.sees('郑律', '法律途径办理中')
      await life.does('郑律', 'reply', { answer: '调解成功，已更正发明人署名。' })
      await life.sees('张三', '答复：调解成功')
      await life.does('张三', 'rate')
      await life.reaches('closed')
      await life.isOver()
      expect(await life.history()).toEqual([
        ...['send-in', '郑律 accept', '郑律 go-legal', '郑律 reply', 'rate'],
      ])
      for (const name of ['李梅', '何总', '周建国'])
        await expect(life.seat(name).hasSeen(life.number)).resolves.toBe(false)
    })
  },
})
