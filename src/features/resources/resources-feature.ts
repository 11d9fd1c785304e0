import type { Account } from '../../chat/incoming.ts'
import type { Feature } from '../../conversation/feature.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'

export interface ResourcesContext {
  store: Store
  sealer: Sealer
  blobs: Blobs
  publicUrl(): string
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  wakeWorkers(): void
}

/** Open science resources: facilities, exhibits, speakers, courses; who may use them when. */
export function createResourcesFeature(_context: ResourcesContext): Feature {
  return {
    name: 'resources',
    actions: {},
    commands: [],
    forms: [],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}
