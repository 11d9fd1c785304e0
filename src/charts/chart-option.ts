import type { EChartsCoreOption } from 'echarts/core'
import { translate } from '../messages/translate.ts'
import { cleanText } from '../spreadsheets/cell.ts'
import type { Chart } from './chart.ts'
import { family } from './fonts.ts'
import * as measures from './measures.ts'

const { bar, colours, ink, lineOf, margin, sizes, width, wrap } = measures

/** What ECharts draws of a chart, and how high the picture becomes. */
export interface Drawn {
  option: EChartsCoreOption
  height: number
}

/** A chart as it is drawn: sorted, without what would not find room, every text harmless. */
interface Plot extends Chart {
  series: { name: string; values: (number | null)[] }[]
  /** Categories and series that are not drawn. */
  leftOut: number
}

export function optionOf(chart: Chart): Drawn {
  const plot = toPlot(chart)
  const isEmpty = !plot.series.some(({ values }) => values.some((value) => value !== null))
  const frame = frameOf(plot)
  const body = isEmpty ? emptyBody(plot) : plot.form === 'lines' ? linesBody(plot) : barsBody(plot)
  const top = frame.top + (body.hasLegend ? lineOf(sizes.text) + 12 : 0)
  const height = top + body.height + frame.bottom
  const legend = body.hasLegend
    ? {
        show: true,
        ...{ left: margin, top: frame.top, itemGap: 24, itemWidth: 26, itemHeight: 16 },
        textStyle: { fontFamily: family, fontSize: sizes.small, color: ink.text },
        formatter: (name: string) =>
          wrap(name, sizes.small, (width - 2 * margin) / plot.series.length - 60, 1),
      }
    : { show: false }
  return {
    height,
    option: {
      animation: false,
      color: colours,
      textStyle: { fontFamily: family },
      title: frame.title,
      legend,
      graphic: [
        {
          type: 'text',
          ...{ left: margin, bottom: margin - 12, silent: true },
          style: { text: frame.note, fontFamily: family, fontSize: sizes.small, fill: ink.faint },
        },
        ...body.graphic.map((one) => ({ ...one, top: top + 40 })),
      ],
      ...(isEmpty
        ? {}
        : { grid: { ...body.grid, top: top + body.above, height: body.height - body.above - body.below } }),
      ...body.axes,
      series: body.series,
    },
  }
}

function toPlot(chart: Chart): Plot {
  const clean = (text: string) => cleanText(text).replaceAll(/\s+/g, ' ').trim()
  const hasOne = chart.form === 'bars' || chart.form === 'shares'
  const given = hasOne ? chart.series.slice(0, 1) : chart.series
  let order = chart.categories.map((_, at) => at)
  if (chart.form === 'shares') {
    const values = given[0]?.values ?? []
    // The same order for the same figures: what is equal stays as it was given.
    order = order.toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
  }
  const shown = order.slice(0, chart.form === 'lines' ? measures.mostPoints : measures.mostBars)
  const series = given.slice(0, measures.mostSeries)
  return {
    ...chart,
    ...{ title: clean(chart.title), unit: clean(chart.unit), source: clean(chart.source) },
    categories: shown.map((at) => clean(chart.categories[at]!)),
    series: series.map(({ name, values }) => ({
      name: clean(name),
      values: shown.map((at) => (Number.isFinite(values[at]) ? values[at]! : null)),
    })),
    leftOut: order.length - shown.length + given.length - series.length,
  }
}

/** Title and unit above, and what is said in small print below. */
function frameOf(plot: Plot) {
  const say = (key: string, values: Record<string, string | number>) => translate(plot.language, key, values)
  const room = width - 2 * margin
  const title = wrap(plot.title, sizes.title, room, 2)
  const unit =
    plot.unit === '' ? '' : say('documents:chart.unit', { unit: wrap(plot.unit, sizes.small, room / 2, 1) })
  const parts = [
    ...(plot.leftOut > 0 ? [say('documents:chart.left-out', { count: plot.leftOut })] : []),
    ...(plot.source === '' ? [] : [say('documents:chart.source', { source: plot.source })]),
  ]
  const note = wrap(parts.join(plot.language === 'en' ? '; ' : '；'), sizes.small, room, 2)
  const lines = (text: string, size: number) => (text === '' ? 0 : text.split('\n').length * lineOf(size))
  return {
    note,
    title: {
      ...{ text: title, subtext: unit, left: margin - 5, top: margin - 14, itemGap: 8 },
      textStyle: {
        ...{ fontFamily: family, fontSize: sizes.title, lineHeight: lineOf(sizes.title) },
        ...{ fontWeight: 'bold', color: ink.title },
      },
      subtextStyle: { fontFamily: family, fontSize: sizes.small, color: ink.faint },
    },
    top: margin + lines(title, sizes.title) + lines(unit, sizes.small) + 12,
    bottom: margin + lines(note, sizes.small),
  }
}

interface Body {
  height: number
  /** Of it, what is kept free above the plot for figures, and below it for names. */
  above: number
  below: number
  hasLegend: boolean
  grid: { left: number; right: number }
  axes: object
  series: object[]
  graphic: object[]
}

function emptyBody({ language }: Plot): Body {
  const text = translate(language, 'documents:chart.none')
  return {
    ...{ height: 160, above: 0, below: 0, hasLegend: false },
    ...{ grid: { left: 0, right: 0 }, axes: {}, series: [] },
    graphic: [
      {
        ...{ type: 'text', left: 'center', silent: true },
        style: { text, fontFamily: family, fontSize: sizes.title, fill: ink.faint },
      },
    ],
  }
}

/** Bars lie, so that the names of twenty categories stand beside them in full lines. */
function barsBody(plot: Plot): Body {
  const { categories, series, form, language, unit } = plot
  const names = categories.map((name) => wrap(name, sizes.text, measures.widestName, 2))
  const total = series[0]!.values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const say = (value: number) => {
    const shown = numberOf(value, language)
    if (form !== 'shares' || total <= 0) return shown
    const percent = numberOf(Math.round((value / total) * 1000) / 10, language)
    return translate(language, unit === '' ? 'documents:chart.share' : 'documents:chart.share-of', {
      ...{ value: shown, unit, percent },
    })
  }
  const labels = series.flatMap(({ values }) => values.map((value) => (value === null ? '' : say(value))))
  const left = Math.max(
    ...names.flatMap((name) => name.split('\n')).map((line) => measures.widthOf(line, sizes.text)),
  )
  const right = Math.max(...labels.map((label) => measures.widthOf(label, sizes.small)))
  const thick = series.length === 1 ? bar.thick : bar.thin
  const step = Math.round(Math.max(thick * series.length, lineOf(sizes.text) * 1.6)) + bar.apart
  return {
    ...{
      height: step * categories.length + 10,
      above: 0,
      below: 10,
      hasLegend: series.length > 1,
      graphic: [],
    },
    grid: { left: margin + left + 14, right: margin + right + 14 },
    axes: {
      xAxis: { type: 'value', show: false, ...reachOf(series.flatMap(({ values }) => values)) },
      yAxis: {
        ...{ type: 'category', inverse: true, data: names, axisTick: { show: false } },
        axisLine: { lineStyle: { color: ink.rule, width: 2 } },
        axisLabel: {
          ...{ interval: 0, margin: 14, fontFamily: family, fontSize: sizes.text, color: ink.text },
          lineHeight: lineOf(sizes.text) - 2,
        },
      },
    },
    series: series.map(({ name, values }) => ({
      ...{ type: 'bar', name, data: values, barWidth: thick, barGap: '0%' },
      label: {
        ...{ show: true, position: 'right', distance: 8 },
        ...{ fontFamily: family, fontSize: sizes.small, color: ink.text },
        formatter: ({ value }: { value: number | null }) => (value === null ? '' : say(value)),
      },
    })),
  }
}

function linesBody(plot: Plot): Body {
  const { categories, series, language } = plot
  const room = width - 2 * margin - 90
  // Names that have no room side by side are left out one by one, never drawn over one another.
  const every = Math.max(1, Math.ceil(categories.length / 12))
  const widest = (room / Math.max(1, categories.length)) * every - 12
  const names = categories.map((name) => wrap(name, sizes.small, widest, 3))
  const below = Math.max(...names.map((name) => name.split('\n').length)) * lineOf(sizes.small) + 14
  const label = { fontFamily: family, fontSize: sizes.small, color: ink.text }
  return {
    ...{ height: measures.plotHeight + below, above: 28, below, hasLegend: series.length > 1, graphic: [] },
    grid: { left: margin + 64, right: margin + 26 },
    axes: {
      xAxis: {
        ...{ type: 'category', data: names, boundaryGap: categories.length === 1 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink.rule, width: 2 } },
        axisLabel: {
          ...label,
          margin: 14,
          lineHeight: lineOf(sizes.small),
          interval: every === 1 ? 0 : every - 1,
        },
      },
      yAxis: {
        ...{ type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: ink.rule } } },
        axisLabel: { ...label, formatter: (value: number) => numberOf(value, language) },
      },
    },
    series: series.map(({ name, values }, at) => ({
      ...{ type: 'line', name, data: values, symbol: measures.symbols[at], symbolSize: 11 },
      lineStyle: { width: 3 },
      // Figures of several lines would stand on one another.
      label: {
        ...{ show: series.length === 1 && categories.length <= 12, position: 'top', distance: 8, ...label },
        formatter: ({ value }: { value: number | null }) => (value === null ? '' : numberOf(value, language)),
      },
    })),
  }
}

/** Bars begin at nought, also where all are the same; ECharts would take a bar of nothing for the whole axis. */
function reachOf(values: readonly (number | null)[]) {
  const known = values.flatMap((value) => value ?? [])
  return { min: Math.min(0, ...known), max: Math.max(0, ...known) || 1 }
}

function numberOf(value: number, language: Chart['language']): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value)
}
