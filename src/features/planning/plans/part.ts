import type { PlanningContext } from '../context.ts'
import type { PlanningPart } from '../part.ts'
import { annualTimers } from './annual-duty.ts'
import { itemForms } from './item-forms.ts'
import { startPlan, startTimer } from './keep-plan.ts'
import { lateTimers } from './late-watch.ts'
import { listMine } from './list-mine.ts'
import { openPlans } from './open-plans.ts'
import { planActions } from './plan-actions.ts'
import { planCommands } from './plan-commands.ts'
import { planForms } from './plan-forms.ts'
import { readPlan } from './records.ts'
import { tellTimers } from './tell.ts'

/** Annual plans: made, decided, carried out, looked back on. */
export function createPlansPart(given: PlanningContext): PlanningPart {
  const context = openPlans(given)
  return {
    actions: planActions(context),
    commands: planCommands(context),
    forms: [...planForms(context), ...itemForms(context)],
    mine: listMine,
    timers: {
      ...tellTimers(context),
      ...annualTimers(context),
      ...lateTimers,
      [startTimer]: async (trx, { plan: id = '' }, now) => {
        const { row } = await readPlan(trx, id)
        if (row.state === 'approved') await startPlan(trx, context, id, now)
      },
    },
  }
}
