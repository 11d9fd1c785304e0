import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const opinion = {
  title: '二食堂夜班供餐太早结束',
  area: 'living',
  text: '夜班十一点下班，二食堂十点半就关门，只能吃泡面。',
  wish: '请延长到十一点半。',
}

describeEachDatabase('what is said at one step', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })
  const last = (user: string) => JSON.stringify(house.cardsOf(user).at(-1))

  test('stands on the card of whoever must act next', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'assign', {
      priority: 'ordinary',
      owner: '褚工',
      note: '请与食堂当面核实',
    })
    expect(last('褚工')).toContain('请与食堂当面核实')
    await house.act('褚工', number, 'report', { result: '食堂同意延长半小时。' })
    expect(last('李梅')).toContain('食堂同意延长半小时。')
    await house.act('李梅', number, 'return-work', { reason: '请写明从哪天起' })
    expect(last('褚工')).toContain('请写明从哪天起')
    await house.act('褚工', number, 'report', { result: '四月一日起延长半小时。' })
    await house.act('李梅', number, 'reply', { answer: '四月一日起延长到十一点。' })
    await house.act('张三', number, 'again', { reason: '十一点才下班，来不及。' })
    expect(last('李梅')).toContain('十一点才下班，来不及。')
    await house.act('李梅', number, 'hand-over', { colleague: '王强', words: '您分管后勤，请接着办' })
    expect(last('王强')).toContain('您分管后勤，请接着办')
  })

  test('and another time is told to whoever has to keep it', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三', opinion, 'opinion')
    await house.act('李梅', number, 'confirm')
    await house.act('李梅', number, 'assign', { priority: 'ordinary', owner: '褚工' })
    const before = house.cardsOf('褚工').length
    await house.act('李梅', number, 'reprioritise', { priority: 'urgent' })
    expect(house.cardsOf('褚工')).toHaveLength(before + 1)
    expect(last('褚工')).toContain('时限有变，请按新的时限办理：')
    expect(last('褚工')).toContain('缓急：紧急')
  })
})
