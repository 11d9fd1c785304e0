import type { Block, Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import {
  columnTitle,
  definitionLines,
  type FigureColumn,
  figureText,
  rowTitle,
  statisticsTitle,
} from './figure-texts.ts'
import type { Statistics, StatisticsRow } from './statistics.ts'

/** A card is narrow: the rest stands in the console and in the workbook. */
const shown: readonly FigureColumn[] = [
  'number',
  'per-head',
  'participation',
  'adoption',
  'completion',
  'benefit',
]
const mostRows = 15
const longestBar = 12

/**
 * Table and chart for a chat. The chart is of characters: it looks the same on every platform, and is read out by those
 * who do not see it.
 */
export function statisticsCard(statistics: Statistics, language: Language): Card {
  const { total, byOrganisation, byTime } = statistics
  const say = (key: string, values = {}) => translate(language, `submissions:statistics.${key}`, values)
  const header = [say('where'), ...shown.map((column) => columnTitle(column, language))]
  const rowOf = (name: string, { figures }: Pick<StatisticsRow, 'figures'>) => [
    name,
    ...shown.map((column) => figureText(figures, column)),
  ]
  const parts = byOrganisation.filter(({ what, figures }) => what === 'organisation' || figures.number > 0)
  const rows = parts.slice(0, mostRows).map((row) => rowOf(rowTitle(row, language), row))
  const blocks: Block[] = [
    { type: 'table', header, rows: [rowOf(say('total'), { figures: total }), ...rows] },
    ...(parts.length > mostRows
      ? [{ type: 'note' as const, text: say('more', { count: parts.length }) }]
      : []),
  ]
  if (byTime.length > 1) {
    blocks.push(
      { type: 'text', runs: [{ text: say('by-time'), strong: true }] },
      { type: 'list', items: barsOf(byTime).map((text) => [{ text }]) },
    )
  }
  if (total.applied + total.granted > 0) {
    const [applied, granted, accounted] = (['applied', 'granted', 'accounted'] as const).map((column) =>
      figureText(total, column),
    )
    blocks.push({ type: 'text', runs: [{ text: say('funds', { applied, granted, accounted }) }] })
  }
  blocks.push({ type: 'note', text: definitionLines(statistics, language).join('\n') })
  return { tone: 'info', title: statisticsTitle(statistics, language), blocks }
}

/** `2026-03 ▇▇▇▇ 12`: bars in proportion to the longest, one at the least for what is not nothing. */
function barsOf(rows: readonly StatisticsRow[]): string[] {
  const most = Math.max(1, ...rows.map(({ figures }) => figures.number))
  return rows.map(({ name, figures }) => {
    const { number } = figures
    const bar = '▇'.repeat(number === 0 ? 0 : Math.max(1, Math.round((number / most) * longestBar)))
    return [name, bar, figureText(figures, 'number')].filter(Boolean).join(' ')
  })
}
