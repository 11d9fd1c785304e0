import type { EventsContext } from '../features/events/context.ts'
import type { HelpDesk } from '../features/help/port.ts'
import type { PushesContext } from '../features/pushes/context.ts'
import type { ResourcesContext } from '../features/resources/context.ts'
import type { SubmissionsContext } from '../features/submissions/context.ts'
import type { RecordsDesk, SubmissionsDesk } from '../features/submissions/port.ts'
import type { Campaigns } from '../open-campaigns.ts'
import type { Duties } from '../open-duties.ts'
import type { Logger } from '../platforms/logger.ts'
import type { TrustsProxy } from '../platforms/web/client-address.ts'
import type { SealedFiles } from '../seal/sealed-files.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Store } from '../store/store.ts'
import type { Fields } from './form-fields.ts'
import type { PageDeskOptions } from './page-desk.ts'
import type { PageFiles } from './page-files.ts'
import type { Visit } from './visit.ts'

/** How the house is; what only the wiring knows. */
interface SystemState {
  version: string
  startedAt: Date
  /** When the search index that answers was built; null where there is none. */
  indexBuiltAt: Date | null
  /** As configured, never its key; null: answers are extracted. */
  model: { provider: string; name: string } | null
}

export interface ConsoleOptions {
  store: Store
  clock: () => Date
  logger: Logger
  /** Where people reach the bot, as links that are handed on begin. */
  publicUrl: () => string
  trustProxy: TrustsProxy
  /** Whether people come by https: cookies are then sent over nothing else. */
  secure: boolean
  /** How the house is, as the system page shows it. */
  systemState: () => Promise<SystemState>
  /** Questions that were put to a person. */
  help: HelpDesk
  /** What was sent in. */
  submissions: SubmissionsContext
  /** Web forms for people without account, and what became of what they sent in. */
  entries: SubmissionsDesk
  records: RecordsDesk
  /** Events and who comes, science resources and their bookings. */
  events: EventsContext
  resources: ResourcesContext
  /** Reminders, and the features whose duties they remind of. */
  duties: Duties
  /** Campaigns, and what is sent to many and answered. */
  campaigns: Campaigns
  /** Tables that can be pushed, and where to. */
  pushing: PushesContext
  /** What buttons and forms do that stand on pages. */
  pressing: Pick<PageDeskOptions, 'handlerOf' | 'forms'>
  /** Where files of web forms are kept. */
  blobs: Blobs
  files: Pick<SealedFiles, 'read' | 'clear'>
}

/** What a page of the console is made from. */
export interface ConsoleRoutes {
  options: ConsoleOptions
  pageFiles: PageFiles
  get(path: string, show: (visit: Visit) => Promise<Response>): void
  /** The form's token was checked before. `maxSize` in bytes. */
  post(path: string, act: (visit: Visit, fields: Fields) => Promise<Response>, maxSize?: number): void
}
