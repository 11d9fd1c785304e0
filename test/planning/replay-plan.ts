import { type PlanAct, type PlanState, stateAfter } from '../../src/features/planning/plans/life.ts'

export const planActs: PlanAct[] = ['submitted', 'withdrawn', 'returned', 'approved', 'started', 'closed']

/** The state to which a history leads; null where one of its acts could not have been done. */
export function replayPlan(history: readonly { what: string }[]): PlanState | null {
  let state: PlanState = 'draft'
  for (const { what } of history) {
    const act = planActs.find((one) => one === what)
    // The rest of a history is about items, which change nothing of how the plan stands.
    if (act === undefined) continue
    const next = stateAfter(state, act)
    if (next === null) return null
    state = next
  }
  return state
}
