import type { Account } from '../../chat/incoming.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { RemindersPort } from '../reminders/port.ts'
import type { OpinionsPort } from '../submissions/port.ts'
import type { LiaisonRules } from './rules.ts'

/** What the parts of this feature work with. */
export interface LiaisonContext {
  store: Store
  blobs: Blobs
  /** Folder of what is data: templates, frequencies. */
  knowledgeDir: string
  reminders: RemindersPort
  /** Takes up what was heard on visits; null: needs stay with the visit. */
  opinions: OpinionsPort | null
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
}

/** The same, with what is expected. */
export interface Liaison extends LiaisonContext {
  rules: LiaisonRules
}

/** Who does something, and when. */
export interface Doing {
  /** A person; null: the house. */
  by: string | null
  /** Of `store.now(trx)`. */
  now: Date
}
