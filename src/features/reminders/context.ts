import type { Account, Conversation } from '../../chat/incoming.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Store, Trx } from '../../store/store.ts'

/** What all parts of this feature work with. */
export interface RemindersContext {
  store: Store
  /** Better with a model: sentences that the rules cannot read. */
  model: { chat: ChatModel; prompts: Prompts } | null
  /** Folder of the templates and of the usual steps. */
  knowledgeDir: string
  publicUrl(): string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Who is in a chat; null: nobody can tell. Default: nobody can. */
  membersOf?(conversation: Conversation): Promise<readonly Account[] | null>
  /** The form of another feature by which a reminder is acknowledged. Default: there are none. */
  formOf?(name: string): FormDefinition | null
  /** Tells the workers that there may be something for them. */
  wakeWorkers(): void
}
