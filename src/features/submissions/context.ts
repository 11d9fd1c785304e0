import type { Account } from '../../chat/incoming.ts'
import type { SealedFiles } from '../../seal/sealed-files.ts'
import type { Sealer } from '../../seal/sealer.ts'
import type { Store, Trx } from '../../store/store.ts'
import type { SentenceModel } from './collect/model-reading.ts'
import type { Kinds } from './definition/kinds.ts'
import type { ExpertSearch } from './experts/expert-search.ts'
import type { SimilarSubmissions } from './search/similar.ts'

/** What all parts of this feature work with. */
export interface SubmissionsContext {
  store: Store
  kinds: Kinds
  sealer: Sealer
  files: SealedFiles
  /** Reads what is said in one go; null: by rules alone. */
  model?: SentenceModel | null
  /** Finds what is about the same; null: nothing is looked for. */
  similar?: SimilarSubmissions | null
  /** Finds whoever knows a field; null: nobody is suggested. */
  experts?: ExpertSearch | null
  /** Holds `ledgers/` and `statistics.yaml`; undefined: there are none. */
  knowledgeDir?: string
  /** A link that opens the console once, for the person of an account; null: they may not. */
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  /** Where people reach the web pages, asked when a link is made. */
  publicUrl(): string
  /** Tells the workers of messages and events that there may be something for them. */
  wakeWorkers(): void
}
