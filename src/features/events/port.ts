export { hoursOfYear } from './after/hours.ts'
export { readYaml, type YamlDocument } from './making/read-yaml.ts'
