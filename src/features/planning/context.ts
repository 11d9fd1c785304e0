import type { Account } from '../../chat/incoming.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { RemindersPort } from '../reminders/port.ts'
import type { SummariesPort } from '../summaries/port.ts'

/** What the parts of this feature work with. */
export interface PlanningContext {
  store: Store
  blobs: Blobs
  /** Folder of what is data: templates, frequencies. */
  knowledgeDir: string
  reminders: RemindersPort
  /** Drafts what a plan came to, and writes it as a document. */
  summaries: SummariesPort
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
}
