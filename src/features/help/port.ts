export type { DeskRequest, HelpDesk } from './desk.ts'
export { clauseName } from './help-cards.ts'
export type { Named, RequestFacts } from './requests.ts'
export type { RequestStatus } from './status.ts'
