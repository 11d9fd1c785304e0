import type { Kysely } from 'kysely'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import type { Tables } from '../../../store/tables.ts'
import type { SubmissionsContext } from '../context.ts'
import type { Kind } from '../definition/schema.ts'
import { type ListFilters, listSubmissions } from '../list-submissions.ts'
import type { Asker } from '../visible.ts'
import { readBeside, readOrganisations } from './beside.ts'
import { cellOf } from './cells.ts'
import { type Column, columnTitle, fieldNamed, usualColumns } from './columns.ts'
import { exportReach } from './ledger-reach.ts'
import type { LedgerTemplate } from './template.ts'

export const ledgerFormats = ['xlsx', 'csv'] as const
export type LedgerFormat = (typeof ledgerFormats)[number]

export interface LedgerRequest {
  /** Whose rights hold. `house`: whoever runs the bot at its machine; they get all but what is sealed. */
  asker: Asker
  filters: ListFilters
  format: LedgerFormat
  /** Null: the usual columns. */
  template: LedgerTemplate | null
  language: Language
}

/** So many records are in memory at once; with more the file takes as long, and half as much memory again. */
const page = 200

/**
 * The ledger as a file, written while its rows are read page by page by key. Only records that lie where the asker may
 * export; names as `authorName` has them. Throws PlainError before the first piece where they may export nowhere.
 */
export async function exportLedger(
  context: Pick<SubmissionsContext, 'store' | 'kinds' | 'sealer'>,
  request: LedgerRequest,
): Promise<{ pieces: AsyncGenerator<Uint8Array>; name: string; type: string }> {
  const { store } = context
  const today = dayInChina(await store.now())
  // Before anything is sent: what is refused is refused as a whole.
  const liesWith = await exportReach(store.db, request.asker, today)
  const filters = { ...request.filters, ...(liesWith === 'all' ? {} : { liesWith }) }
  const columns = columnsOf(context, request)
  const rows = ledgerRows(store.db, context, { ...request, filters }, columns)
  const title = translate(request.language, 'submissions:ledger.title')
  const above = request.template?.above.length ?? 0
  const isBook = request.format === 'xlsx'
  return {
    pieces: isBook
      ? writeWorkbook([{ name: title, rows, headings: above + 1, widths: columns.map(widthOf) }])
      : writeCsv(rows),
    name: `${title}-${today}.${request.format}`,
    type: isBook
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : 'text/csv; charset=utf-8',
  }
}

interface LedgerColumn {
  heading: string
  column: Column | null
}

function columnsOf(
  { kinds }: Pick<SubmissionsContext, 'kinds'>,
  { template, filters, language }: LedgerRequest,
): LedgerColumn[] {
  if (template) return template.columns
  const wanted = kindsOf(kinds.everyVersion(), filters.kind)
  return usualColumns(wanted).map((column) => ({ heading: columnTitle(column, wanted, language), column }))
}

/** The kinds that a ledger is about, the newest versions first. */
export function kindsOf(versions: readonly Kind[], kind: string | undefined): Kind[] {
  return versions.filter((one) => kind === undefined || one.kind === kind).toReversed()
}

async function* ledgerRows(
  db: Kysely<Tables>,
  context: Pick<SubmissionsContext, 'store' | 'kinds' | 'sealer'>,
  { asker, filters, template, language }: LedgerRequest,
  columns: readonly LedgerColumn[],
): AsyncGenerator<Cell[]> {
  for (const line of template?.above ?? []) yield line
  yield columns.map(({ heading }) => heading)
  const organisations = await readOrganisations(db)
  let after: string | undefined
  let row = 0
  do {
    const { submissions, next } = await listSubmissions(db, context, asker, filters, {
      size: page,
      ...(after === undefined ? {} : { after }),
    })
    const beside = { ...(await readBeside(db, submissions, columns)), organisations }
    for (const submission of submissions) {
      row += 1
      const options = { beside, language, row }
      yield columns.map(({ heading, column }) =>
        column === null
          ? null
          : inItsUnit(cellOf(submission, column, options), heading, column, submission.kind),
      )
    }
    after = next ?? undefined
  } while (after !== undefined)
}

/** An amount under a heading in 万元, which is how many ledgers have it: 120,000 yuan are 12. Kept to 分. */
function inItsUnit(cell: Cell, heading: string, column: Column, kind: Kind): Cell {
  if (typeof cell !== 'number' || !heading.includes('万元')) return cell
  const isAmount =
    column === 'expected' ||
    column === 'benefit' ||
    (column.startsWith('field.') && fieldNamed([kind], column.slice(6))?.type === 'money')
  return isAmount ? Math.round(cell * 100) / 1_000_000 : cell
}

const wide: readonly Column[] = ['subject', 'organisation', 'lies-with', 'published']

function widthOf({ heading, column }: LedgerColumn): number {
  if (column === 'row') return 6
  const isLong = column !== null && (wide.includes(column) || column.startsWith('field.'))
  return Math.max(isLong ? 30 : 14, Math.min(40, heading.length * 2 + 2))
}
