import type { PlanningContext } from '../context.ts'
import type { PlansContext } from './context.ts'
import { readPlanSettings, readPlanTemplate } from './settings.ts'

/** What the parts of annual plans work with. Throws PlainError where a file of theirs is none. */
export function openPlans(context: PlanningContext): PlansContext {
  const { knowledgeDir } = context
  return { ...context, settings: readPlanSettings(knowledgeDir), template: readPlanTemplate(knowledgeDir) }
}
