import type { Feature } from '../../conversation/feature.ts'
import type { NoticesContext } from './context.ts'

/** Notices with read receipts, the news digest, what groups did in a week or month (clauses 6, 9, 13). */
export function createNotices(context: NoticesContext): Feature {
  void context
  return {
    name: 'notices',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
