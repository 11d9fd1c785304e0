import type { PlanningContext } from '../context.ts'
import type { PlanSettings, PlanTemplate } from './settings.ts'

/** What the parts of annual plans work with. */
export interface PlansContext extends PlanningContext {
  settings: PlanSettings
  template: PlanTemplate
}
