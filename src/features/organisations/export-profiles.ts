import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeCsv } from '../../spreadsheets/write-csv.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import { headingOf, type ProfileColumn, possessionColumns, profileColumns } from './columns.ts'
import { coverageText, figuresByRegion, type ListedOrganisation, type RegionFigures } from './overview.ts'
import { associationTitle, modeTitle } from './profile-texts.ts'

export const profileFormats = ['xlsx', 'csv'] as const

const widths = [30, 16, 16, 10, 14, 12, 10, 10, 12, 14, 10, 10, 10, 8, 8, 8, 8, 8, 40]

/**
 * Profiles as a file with the headings of the import, so that what was filled in there can be taken in again; as a workbook
 * also the figures of each region.
 */
export function exportProfiles(
  listed: readonly ListedOrganisation[],
  { format, language, today }: { format: (typeof profileFormats)[number]; language: Language; today: string },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = translate(language, 'organisations:export.title')
  const rows = rowsOf(listed, language)
  const regions = {
    name: translate(language, 'organisations:export.regions'),
    rows: regionRows(listed, language),
  }
  return {
    pieces: format === 'xlsx' ? writeWorkbook([{ name: title, rows, widths }, regions]) : writeCsv(rows),
    name: `${title}-${today}.${format}`,
    type:
      format === 'xlsx'
        ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        : 'text/csv; charset=utf-8',
  }
}

async function* rowsOf(listed: readonly ListedOrganisation[], language: Language): AsyncGenerator<Cell[]> {
  yield profileColumns.map((column) => headingOf(column, language))
  const day = (one: string | null): Cell => (one === null ? '' : { day: one })
  const yesNo = (is: boolean) =>
    translate(language, is ? 'organisations:import.yes' : 'organisations:import.no')
  for (const { organisation, profile } of listed) {
    const has = Object.fromEntries(
      possessionColumns.map(({ possession, column }) => [column, yesNo(profile.has[possession])]),
    ) as Record<(typeof possessionColumns)[number]['column'], Cell>
    const cells: Record<ProfileColumn, Cell> = {
      ...{ organisation: organisation.path, region: profile.region, industry: profile.industry },
      ...{ employees: profile.employees, stWorkers: profile.stWorkers },
      ...{ stCountedOn: day(profile.stCountedOn), foundedOn: day(profile.foundedOn) },
      ...{ termEndsOn: day(profile.termEndsOn), members: profile.members },
      association: associationTitle(profile.association, language),
      mode: modeTitle(profile.mode, language),
      ...{ chair: profile.chair, secretary: profile.secretary, note: profile.note },
      ...has,
    }
    yield profileColumns.map((column) => cells[column])
  }
}

/** The table by region as texts and numbers, with its heading and the total. */
async function* regionRows(
  listed: readonly ListedOrganisation[],
  language: Language,
): AsyncGenerator<Cell[]> {
  const { regions, total } = figuresByRegion(listed)
  yield regionHeading(language)
  for (const { region, figures } of regions) {
    yield regionLine(region || translate(language, 'organisations:export.no-region'), figures)
  }
  yield regionLine(translate(language, 'organisations:export.total'), total)
}

export function regionHeading(language: Language): string[] {
  return (
    ['region', 'organisations', 'founded', 'preparing', 'none', 'workers', 'covered', 'coverage'] as const
  ).map((key) => translate(language, `organisations:export.${key}`))
}

export function regionLine(name: string, figures: RegionFigures): (string | number)[] {
  const { organisations, byState, workers, covered } = figures
  return [
    ...[name, organisations, byState.founded, byState.preparing, byState.none],
    ...[workers, covered, coverageText(figures)],
  ]
}
