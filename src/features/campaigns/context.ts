import type { Account } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Reads } from '../../people/people.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { CirculationPort } from '../circulation/port.ts'
import type { RemindersPort } from '../reminders/port.ts'
import type { ComparingPort } from '../submissions/port.ts'

/** What all parts of this feature work with. */
export interface CampaignsContext {
  store: Store
  blobs: Blobs
  /** Folder of what is data: defaults, templates. */
  knowledgeDir: string
  /** Better with a model; null: by rules alone. */
  model: { chat: ChatModel; prompts: Prompts } | null
  /** Sends it to many and knows who has answered. */
  circulation: CirculationPort
  reminders: RemindersPort
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
  /** Kinds and records of what takes part. */
  submissions: ComparingPort
  /** What is to be said of the assessment (考核评估) of a campaign, named by its id; null: there is none. */
  assessed(
    db: Reads,
    campaign: string,
    language: Language,
  ): Promise<{ line: string; isPublic: boolean } | null>
}
