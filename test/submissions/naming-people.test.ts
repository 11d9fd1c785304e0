import { afterEach, expect, test } from 'vitest'
import { addMembership } from '../../src/people/memberships.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { actionButton, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('who may be named on a form of a record', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test("a workshop's liaison, who reads no register above the workshop, asks the branch's reviewers", async () => {
    house = await openSubmissionsHouse(open)
    const { people, store } = house
    await store.transaction((trx) =>
      addMembership(trx, { person: people.卫工!, organisation: people.workshop!, role: 'liaison' }),
    )
    const { number } = await house.sendIn('孙工')
    await house.act('卫工', number, 'accept')
    const opened = await house.click('卫工', actionButton(house.cardsOf('卫工').at(-1), 'send-to-review'))
    const proposed = opened.form?.fields.find(({ name }) => name === 'reviewers')?.value
    expect(String(proposed).split('、').toSorted()).toEqual(['赵工', '钱工', '冯工'].toSorted())
    await house.fillIn('卫工', opened, { opinion: '办法具体，可送评审。' })
    await house.settle()
    expect((await house.row(number)).state).toBe('reviewing')
    actionButton(house.cardsOf('赵工').at(-1), 'review')
  })
})
