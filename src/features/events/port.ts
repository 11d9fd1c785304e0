export { hoursOfYear } from './after/hours.ts'
