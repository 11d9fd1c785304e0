import type { Feature } from '../../conversation/feature.ts'
import type { LiaisonContext } from './context.ts'

/** Who looks after the organisations without association, their visits and what was promised on them (clause 12). */
export function createLiaison(context: LiaisonContext): Feature {
  void context
  return {
    name: 'liaison',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
