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

/** The state after an act; null: it may not be done as the plan stands. */
export function stateAfter(state: PlanState, act: PlanAct): PlanState | null {
  return steps[act][state] ?? null
}

/** What may be done to a plan's items as it stands: `free`: nobody has decided yet; `told`: whoever decided is told; null: nothing. */
export function editing(state: PlanState): 'free' | 'told' | null {
  if (state === 'draft' || state === 'returned') return 'free'
  return state === 'approved' || state === 'running' ? 'told' : null
}
