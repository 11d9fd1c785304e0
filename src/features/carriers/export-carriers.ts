import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Reads } from '../../people/people.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeCsv } from '../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import { kindTitle, levelTitle, standingTitle, stateTitle, warningText } from './carrier-texts.ts'
import { type CarrierColumn, carrierColumns, carrierHeadings } from './columns.ts'
import { figuresByOrganisation, type ListedCarrier } from './overview.ts'
import { expertLine } from './parse-lists.ts'
import { lastOutcomeOf } from './records.ts'
import { carrierKinds } from './rules.ts'

export const carrierFormats = ['xlsx', 'csv'] as const

const widths = [16, 24, 26, 24, 10, 12, 12, 12, 30, 30, 40, 12, 18, 18, 16, 10, 12, 12, 20, 40]

/**
 * Carriers as a file with the headings of the import, so that it can be taken in elsewhere, and how they stand beside; as
 * a workbook also the figures of each organisation.
 */
export function exportCarriers(
  carriers: readonly ListedCarrier[],
  contacts: ReadonlyMap<string, string>,
  given: { format: (typeof carrierFormats)[number]; language: Language; today: string },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const { format, language, today } = given
  const title = translate(language, 'carriers:export.title')
  const rows = rowsOf(carriers, contacts, language)
  const figures = {
    name: translate(language, 'carriers:export.figures'),
    rows: figureRows(carriers, language),
  }
  return {
    pieces: format === 'xlsx' ? writeWorkbook([{ name: title, rows, widths }, figures]) : writeCsv(rows),
    name: `${title}-${today}.${format}`,
    type:
      format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
  }
}

/** The names of those who look after carriers, by their ids. */
export async function contactNames(
  db: Reads,
  carriers: readonly ListedCarrier[],
): Promise<Map<string, string>> {
  const ids = [...new Set(carriers.flatMap(({ carrier }) => carrier.row.contact_person ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const beside = ['number', 'state', 'outcomes', 'last-outcome', 'standing', 'warnings'] as const

async function* rowsOf(
  carriers: readonly ListedCarrier[],
  contacts: ReadonlyMap<string, string>,
  language: Language,
): AsyncGenerator<Cell[]> {
  yield [
    ...carrierColumns.map((column) => carrierHeadings[column][language === 'en' ? 1 : 0] ?? column),
    ...beside.map((key) => translate(language, `carriers:export.${key}`)),
  ]
  for (const listed of carriers) {
    const { carrier, organisation, today, standing, warnings } = listed
    const { row, needs, experts, grades, outcomes } = carrier
    const values: Record<CarrierColumn, Cell> = {
      ...{ kind: kindTitle(row.kind, language), name: row.name, organisation, partner: row.partner },
      ...{ level: levelTitle(row.level, language), category: row.category },
      ...{ starts: { day: row.starts_on }, ends: { day: row.ends_on }, tasks: row.tasks },
      ...{ needs: needs.join('\n'), experts: experts.map(expertLine).join('\n') },
      ...{ person: contacts.get(row.contact_person ?? '') ?? '', contact: row.contact },
      grades: grades.map(({ year, score }) => `${year}:${score}`).join('；'),
    }
    const last = lastOutcomeOf(carrier)
    yield [
      ...carrierColumns.map((column) => values[column]),
      ...[row.number, stateTitle(row.state, language), outcomes.length, last === null ? '' : { day: last }],
      standing.map((matter) => standingTitle(matter, row, today, language)).join('、'),
      warnings.map((warning) => warningText(warning, language)).join('\n'),
    ]
  }
}

async function* figureRows(carriers: readonly ListedCarrier[], language: Language): AsyncGenerator<Cell[]> {
  const say = (key: string) => translate(language, `carriers:export.${key}`)
  const keys = ['organisation', 'active', 'expiring', 'dormant', 'warned', 'outcomes']
  const [organisation = '', active = '', ...others] = keys.map(say)
  yield [organisation, active, ...carrierKinds.map((kind) => kindTitle(kind, language)), ...others]
  for (const { organisation: path, figures } of figuresByOrganisation(carriers)) {
    const { byKind, expiring, dormant, warned, outcomes } = figures
    const kinds = carrierKinds.map((kind) => byKind[kind])
    yield [path, figures.active, ...kinds, expiring, dormant, warned, outcomes]
  }
}
