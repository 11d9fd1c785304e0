import { afterEach, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, type CampaignHouse, openCampaignHouse } from './campaign-house.ts'

const words = (card: Card | undefined) => JSON.stringify(card ?? null)

describeEachDatabase('a campaign', (open) => {
  let house: CampaignHouse
  afterEach(() => house.stop())

  const press = async (who: string, card: Card | undefined, label: string) => {
    const button = buttonsOf(card!).find((one) => one.label === label)
    if (!button) throw new Error(`no ${label} on ${words(card)}`)
    const answer = await house.click(who, button)
    await house.settle()
    return answer
  }
  const last = (who: string) => house.cardsOf(who).at(-1)

  test('runs from its form to its end', async () => {
    house = await openCampaignHouse(open)
    const [templates] = await house.type('吴主席', '新建讲比活动')
    const form = await press('吴主席', templates, '合理化建议月')
    await house.fillIn('吴主席', form, { organisation: '华北重工' })
    await house.settle()
    const preview = last('吴主席')
    expect(words(preview)).toContain('JB-2026-0001')
    const opened = await press('吴主席', preview, '开展')
    expect(words(opened.replace)).toContain('已开展')
    await house.settle()
    expect(words(house.cardsIn(branchGroup).at(-1))).toContain('合理化建议月')

    expect(words((await house.type('张三', '讲比活动'))[0])).toContain('JB-2026-0001')
    expect(house.errors).toEqual([])
  })
})
