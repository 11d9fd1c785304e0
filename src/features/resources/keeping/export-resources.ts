import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeCsv } from '../../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import { kindOf } from '../finding/resource-cards.ts'
import type { ResourceKinds } from '../kinds.ts'
import { showOpenHours } from '../open-hours.ts'
import { type ResourceRow, toResource, useOf } from '../records.ts'
import { type ResourceColumn, resourceColumns, resourceHeadings } from './columns.ts'

const widths = [
  16, 12, 26, 26, 40, 26, 12, 24, 12, 14, 18, 40, 12, 24, 16, 12, 12, 12, 12, 30, 10, 10, 10, 10,
]

/**
 * Resources as a file with the headings of the import, so that it can be changed and taken in again; beside them how
 * they stand and how often they were used.
 * @param today `YYYY-MM-DD`, for the file's name.
 */
export function exportResources(
  db: Reads,
  rows: readonly ResourceRow[],
  {
    kinds,
    format,
    language,
    today,
  }: {
    kinds: ResourceKinds
    format: 'xlsx' | 'csv'
    language: Language
    today: string
  },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = translate(language, 'resources:list.any')
  const table = tableOf(db, rows, kinds, language)
  return {
    pieces:
      format === 'xlsx'
        ? writeWorkbook([{ name: title, rows: table, headings: 1, widths }])
        : writeCsv(table),
    name: `${title}-${today}.${format}`,
    type:
      format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
  }
}

async function* tableOf(
  db: Reads,
  rows: readonly ResourceRow[],
  kinds: ResourceKinds,
  language: Language,
): AsyncGenerator<Cell[]> {
  const head = resourceColumns.map((column) => resourceHeadings[column][language === 'en' ? 1 : 0])
  const beside = (['state', 'times', 'people', 'rating'] as const).map((key) =>
    translate(language, `resources:column.${key}`),
  )
  yield [...head, ...beside]
  const paths = new Map((await listOrganisations(db)).map(({ id, path }) => [id, path]))
  const use = await useOf(
    db,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    const { hours, closed } = await toResource(db, row)
    const owner = row.owner === null ? '' : ((await readPerson(db, row.owner))?.name ?? '')
    const said: Record<ResourceColumn, Cell> = {
      ...{ number: row.number, kind: kindOf(row, kinds, language), title: row.title, subjects: row.subjects },
      ...{ description: row.description, organisation: paths.get(row.organisation) ?? '', owner },
      ...{ place: row.place, region: row.region, contact: row.contact, rules: row.rules },
      share: translate(language, `resources:share.${row.share}`),
      hours: showOpenHours(hours, language),
      onWorkingDays: translate(language, row.on_working_days === 1 ? 'forms:value.yes' : 'forms:value.no'),
      ...{ closed: [...closed].join('、'), timeZone: row.time_zone, leadDays: row.lead_days },
      ...{ mostPeople: row.most_people, mostADay: row.most_a_day, together: row.together },
    }
    const used = use.get(row.id)
    yield [
      ...resourceColumns.map((column) => said[column]),
      translate(language, `resources:standing.${row.state}`),
      ...[used?.times ?? 0, used?.people ?? 0],
      used?.rating == null ? null : Math.round(used.rating * 10) / 10,
    ]
  }
}
