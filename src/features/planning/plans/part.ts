import type { PlanningContext } from '../context.ts'
import type { PlanningPart } from '../part.ts'

/** Annual plans: made, decided, carried out, looked back on. */
export function createPlansPart(context: PlanningContext): PlanningPart {
  void context
  return {}
}
