import { isNode, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { PlainError } from '../../messages/plain-error.ts'
import { type Day, eachDay, isDay } from './day.ts'
import type { YearTable } from './year-table.ts'

const day = z.string().refine(isDay)
const holiday = z.strictObject({
  name: z.string().trim().min(1).max(40),
  first: day,
  /** Default: the first day alone. */
  last: day.optional(),
  /** Days of rest that are worked instead. */
  work: z.array(day).default([]),
})
const schema = z.strictObject({
  year: z.int().min(1950).max(2199),
  source: z.string().trim().min(1),
  holidays: z.array(holiday).min(1),
})

/**
 * Reads a data file of a year, `2027.yaml`: year, source, and holidays with name, first, last and make-up days (work).
 * @param file its name, as the errors name it.
 * @throws PlainError with file and line, where it is no YAML, a field is missing, unknown or wrong, a day lies outside
 *   of the year (December before it is allowed), or a day stands twice.
 */
export function parseYearFile(source: string, file: string): YearTable {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'silent' })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const broken = document.errors[0]
  if (broken) {
    throw new PlainError('calendar:file.broken', { file, line: lineAt(broken.pos[0]) })
  }
  /** The line of what stands at a path, or of the nearest thing around it that is there. */
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = document.getIn(path as (string | number)[], true)
    if (isNode(node) && node.range) return lineAt(node.range[0])
    return path.length > 0 ? lineOf(path.slice(0, -1)) : 1
  }
  const checked = schema.safeParse(document.toJS({ maxAliasCount: 10 }))
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
    throw new PlainError('calendar:file.field', {
      file,
      line: lineOf(path),
      field: path.filter((part) => typeof part === 'string').join('.'),
    })
  }
  const { year, source: notice, holidays } = checked.data
  if (!file.endsWith(`${year}.yaml`)) {
    throw new PlainError('calendar:file.other-year', { file, line: lineOf(['year']), year })
  }
  const table: YearTable = { year, source: notice, off: {}, work: {} }
  const enter = (into: 'off' | 'work', entered: Day, name: string, path: (string | number)[]) => {
    if (entered < `${year - 1}-12-01` || entered > `${year}-12-31`) {
      throw new PlainError('calendar:file.outside', { file, line: lineOf(path), day: entered, year })
    }
    if (entered in table.off || entered in table.work) {
      throw new PlainError('calendar:file.twice', { file, line: lineOf(path), day: entered })
    }
    table[into][entered] = name
  }
  for (const [i, { name, first, last = first, work }] of holidays.entries()) {
    if (last < first) {
      throw new PlainError('calendar:file.order', {
        file,
        line: lineOf(['holidays', i, 'last']),
        first,
        last,
      })
    }
    if (last > `${year}-12-31` || first < `${year - 1}-12-01`) {
      enter('off', last > `${year}-12-31` ? last : first, name, ['holidays', i, 'first'])
    }
    for (const one of eachDay(first, last)) enter('off', one, name, ['holidays', i, 'first'])
    for (const [j, one] of work.entries()) enter('work', one, name, ['holidays', i, 'work', j])
  }
  return table
}
