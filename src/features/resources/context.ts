import type { Account } from '../../chat/incoming.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { ResourceSearch } from './finding/resource-search.ts'
import type { ResourceKinds } from './kinds.ts'

/** What all of this feature works with. */
export interface ResourcesContext {
  store: Store
  kinds: ResourceKinds
  search: ResourceSearch
  sealer: Sealer
  blobs: Blobs
  /** Where people reach the web pages, asked when a link is made. */
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
}
