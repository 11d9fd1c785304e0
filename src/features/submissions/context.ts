import type { Sealer } from '../../seal/sealer.ts'
import type { Store } from '../../store/store.ts'
import type { Kinds } from './definition/kinds.ts'

/** What all parts of this feature work with. */
export interface SubmissionsContext {
  store: Store
  kinds: Kinds
  sealer: Sealer
  /** Where people reach the web pages, asked when a link is made. */
  publicUrl(): string
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
}
