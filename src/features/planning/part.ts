import type { Feature } from '../../conversation/feature.ts'

/** What a folder of this feature adds to it. */
export interface PlanningPart {
  actions?: Feature['actions']
  commands?: Feature['commands']
  forms?: Feature['forms']
  timers?: Feature['timers']
  mine?: Feature['mine']
}
