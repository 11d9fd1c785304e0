export { createOpinionsPort, type OpinionsPort } from './collect/opinions.ts'
export { longestComment } from './collect/receipt.ts'
export type { Followed, SubmissionsDesk, WebEntry } from './collect/web-desk.ts'
export type { PartFigures } from './compared-figures.ts'
export {
  type ComparedField,
  type ComparedRecord,
  type ComparingPort,
  createComparingPort,
} from './comparing.ts'
export { countSentIn } from './count-sent.ts'
export { mostPoints, type Rubric, rubricSchema } from './definition/rubric.ts'
export type { Pressed, RecordPage, RecordsDesk } from './desk/records-desk.ts'
export { createPeriodPort, type PeriodPort } from './records-in-period.ts'
export { createPublicNoticeWriter, noticeWriter } from './review/notice-to-each.ts'
export { createShowcaseWriter } from './review/showcase.ts'
export type { Statistics } from './statistics/statistics.ts'
export { statisticsCard } from './statistics/statistics-card.ts'
export { statisticsWorkbook } from './statistics/statistics-workbook.ts'
