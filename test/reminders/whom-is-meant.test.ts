import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, openDutiesHouse } from './duties-house.ts'

describeEachDatabase('a sentence that reminds a colleague', (open) => {
  test('is never taken for one of oneself, whatever is to be done', async () => {
    const house = await openDutiesHouse(open)
    const say = async (text: string) => {
      const [card] = await house.type('王强', text)
      const labels = buttonsOf(card!).map(({ label }) => label)
      return { title: card?.title, all: JSON.stringify(card), labels }
    }
    // No list of verbs has 洽谈 or 勘察; the names of colleagues say where they end.
    for (const [text, whom, what] of [
      ['10分钟后提醒陈晨洽谈场地', '陈晨', '洽谈场地'],
      ['明天提醒张三勘察总结', '张三', '勘察总结'],
      ['提醒李梅每月15号勘察现场', '李梅', '勘察现场'],
    ]) {
      const { title, all, labels } = await say(text!)
      expect(title, text).toBe(what)
      expect(all, text).toContain(`提醒：${whom}`)
      expect(labels, text).toContain('确认')
    }
    // Somebody is called whom nobody knows: asked back, not guessed.
    for (const text of ['10分钟后提醒刘工洽谈场地', '明天提醒周主任洽谈场地']) {
      const { all, labels } = await say(text)
      expect(all, text).toContain('是提醒您本人，还是另选他人')
      expect(labels, text).not.toContain('确认')
      expect(labels.some((label) => label.includes('王强'))).toBe(true)
    }
    const own = await say('10分钟后提醒核销工资表')
    expect(own.all).toContain('提醒：王强')
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
