import type { Feature } from '../../conversation/feature.ts'
import { assessmentActions } from './actions.ts'
import { assessmentCommands } from './commands.ts'
import type { AssessmentContext } from './context.ts'
import { closeTimer } from './keep-assessment.ts'
import { listMine } from './list-mine.ts'
import { makeForm } from './make-form.ts'
import { objectionForms } from './objection-forms.ts'
import { knownKinds, readSheets } from './read-sheet.ts'
import { closing } from './results.ts'
import { scoreForms } from './score-forms.ts'

/** Assessment of units and persons by sheets of measures: self-score, check, result (clauses 5, 16). */
export function createAssessment(context: AssessmentContext): Feature {
  return {
    name: 'assessment',
    actions: assessmentActions(context),
    commands: assessmentCommands(context),
    forms: [
      makeForm(context, readSheets(context.knowledgeDir, knownKinds(context))),
      ...scoreForms(context),
      ...objectionForms(context),
    ],
    mine: listMine,
    timers: { [closeTimer]: closing(context) },
    subscriptions: {},
  }
}
