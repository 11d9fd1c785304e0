export { sentNotices } from './sent-notices.ts'
