import type { PlanRow } from './records.ts'

export type PlanState = PlanRow['state']

export const planStates: readonly PlanState[] = [
  ...(['draft', 'submitted', 'returned', 'approved', 'running', 'closed'] as const),
]

/** What is done to a plan as a whole. */
export type PlanAct = 'submitted' | 'withdrawn' | 'returned' | 'approved' | 'started' | 'closed'

/** Where each act leads, by the state in which it may be done. */
const steps: Record<PlanAct, Partial<Record<PlanState, PlanState>>> = {
  submitted: { draft: 'submitted', returned: 'submitted' },
  withdrawn: { submitted: 'draft' },
  returned: { submitted: 'returned' },
  approved: { submitted: 'approved' },
  started: { approved: 'running' },
  closed: { approved: 'closed', running: 'closed' },
}

export const planActs = Object.keys(steps) as PlanAct[]

/** The state after an act; null: it may not be done as the plan stands. */
export function stateAfter(state: PlanState, act: PlanAct): PlanState | null {
  return steps[act][state] ?? null
}

/** What may be done to a plan's items as it stands: `free`: nobody has decided yet; `told`: whoever decided is told; null: nothing. */
export function editing(state: PlanState): 'free' | 'told' | null {
  if (state === 'draft' || state === 'returned') return 'free'
  return state === 'approved' || state === 'running' ? 'told' : null
}

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
