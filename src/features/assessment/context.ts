import type { Account } from '../../chat/incoming.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { CirculationPort } from '../circulation/port.ts'
import type { RemindersPort } from '../reminders/port.ts'
import type { ComparingPort, PeriodPort } from '../submissions/port.ts'

/** What all parts of this feature work with. */
export interface AssessmentContext {
  store: Store
  blobs: Blobs
  /** Folder of what is data: defaults, templates. */
  knowledgeDir: string
  /** Better with a model; null: by rules alone. */
  model: { chat: ChatModel; prompts: Prompts } | null
  /** Sends it to many and knows who has answered. */
  circulation: CirculationPort
  reminders: RemindersPort
  /** What was sent in, as figures of units and persons are read. */
  submitted: PeriodPort
  /** Kinds of what is sent in, heads, and what takes part in a campaign. */
  submissions: ComparingPort
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
}
