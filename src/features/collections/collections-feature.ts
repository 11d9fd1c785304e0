import type { Feature } from '../../conversation/feature.ts'
import type { CollectionsContext } from './context.ts'

/** Collections that cadres define themselves: asked, answered by form, tallied (clause 9). */
export function createCollections(context: CollectionsContext): Feature {
  void context
  return {
    name: 'collections',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
