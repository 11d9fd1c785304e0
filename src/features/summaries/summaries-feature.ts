import type { Feature } from '../../conversation/feature.ts'
import type { SummariesContext } from './context.ts'
import { readOutline } from './outline.ts'
import { summaryActions } from './summary-actions.ts'
import { summaryCommands } from './summary-commands.ts'

/** Quarter reviews and year-end summaries drafted from the records (clause 17). Throws PlainError where the outline is wrong. */
export function createSummaries(given: SummariesContext): Feature {
  const context = { ...given, ...readOutline(given.knowledgeDir) }
  return {
    name: 'summaries',
    actions: summaryActions(context),
    commands: summaryCommands(context),
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
