import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { openDutiesHouse } from './duties-house.ts'

describeEachDatabase('a house with duties', (open) => {
  test('opens, and settles with nothing to do', async () => {
    const house = await openDutiesHouse(open)
    await house.settle()
    expect(house.errors).toEqual([])
    expect(house.cardsOf('王强')).toEqual([])
    await house.stop()
  })
})
