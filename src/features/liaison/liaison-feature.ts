import type { Feature } from '../../conversation/feature.ts'
import { liaisonActions } from './actions.ts'
import { liaisonCommands } from './commands.ts'
import type { LiaisonContext } from './context.ts'
import { assigningForms } from './forms.ts'
import { liaisonOf } from './mine.ts'
import { readLiaisonRules } from './rules.ts'
import { visitForms } from './visit-forms.ts'
import { liaisonTimers } from './watch.ts'

/**
 * Who looks after the organisations without association, their visits and what was promised on them (clause 12). Throws
 * PlainError where `liaison.yaml` is wrong.
 */
export function createLiaison(given: LiaisonContext): Feature {
  const context = { ...given, rules: readLiaisonRules(given.knowledgeDir) }
  return {
    name: 'liaison',
    actions: liaisonActions(context),
    commands: liaisonCommands(context),
    forms: [...assigningForms(context), ...visitForms(context)],
    mine: (whose) => liaisonOf(context, whose),
    timers: liaisonTimers(context),
    subscriptions: {},
  }
}
