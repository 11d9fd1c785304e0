export type { DeskRequest, Fetched, HelpDesk } from './desk.ts'
export { clauseName, timeOf } from './help-cards.ts'
export type { Named, RequestFacts } from './requests.ts'
export type { RequestStatus } from './status.ts'
