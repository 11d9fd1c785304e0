import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { periodTitle } from './period.ts'
import type { Statistics, StatisticsRow } from './statistics.ts'
import type { Figures } from './tally.ts'

/** The figures that tables show, in their order. */
const figureColumns = [
  ...(['number', 'per-head', 'participation', 'adopted', 'adoption', 'completed', 'completion'] as const),
  ...(['expected', 'benefit'] as const),
  ...(['applied', 'granted', 'accounted'] as const),
]

export type FigureColumn = (typeof figureColumns)[number]

const ofFunds: readonly FigureColumn[] = ['applied', 'granted', 'accounted']

/** Those of statistics: of support where some was applied for. */
export function columnsOf({ total }: Pick<Statistics, 'total'>): FigureColumn[] {
  return figureColumns.filter((column) => total.applied + total.granted > 0 || !ofFunds.includes(column))
}

const values: Record<FigureColumn, (figures: Figures) => number | null> = {
  number: ({ number }) => number,
  'per-head': ({ perHead }) => perHead,
  participation: ({ participation }) => participation,
  adopted: ({ adopted }) => adopted,
  adoption: ({ adoption }) => adoption,
  completed: ({ completed }) => completed,
  completion: ({ completion }) => completion,
  expected: ({ expected }) => expected,
  benefit: ({ benefit }) => benefit,
  applied: ({ applied }) => applied,
  granted: ({ granted }) => granted,
  accounted: ({ accounted }) => accounted,
}

const shares: readonly FigureColumn[] = ['participation', 'adoption', 'completion']

export function isShare(column: FigureColumn): boolean {
  return shares.includes(column)
}

/** Null where there is nothing of which it could be a share. */
export function figureOf(figures: Figures, column: FigureColumn): number | null {
  return values[column](figures)
}

/** A figure as people read it: `12`, `0.35`, `62.5%`, `—` of nothing, with a mark where sealed records are left out. */
export function figureText(figures: Figures, column: FigureColumn): string {
  const value = figureOf(figures, column)
  if (value === null) return '—'
  if (isShare(column)) return `${(value * 100).toFixed(1)}%`
  if (column === 'per-head') return value.toFixed(2)
  const text = value.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return column === 'number' && figures.withheld ? `${text}*` : text
}

export function columnTitle(column: FigureColumn, language: Language): string {
  return translate(language, `submissions:statistics.column.${column}`)
}

/** An organisation's name or a time's, as a row begins. */
export function rowTitle({ name, what }: StatisticsRow, language: Language): string {
  if (what === 'own') return translate(language, 'submissions:statistics.own', { name })
  if (what === 'nobody') return translate(language, 'submissions:statistics.nobody')
  return name
}

/** What is counted, for whom and when: 一分公司 · 2026年第1季度统计. */
export function statisticsTitle({ organisation, period }: Statistics, language: Language): string {
  const where = organisation ?? translate(language, 'submissions:statistics.house')
  return translate(language, 'submissions:statistics.title', { where, period: periodTitle(period, language) })
}

/** What each figure is a share of, in words, with those that were counted; a line each. */
export function definitionLines({ total, rules }: Statistics, language: Language): string[] {
  const { heads, participants, decided, adopted, completed } = total
  const say = (key: string, given: Record<string, number> = {}) =>
    translate(language, `submissions:statistics.definition.${key}`, given)
  return [
    say('number'),
    say('heads', { heads, months: rules.newcomersAfter }),
    say('participation', { participants, heads }),
    say('adoption', { adopted, decided }),
    say('completion', { completed, adopted }),
    say('benefit'),
    ...(total.applied + total.granted > 0 ? [say('funds')] : []),
    say('sealed'),
    ...(total.withheld ? [say('withheld')] : []),
  ]
}
