export { itemsDue } from './items-due.ts'
