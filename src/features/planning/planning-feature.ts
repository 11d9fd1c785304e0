import type { Feature, Whose } from '../../conversation/feature.ts'
import type { PlanningContext } from './context.ts'
import { createDutiesPart } from './duties/part.ts'
import type { PlanningPart } from './part.ts'
import { createPlansPart } from './plans/part.ts'

/** Annual plans, reports to leaders, rules and learning plans (clauses 14, 16, 17). */
export function createPlanning(context: PlanningContext): Feature {
  const parts: PlanningPart[] = [createPlansPart(context), createDutiesPart(context)]
  const joined = <T>(of: (part: PlanningPart) => Record<string, T> | undefined): Record<string, T> =>
    Object.assign({}, ...parts.map(of))
  return {
    name: 'planning',
    actions: joined((part) => part.actions),
    commands: parts.flatMap(({ commands = [] }) => commands),
    forms: parts.flatMap(({ forms = [] }) => forms),
    async mine(whose: Whose) {
      const found = []
      for (const { mine } of parts) if (mine) found.push(...(await mine(whose)))
      return found
    },
    timers: joined((part) => part.timers),
    subscriptions: {},
  }
}
