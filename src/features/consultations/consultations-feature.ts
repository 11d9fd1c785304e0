import type { Feature } from '../../conversation/feature.ts'
import { consultationActions } from './consultation-actions.ts'
import { consultationCommands } from './consultation-commands.ts'
import { consultationForms } from './consultation-forms.ts'
import type { ConsultationsContext } from './context.ts'
import { consultationTimers } from './end-consultation.ts'
import { waitingConsultations } from './list-mine.ts'

/** Decisions, projects and assessments on which people are asked for their opinion (clauses 9, 16). */
export function createConsultations(context: ConsultationsContext): Feature {
  return {
    name: 'consultations',
    actions: consultationActions(context),
    commands: consultationCommands(context),
    forms: consultationForms(context),
    mine: (whose) => waitingConsultations(context, whose),
    timers: consultationTimers(context),
    subscriptions: {},
  }
}
