import type { Feature } from '../../conversation/feature.ts'
import type { SummariesContext } from './context.ts'

/** Quarter reviews and year-end summaries drafted from the records (clause 17). */
export function createSummaries(context: SummariesContext): Feature {
  void context
  return {
    name: 'summaries',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
