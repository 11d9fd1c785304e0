export { itemsDue } from './items-due.ts'
export { itemsOfYears } from './items-of-years.ts'
export { yearlyItems } from './yearly-items.ts'
