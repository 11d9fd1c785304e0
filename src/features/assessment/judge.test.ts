import { readdirSync, readFileSync } from 'node:fs'
import { assert, double, integer, property, array as some } from 'fast-check'
import { expect, test } from 'vitest'
import { explainError } from '../../messages/translate.ts'
import { gradeOf, placesOf, pointsByFigures, problemOfPoints } from './judge.ts'
import { readSheet, readSheets } from './read-sheet.ts'
import { type Measure, measuresOf, sourcesOf } from './sheet-schema.ts'

const titles = { 'zh-CN': '指标', en: 'Measure' }
const stems = (folder: string) =>
  new Set(readdirSync(`knowledge/${folder}`).map((file) => file.replace('.yaml', '')))
const known = { submissions: stems('submissions'), events: stems('events') }
const figure = (value: number) => ({ value, records: [] })

test('every file of the product is a sheet, whose kinds there are', () => {
  const sheets = readSheets('knowledge', known)
  expect(sheets).toHaveLength(readdirSync('knowledge/assessment').length)
  const there = ['submissions', 'events'].flatMap((folder) =>
    readdirSync(`knowledge/${folder}`).map((file) => file.replace('.yaml', '')),
  )
  const kinds = sheets
    .flatMap((sheet) => measuresOf(sheet).flatMap(sourcesOf))
    .flatMap((one) => one.kinds ?? [])
  expect(kinds.filter((kind) => !there.includes(kind))).toEqual([])
  expect(sheets.map((sheet) => sheet.for)).toContain('person')
})

test('a threshold is reached one way or the other, and left open where records cannot say', () => {
  const what = titles
  const measure: Measure = {
    ...{ name: 'm', title: titles, points: 20, by: 'threshold' },
    reach: [
      { least: 1, what, figure: { of: 'submissions', kinds: ['technical-problem'] } },
      { least: 6, what, figure: { of: 'events', kinds: ['open-day'] } },
    ],
  }
  expect(pointsByFigures(measure, [figure(0), figure(6)])).toBe(20)
  expect(pointsByFigures(measure, [figure(1), figure(0)])).toBe(20)
  expect(pointsByFigures(measure, [figure(0), figure(5)])).toBe(0)
  const byHand: Measure = { ...measure, reach: [...measure.reach, { least: 1, what }] }
  expect(pointsByFigures(byHand, [figure(0), figure(5)])).toBeNull()
  expect(problemOfPoints(measure, 10)?.key).toBe('assessment:problem.all-or-none')
  expect(problemOfPoints(measure, 20)).toBeNull()
})

test('pieces have a limit, bands are steps, both are taken as they come out', () => {
  const each: Measure = {
    ...{ name: 'm', title: titles, points: 10, by: 'each', each: 3 },
    figure: { of: 'adopted' },
  }
  const bands: Measure = {
    ...{ name: 'm', title: titles, points: 10, by: 'bands', figure: { of: 'plan' } },
    bands: [
      { least: 95, points: 10 },
      { least: 80, points: 6 },
    ],
  }
  expect([0, 1, 3, 4].map((value) => pointsByFigures(each, [figure(value)]))).toEqual([0, 3, 9, 10])
  expect([0, 80, 94, 95].map((value) => pointsByFigures(bands, [figure(value)]))).toEqual([0, 6, 6, 10])
  assert(
    property(integer({ min: 0, max: 2000 }), (value) => {
      for (const measure of [each, bands]) {
        const points = pointsByFigures(measure, [figure(value)])
        expect(problemOfPoints(measure, points ?? -1)).toBeNull()
        expect(pointsByFigures(measure, [figure(value + 1)])).toBeGreaterThanOrEqual(points ?? 0)
      }
    }),
  )
  expect(problemOfPoints(each, 4)?.key).toBe('assessment:problem.each')
  expect(problemOfPoints(bands, 7)?.key).toBe('assessment:problem.band')
  expect(problemOfPoints(bands, 10.25)?.key).toBe('assessment:problem.range')
  expect(problemOfPoints(each, 0.25)?.key).toBe('assessment:problem.halves')
})

test('equal totals share a place, and nobody with fewer points stands before', () => {
  expect(placesOf([80, 95, 80, 60])).toEqual([2, 1, 2, 4])
  assert(
    property(some(integer({ min: 0, max: 20 }), { maxLength: 12 }), (totals) => {
      const places = placesOf(totals)
      for (const [at, total] of totals.entries()) {
        expect(places[at]).toBe(1 + totals.filter((other) => other > total).length)
      }
    }),
  )
})

test('a sheet that sums wrongly is refused by its lines; grades go down to nothing', () => {
  const [file = ''] = readdirSync('knowledge/assessment').sort()
  const text = readFileSync(`knowledge/assessment/${file}`, 'utf8')
  const lines = text.split('\n')
  const at = lines.findIndex((line) => /^ {4}points: \d+$/.test(line))
  const wrong = lines.with(at, '    points: 7').join('\n')
  expect(() => readSheet(wrong, 'zh-CN', known)).toThrow(`第 ${at + 1} 行`)
  expect(() => readSheet(`${text}\nweight: 3\n`, 'zh-CN', known)).toThrow(
    `第 ${lines.length + 1} 行：没有“weight”这一项`,
  )
  expect(() => readSheet('[', 'zh-CN', known)).toThrow('making:yaml.broken')
  expect(() => readSheet('', 'zh-CN', known)).toThrow('assessment:sheet.no-sheet')
  const sheet = readSheet(text, 'zh-CN', known)
  expect(() => readSheet(text.replace('least: 0 ', 'least: 5 '), 'zh-CN', known)).toThrow('等级')
  expect([100, 90, 89.5, 0].map((points) => gradeOf(sheet, points).name)).toEqual([
    ...['excellent', 'excellent', 'good', 'failed'],
  ])
})

test('each kind of mistake in a sheet is named by its line', () => {
  const text = readFileSync('knowledge/assessment/campaign-organising.yaml', 'utf8')
  const lines = text.split('\n')
  const refusal = (from: string, to: string): string => {
    const at = lines.findIndex((line) => line.includes(from))
    expect(at).toBeGreaterThan(0)
    try {
      readSheet(lines.with(at, lines[at]!.replace(from, to)).join('\n'), 'zh-CN', known)
      return 'taken'
    } catch (error) {
      const said = explainError(error, 'zh-CN')
      return said.includes(`第 ${at + 1} 行：`) ? said : `another line than ${at + 1}: ${said}`
    }
  }
  expect(refusal('[forum, lecture, training]', '[forum, lectur]')).toContain('没有“lectur”这个种类')
  expect(refusal('{ of: adopted }', '{ of: adopted, kinds: [propsal] }')).toContain('没有“propsal”')
  expect(refusal('{ of: posts }', '{ of: posts, kinds: [news] }')).toContain('不分种类')
  expect(refusal('{ of: benefit }', '{ of: money }')).toContain('of')
  expect(refusal('total: 100', 'total: 90')).toContain('合计 100 分')
  expect(refusal('each: 5', 'each: 16')).toContain('每项分值高于')
  expect(refusal('{ least: 60, points: 20 }', '{ least: 60, points: 18 }')).toContain('满分 20 分')
  expect(refusal('praised: [excellent]', 'praised: [best]')).toContain('没有等级 best')
  expect(refusal('name: per-head', 'name: posts')).toContain('重复')
  // Of persons there is no participation.
  expect(() => readSheet(text.replace('for: unit', 'for: person'), 'zh-CN', known)).toThrow('只适用于单位')
})

test('no figures give a measure of a sheet more than its points, nor points that it does not know', () => {
  const measures = readSheets('knowledge', known).flatMap(measuresOf)
  assert(
    property(some(double({ min: 0, max: 1e9, noNaN: true }), { minLength: 5, maxLength: 5 }), (values) => {
      for (const measure of measures) {
        const figures = sourcesOf(measure).map((_, at) => figure(values[at] ?? 0))
        const points = pointsByFigures(measure, figures)
        if (points !== null) expect(problemOfPoints(measure, points)).toBeNull()
      }
    }),
  )
})
