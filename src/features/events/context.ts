import type { Account, Conversation } from '../../chat/incoming.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { EventKinds } from './making/kinds.ts'

/** What all parts of this feature work with. */
export interface EventsContext {
  store: Store
  kinds: EventKinds
  sealer: Sealer
  blobs: Blobs
  /** Where people reach the web pages, asked when a link is made. */
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Who is in a chat; null: nobody can tell. Default: nobody can. */
  membersOf?(conversation: Conversation): Promise<readonly Account[] | null>
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
}
