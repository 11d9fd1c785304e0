import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Cell } from '../../../spreadsheets/cell.ts'
import { writeWorkbook } from '../../../spreadsheets/write-workbook.ts'
import {
  columnsOf,
  columnTitle,
  definitionLines,
  figureOf,
  isShare,
  rowTitle,
  statisticsTitle,
} from './figure-texts.ts'
import type { Statistics, StatisticsRow } from './statistics.ts'

/** Statistics as a workbook: by organisation, by time, and what the figures mean; shares in percent, as numbers. */
export function statisticsWorkbook(statistics: Statistics, language: Language): AsyncGenerator<Uint8Array> {
  const say = (key: string) => translate(language, `submissions:statistics.${key}`)
  const columns = columnsOf(statistics)
  const total: StatisticsRow = { name: say('total'), what: 'time', figures: statistics.total }
  const sheet = (name: string, first: string, rows: readonly StatisticsRow[]) => ({
    name,
    headings: 2,
    widths: [28, ...columns.map(() => 14)],
    rows: linesOf([
      [statisticsTitle(statistics, language)],
      [
        first,
        ...columns.map((column) => `${columnTitle(column, language)}${isShare(column) ? ' %' : ''}`),
        say('withheld'),
      ],
      ...rows.map((row) => [
        rowTitle(row, language),
        ...columns.map((column): Cell => {
          const value = figureOf(row.figures, column)
          if (value === null) return null
          return Math.round(value * (isShare(column) ? 100 : 1) * 100) / 100
        }),
        row.figures.withheld ? '*' : null,
      ]),
    ]),
  })
  return writeWorkbook([
    sheet(say('by-organisation'), say('where'), [total, ...statistics.byOrganisation]),
    sheet(say('by-time'), say('when'), [total, ...statistics.byTime]),
    {
      name: say('definitions'),
      widths: [100],
      rows: linesOf([
        [statisticsTitle(statistics, language)],
        ...definitionLines(statistics, language).map((line) => [line]),
      ]),
    },
  ])
}

async function* linesOf(lines: readonly Cell[][]): AsyncGenerator<Cell[]> {
  yield* lines
}
