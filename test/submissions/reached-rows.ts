import type { Stored } from './dump-database.ts'

/** A row of a dump, with all of its columns in one text. */
export interface Row {
  table: string
  text: string
}

export function rowsOf(dump: readonly Stored[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { place, row, text } of dump) {
    const [table = '', column = ''] = place.split('.')
    const key = `${table} ${row}`
    rows.set(key, { table, text: `${rows.get(key)?.text ?? ''} ${column}=${text}` })
  }
  return [...rows.values()]
}

/** The rows that hold one of the marks, and those that share a tag or an id with them, and so on. */
export function reachedFrom(
  rows: readonly Row[],
  from: readonly string[],
  known: ReadonlySet<string>,
): Row[] {
  const reached = new Set<Row>()
  const marks = [...from]
  for (let mark = marks.pop(); mark !== undefined; mark = marks.pop()) {
    for (const row of rows) {
      if (reached.has(row) || !row.text.includes(mark)) continue
      reached.add(row)
      marks.push(...marksIn(row.text).filter((one) => !known.has(one)))
    }
  }
  return [...reached]
}

/** Tags, ids and names of files, long enough that none is the same by chance. */
function marksIn(text: string): string[] {
  return text.match(/(?<![\w-])(?:[\w-]{43}|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64})(?![\w-])/g) ?? []
}
