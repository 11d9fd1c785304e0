import { parse } from 'yaml'
import { z } from 'zod'
import { decodeText } from '../../../knowledge/read/decode-text.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { ReadCell, ReadRow } from '../../../spreadsheets/read-cell.ts'
import { readRows } from '../../../spreadsheets/read-rows.ts'
import { SpreadsheetError } from '../../../spreadsheets/spreadsheet-error.ts'
import type { Kind } from '../definition/schema.ts'
import { type Column, columnOf } from './columns.ts'

/** In which columns a ledger is written, as a cadre has it. */
export interface LedgerTemplate {
  /** Lines that stand above the headings: a title, who fills it in. */
  above: string[][]
  columns: { heading: string /** Null: left empty, to be filled in by hand. */; column: Column | null }[]
}

/** A template is a head, no ledger. */
const longestTemplate = 5 * 1024 * 1024
/** Titles above the headings are common: they are looked for in the first lines. */
const headingsWithin = 20
const mostColumns = 200

const listSchema = z.object({
  title: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  columns: z
    .array(
      z.union([z.string().max(200), z.strictObject({ heading: z.string().max(200), column: z.string() })]),
    )
    .min(1)
    .max(mostColumns),
})

/**
 * Reads a template: the head of a workbook (XLSX) or CSV file, or a YAML list of headings, each of which may name its
 * column. Throws PlainError where it is none.
 * @param name The file's, by whose end YAML is known.
 */
export async function readTemplate(
  bytes: Uint8Array,
  name: string,
  kinds: readonly Kind[],
): Promise<LedgerTemplate> {
  if (bytes.length > longestTemplate) throw new PlainError('submissions:ledger.template-wrong')
  return /\.ya?ml$/i.test(name) ? readList(bytes, kinds) : readHead(bytes, kinds)
}

function readList(bytes: Uint8Array, kinds: readonly Kind[]): LedgerTemplate {
  let given: unknown
  try {
    given = parse(decodeText(bytes) ?? '', { maxAliasCount: 20 })
  } catch (error) {
    throw new PlainError('submissions:ledger.template-wrong', {}, { cause: error })
  }
  const { success, data } = listSchema.safeParse(Array.isArray(given) ? { columns: given } : given)
  if (!success) throw new PlainError('submissions:ledger.template-wrong')
  const columns = data.columns.map((one) => {
    const [heading, name] = typeof one === 'string' ? [one, one] : [one.heading, one.column]
    const column = columnOf(name, kinds)
    // A heading may be for filling in by hand; a column that is named and is none is a mistake.
    if (column === null && typeof one !== 'string')
      throw new PlainError('submissions:ledger.no-column', { name })
    return { heading, column }
  })
  return { above: [], columns: ownNumbers(columns) }
}

async function readHead(bytes: Uint8Array, kinds: readonly Kind[]): Promise<LedgerTemplate> {
  const rows: ReadRow[] = []
  try {
    for await (const row of readRows(bytes)) {
      rows.push(row)
      if (rows.length === headingsWithin) break
    }
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    throw new PlainError(`submissions:ledger.file.${error.why}`, {}, { cause: error })
  }
  const known = rows.map(({ cells }) => cells.filter((cell) => columnOf(textOf(cell), kinds) !== null).length)
  const best = Math.max(0, ...known)
  const at = known.indexOf(best)
  const head = rows[at]
  if (!head || best === 0) throw new PlainError('submissions:ledger.template-wrong')
  const headings = head.cells.slice(0, mostColumns).map(textOf)
  return {
    above: rows.slice(0, at).map(({ cells }) => cells.map(textOf)),
    columns: ownNumbers(headings.map((heading) => ({ heading, column: columnOf(heading, kinds) }))),
  }
}

/**
 * 建议编号 in a ledger that is taken up is the number that it had there; in one that is to be filled in, the record's
 * own, unless that has a column or the heading says otherwise (原编号).
 */
function ownNumbers(columns: LedgerTemplate['columns']): LedgerTemplate['columns'] {
  if (columns.some(({ column }) => column === 'number')) return columns
  return columns.map((one) => {
    const isOwn = one.column === 'original-number' && !/原|original/i.test(one.heading)
    return isOwn ? { ...one, column: 'number' as const } : one
  })
}

function textOf(cell: ReadCell): string {
  return typeof cell === 'string' ? cell.trim().slice(0, 200) : typeof cell === 'number' ? String(cell) : ''
}
