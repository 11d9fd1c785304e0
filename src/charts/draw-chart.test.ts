import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Chart } from './chart.ts'
import { optionOf } from './chart-option.ts'
import { drawChart } from './draw-chart.ts'
import { widthOf, wrap } from './measures.ts'

const names = ['一分公司', '第三工程有限公司', '华北勘察设计研究院有限责任公司第七项目经理部']
const chart: Chart = {
  ...{ form: 'bars', title: '各单位提交情况', unit: '件', source: '科协助手', language: 'zh-CN' },
  categories: names,
  series: [{ name: '提交', values: [3, 12, 7] }],
}
/** What is to be read in the picture, as it is handed to the drawing. */
const words = (given: Chart) => JSON.stringify(optionOf(given).option)
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
/** Width and height, as a PNG says of itself. */
const sizeOf = (png: Uint8Array) => [16, 20].map((at) => Buffer.from(png).readUInt32BE(at))

describe('a chart', () => {
  test('is a PNG of 1000 pixels, the same each time', async () => {
    const [once, again, other] = await Promise.all([
      drawChart(chart),
      drawChart(chart),
      drawChart({ ...chart, series: [{ name: '提交', values: [3, 12, 8] }] }),
    ])
    expect(Buffer.from(once.slice(1, 4)).toString()).toBe('PNG')
    expect(sizeOf(once)).toEqual([1000, optionOf(chart).height])
    expect(hash(once)).toBe(hash(again))
    expect(hash(once)).not.toBe(hash(other))
  })

  test('says that there is nothing yet, also in a picture', async () => {
    const empty = { ...chart, series: [{ name: '提交', values: [null, null, null] }] }
    expect(words(empty)).toContain('暂无数据')
    expect(words({ ...empty, categories: [], series: [], language: 'en' })).toContain('No data yet')
    expect(hash(await drawChart(empty))).not.toBe(hash(await drawChart({ ...empty, title: '别的' })))
  })

  test('shows shares as bars, the largest first, with what they are of all', () => {
    const { option } = optionOf({ ...chart, form: 'shares' })
    const { yAxis, series } = option as {
      yAxis: { data: string[] }
      series: { data: number[]; label: { formatter(of: { value: number }): string } }[]
    }
    expect(series[0]!.data).toEqual([12, 7, 3])
    expect(yAxis.data[0]).toBe('第三工程有限公司')
    expect(series[0]!.label.formatter({ value: 12 })).toBe('12 件（54.5%）')
  })

  test('says how much was left out where there is no room', () => {
    const many = Array.from({ length: 25 }, (_, at) => `单位${at}`)
    const shown = words({ ...chart, categories: many, series: [{ name: '', values: many.map(() => 1) }] })
    expect(shown).toContain('另有 5 项未画出')
    expect(shown).toContain('单位19')
    expect(shown).not.toContain('单位20')
  })

  test.each(['bars', 'grouped-bars', 'lines', 'shares'] as const)(
    'of %s takes texts as they come',
    async (form) => {
      const given: Chart = {
        ...{ ...chart, form, title: '<b>"&\u0000\ud800{a|x}', unit: '', source: '' },
        categories: ['<script>', '\u0008', ''],
        series: [
          { name: ']]>', values: [Number.NaN, -4, 0] },
          { name: '', values: [1] },
        ],
      }
      expect(sizeOf(await drawChart(given))[0]).toBe(1000)
    },
  )
})

test('a text is broken where it has no room, and ends in an ellipsis where lines do not suffice', () => {
  expect(wrap('一分公司', 20, 250, 2)).toBe('一分公司')
  const [first, second, ...rest] = wrap(names[2]!, 20, 250, 2).split('\n')
  expect(first).toBe('华北勘察设计研究院有限责')
  expect(second).toBe('任公司第七项目经理部')
  expect(rest).toEqual([])
  const cut = wrap(names[2]!.repeat(3), 20, 250, 2)
  expect(cut.endsWith('…')).toBe(true)
  for (const line of cut.split('\n')) expect(widthOf(line, 20)).toBeLessThanOrEqual(250)
})
