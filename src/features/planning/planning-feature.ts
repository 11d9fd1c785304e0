import type { Feature } from '../../conversation/feature.ts'
import type { PlanningContext } from './context.ts'

/** Annual plans, reports to leaders, rules and learning plans (clauses 14, 16, 17). */
export function createPlanning(context: PlanningContext): Feature {
  void context
  return {
    name: 'planning',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
