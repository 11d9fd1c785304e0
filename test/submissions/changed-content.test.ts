import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { openSubmissionsHouse, proposal, type SubmissionsHouse } from './submissions-house.ts'

describeEachDatabase('what is changed later', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('must be as concrete as what was sent in', async () => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    const hollow = house.act('张三', number, 'edit', { method: '进一步加强管理，提高认识。' })
    await expect(hollow).rejects.toThrow(/method/)
    await house.act('张三', number, 'edit', { method: '夹具改为液压快换，每台加一个油缸。' })
    expect((await house.row(number)).content).toContain('液压快换')

    // What is expected of it stands beside its text, since figures count it there.
    const expected = async () => (await house.row(number)).expected
    expect(await expected()).toBe(null)
    await house.act('张三', number, 'edit', { expected: '12000.5' })
    expect(await expected()).toBe(12_000.5)
    const said = await house.sendIn('张三', { ...proposal, expected: '300' })
    expect(said.expected).toBe(300)
  })
})
