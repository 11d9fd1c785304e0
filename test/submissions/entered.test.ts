import { afterEach, expect, test } from 'vitest'
import type { FormView } from '../../src/chat/form-view.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonsOf, openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('what is entered for others, and by guests', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('代录 leads to every kind, for those who may; others are told who does', async () => {
    house = await openSubmissionsHouse(open)
    const [card] = await house.type('李梅', '代录')
    const offered = buttonsOf(card!)
    expect(offered.map(({ label }) => label)).toEqual(house.kinds.all().map(({ title }) => title['zh-CN']))
    const opened = await house.click('李梅', offered.find(({ value }) => value.kind === 'proposal')!)
    await house.fillIn('李梅', opened, { ...proposal, hasAccount: 'yes', forPerson: '张三' })
    await house.settle()
    // Whoever entered it hears nothing more of it: it is not theirs.
    const receipt = JSON.stringify(house.cardsOf('李梅').find(({ title }) => title?.startsWith('已登记')))
    expect(receipt).toContain('进展会随时告诉提交人本人。')
    expect(receipt).not.toContain('我的提交')
    const refused = await house.type('张三', '代录')
    expect(JSON.stringify(refused)).toContain('代录由联络员或科协干部办理')
  })

  test('a guest comes upon no page for names of the register', async () => {
    house = await openSubmissionsHouse(open)
    let summary: FormView | undefined
    const opened = await house.click('路人', { action: 'submissions.begin', value: { kind: 'proposal' } })
    const typed = { ...proposal, guestName: '老周' }
    await house.fillIn('路人', opened, typed, undefined, (view) => {
      summary = view
    })
    expect(summary?.summary.map(({ label }) => label)).toContain('您的姓名')
    expect(summary?.summary.map(({ label }) => label)).not.toContain('共同提交人')
  })
})
