import type { Feature } from '../../conversation/feature.ts'
import type { FoundingContext } from './context.ts'

/** How an association is founded: which mode, and the steps to it (clause 10). */
export function createFounding(context: FoundingContext): Feature {
  void context
  return {
    name: 'founding',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
