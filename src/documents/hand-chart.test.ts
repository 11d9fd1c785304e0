import { expect, test } from 'vitest'
import type { Chart } from '../charts/chart.ts'
import { chartInWords } from './hand-chart.ts'

const chart: Chart = {
  ...{ form: 'bars', title: '各单位提交情况', unit: '件', source: '', language: 'zh-CN' },
  categories: ['一', '二', '三', '四', '五', '六', '七'],
  series: [{ name: '提交', values: [7, null, 5, 4, 3, 2, 1] }],
}

test('what a chart shows is read out where it is not seen', () => {
  expect(chartInWords(chart)).toBe('各单位提交情况：一 7、三 5、四 4、五 3、六 2、七 1')
  expect(chartInWords({ ...chart, series: [{ name: '', values: [7, 6, 5, 4, 3, 2, 1] }] })).toMatch(/六 2…$/)
  const two = { ...chart, categories: ['A'], language: 'en' as const, title: 'Sent' }
  expect(
    chartInWords({
      ...two,
      series: [
        { name: 'In', values: [1] },
        { name: 'Out', values: [2] },
      ],
    }),
  ).toBe('Sent: In: A 1; Out: A 2')
  const inChinese = { ...two, language: 'zh-CN' as const, title: '提交' }
  const counted = { ...inChinese, series: ['件数', '采纳'].map((name) => ({ name, values: [1] })) }
  expect(chartInWords(counted)).toBe('提交：件数：A 1；采纳：A 1')
  expect(chartInWords({ ...chart, series: [] })).toBe('各单位提交情况：暂无数据')
})
