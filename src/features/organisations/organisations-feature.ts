import type { Feature } from '../../conversation/feature.ts'
import type { OrganisationsContext } from './context.ts'

/** What is known of organisations: their associations, their science and technology workers (clauses 10, 14). */
export function createOrganisations(context: OrganisationsContext): Feature {
  void context
  return {
    name: 'organisations',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
