import type { Feature } from '../../conversation/feature.ts'
import type { AssessmentContext } from './context.ts'

/** Assessment of units and persons by sheets of measures: self-score, check, result (clauses 5, 16). */
export function createAssessment(context: AssessmentContext): Feature {
  void context
  return {
    name: 'assessment',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
