import type { ChatModel } from '../../model/chat-model.ts'
import type { Prompts } from '../../model/prompt-file.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store } from '../../store/store.ts'
import type { ComparingPort } from '../submissions/port.ts'
import type { Outline, Words } from './outline.ts'

/** What all parts of this feature work with. */
export interface SummariesContext {
  store: Store
  blobs: Blobs
  /** Folder of what is data: the outline, the words. */
  knowledgeDir: string
  /** Better with a model; null: by rules alone. */
  model: { chat: ChatModel; prompts: Prompts } | null
  /** Tells what was sent in. */
  submissions: Pick<ComparingPort, 'sentBetween'>
  publicUrl(): string
}

/** The same, with what its files say. */
export interface Summaries extends SummariesContext {
  outline: Outline
  words: Words
}
