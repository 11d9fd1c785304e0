import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readTemplate, readTemplates } from './templates.ts'
import { readAwards, readRubric, typedAwards, typedRubric } from './typed-lists.ts'

test('the templates of the house are read, and what is typed from them reads back the same', () => {
  const { all, problems } = readTemplates('knowledge')
  expect(problems).toEqual([])
  expect(all.map(({ name }) => name)).toEqual([
    'jiang-bi',
    'proposal-month',
    'five-smalls',
    'innovation-contest',
  ])
  for (const { rubric, awards } of all) {
    expect(readRubric(typedRubric(rubric), rubric)).toEqual(rubric)
    expect(readAwards(typedAwards(awards), awards)).toEqual(awards)
  }
})

const text = readFileSync('knowledge/campaigns/03-five-smalls.yaml', 'utf8')

test.each([
  ['most: 30 }', 'most: 20 }', { line: 19, sum: 90 }],
  ['months: 6', 'months: six', { line: 5 }],
  ['blind: true', 'blind: true\nblnd: true', { line: 13 }],
])('%s as %s is refused with its line', (from, to, values) => {
  const wrong = () => readTemplate('a.yaml', text.replace(from, to))
  expect(wrong).toThrow(expect.objectContaining({ values: expect.objectContaining(values) }))
})

test('a folder that is not there has no templates', () => {
  expect(readTemplates('knowledge/none').all).toEqual([])
})

test.each(['创新性', '创新性 0', '创新性 101', '30'])('“%s” is no criterion', (line) => {
  expect(() => readRubric(line, null)).toThrow('campaigns:problem.criterion')
})

test('a criterion that weighs something else loses its bands, and none stands twice', () => {
  const bands = [{ from: 0, to: 40, for: { 'zh-CN': '一般', en: 'fair' } }]
  const title = { 'zh-CN': '效益', en: 'Benefit' }
  const base = {
    criteria: [{ name: 'benefit', title, most: 40, bands }],
    reviews: 3,
    opinionBelow: 60,
    outlier: 20,
    proposes: [],
  }
  expect(readRubric('效益：40分', base).criteria[0]!.bands).toEqual(bands)
  expect(readRubric('效益 50', base).criteria[0]!.bands).toEqual([])
  expect(() => readRubric('效益 50\n效益 50', base)).toThrow('criterion-twice')
})

test.each(['先进集体', '先进集体 0', '先进集体 3 部门'])('“%s” is no award', (line) => {
  expect(() => readAwards(line, [])).toThrow('campaigns:problem.award')
})
