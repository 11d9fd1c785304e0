export { countedVisits } from './counted-visits.ts'
export { visitsBetween } from './visits-between.ts'
