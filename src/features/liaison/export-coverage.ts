import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import type { Cell } from '../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../spreadsheets/write-workbook.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { figuresByRegion, gapsOf, type Point } from './coverage.ts'
import type { LiaisonRules } from './rules.ts'
import { gapText, roleTitle } from './texts.ts'

/** Coverage as a workbook: figures by region, and each point with what is missing there. */
export function exportCoverage(
  points: readonly Point[],
  { rules, language, today }: { rules: LiaisonRules; language: Language; today: Day },
): { pieces: AsyncGenerator<Uint8Array>; name: string; type: string } {
  const title = translate(language, 'liaison:export.title')
  return {
    pieces: writeWorkbook([
      {
        name: translate(language, 'liaison:export.regions'),
        rows: regionRows(points, rules, language, today),
      },
      { name: title, rows: pointRows(points, rules, language, today), widths: [40, 16, 40, 14, 50] },
    ]),
    name: `${title}-${today}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }
}

/** The name of a region, also where it is not known. */
export function regionTitle(region: string, language: Language): string {
  return region === '' ? translate(language, 'liaison:export.unknown') : region
}

/** What stands above the figures by region. */
export function regionHeader(language: Language): string[] {
  return [
    translate(language, 'liaison:export.region'),
    translate(language, 'liaison:export.points'),
    translate(language, 'liaison:export.covered'),
    translate(language, 'liaison:export.visited'),
    translate(language, 'liaison:export.promises'),
    translate(language, 'liaison:export.kept'),
  ]
}

async function* regionRows(
  points: readonly Point[],
  rules: LiaisonRules,
  language: Language,
  today: Day,
): AsyncGenerator<Cell[]> {
  yield regionHeader(language)
  for (const one of figuresByRegion(points, today, rules)) {
    yield [regionTitle(one.region, language), one.points, one.covered, one.visited, one.promises, one.kept]
  }
}

async function* pointRows(
  points: readonly Point[],
  rules: LiaisonRules,
  language: Language,
  today: Day,
): AsyncGenerator<Cell[]> {
  yield [
    translate(language, 'liaison:export.organisation'),
    translate(language, 'liaison:export.region'),
    translate(language, 'liaison:export.holders'),
    translate(language, 'liaison:export.last'),
    translate(language, 'liaison:export.gaps'),
  ]
  for (const point of points) {
    yield [
      point.path,
      regionTitle(point.region, language),
      point.holders.map(({ role, name }) => `${roleTitle(role, language)} ${name}`).join('\n'),
      point.lastVisit === null ? '' : { day: point.lastVisit },
      gapsOf(point, today, rules)
        .map((gap) => gapText(gap, language))
        .join('\n'),
    ]
  }
}
