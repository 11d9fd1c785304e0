import type { Trx } from '../../../store/store.ts'
import type { PlanningContext } from '../context.ts'
import type { PlanningPart } from '../part.ts'

/** Duties that the guideline has each year: reports to leaders, rules reviewed, learning. */
export function createDutiesPart(context: PlanningContext): PlanningPart {
  void context
  return {}
}

/** Sees at the start that duties are made from then on. */
export async function beginDuties(trx: Trx, now: Date): Promise<void> {
  void [trx, now]
}
