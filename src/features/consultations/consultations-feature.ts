import type { Feature } from '../../conversation/feature.ts'
import type { ConsultationsContext } from './context.ts'

/** Decisions, projects and assessments on which people are asked for their opinion (clauses 9, 16). */
export function createConsultations(context: ConsultationsContext): Feature {
  void context
  return {
    name: 'consultations',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
