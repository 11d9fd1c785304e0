import { afterEach, expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { actionButton, openSubmissionsHouse, type SubmissionsHouse } from './submissions-house.ts'

const reason = { reason: '涉及两个分公司，请上级统一办理。' }

describeEachDatabase('what is passed up without a change of state', (open) => {
  let house: SubmissionsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test.each([
    ['lay with nobody', []],
    ['had a handler', ['王强']],
  ])('those above are asked, with a time of their own, where it %s', async (_how, handlers) => {
    house = await openSubmissionsHouse(open)
    const { number } = await house.sendIn('张三')
    await house.act('李梅', number, 'accept')
    for (const colleague of handlers) await house.act('李梅', number, 'hand-over', { colleague })
    const before = await house.row(number)
    const old = actionButton(house.cardsOf(handlers[0] ?? '李梅').at(-1), 'send-to-review')
    house.time.now = new Date('2026-03-04T01:00:00Z')
    await house.act(handlers[0] ?? '李梅', number, 'pass-up', reason)
    const after = await house.row(number)
    expect(after).toMatchObject({ state: before.state, lies_with: house.people.group, handler: null })
    expect(after.since).toBe('2026-03-04T01:00:00.000Z')
    expect(after.due_at! > before.due_at!).toBe(true)
    const asked = house.cardsOf('吴主席').at(-1)
    expect(JSON.stringify(asked)).toContain(number)
    expect(JSON.stringify(house.cardsOf('张三').at(-1))).toContain(number)
    // The card by which it was to be done below is over.
    const late = await house.click(handlers[0] ?? '李梅', old)
    expect(late.form).toBeUndefined()
    expect(actionButton(asked, 'send-to-review').value.seen).toBe(String(after.stage))
  })
})
