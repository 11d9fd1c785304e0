export { hoursOfYear } from './after/hours.ts'
export { comparedEvents, findComparedEvent } from './compared-events.ts'
export { eventsBetween } from './events-between.ts'
export { readYaml } from './making/read-yaml.ts'
