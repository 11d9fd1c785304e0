export { createOpinionsPort, type OpinionsPort } from './collect/opinions.ts'
export { longestComment } from './collect/receipt.ts'
export type { Followed, SubmissionsDesk, WebEntry } from './collect/web-desk.ts'
export type { Pressed, RecordPage, RecordsDesk } from './desk/records-desk.ts'
