import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planActs, replayPlan } from '../../../../test/planning/replay-plan.ts'
import { editing, type PlanState, planStates, stateAfter } from './life.ts'

const acts = fc.array(fc.constantFrom(...planActs), { maxLength: 30 })

test('whatever is tried, the history of what was done leads to the state as it is', () => {
  fc.assert(
    fc.property(acts, (tried) => {
      let state: PlanState = 'draft'
      const history: { what: string }[] = [{ what: 'created' }]
      for (const what of tried) {
        const next = stateAfter(state, what)
        if (next === null) continue
        state = next
        history.push({ what }, { what: 'item-changed' })
      }
      expect(replayPlan(history)).toBe(state)
      // Nothing runs that was not approved after it was submitted last.
      const done = history.map(({ what }) => what)
      if (state === 'running')
        expect(done.lastIndexOf('approved')).toBeGreaterThan(done.lastIndexOf('submitted'))
    }),
  )
})

test('a history with an act that could not be done is none', () => {
  expect(replayPlan([{ what: 'created' }, { what: 'approved' }])).toBeNull()
})

test('what is closed stays as it is; what waits is not changed under those who decide', () => {
  expect(planActs.map((act) => stateAfter('closed', act))).toEqual(planActs.map(() => null))
  expect(planStates.map((state) => [state, editing(state)])).toEqual([
    ['draft', 'free'],
    ['submitted', null],
    ['returned', 'free'],
    ['approved', 'told'],
    ['running', 'told'],
    ['closed', null],
  ])
})
