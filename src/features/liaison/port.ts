export { visitsBetween } from './visits-between.ts'
