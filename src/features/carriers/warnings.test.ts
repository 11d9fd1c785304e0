import { expect, test } from 'vitest'
import type { Carrier, CarrierRow } from './records.ts'
import { gradeOf, readCarrierRules } from './rules.ts'
import { countStations, warningsOf } from './warnings.ts'

const rules = readCarrierRules('knowledge/carriers.yaml')
const expert = (name: string, academician: 'none' | 'working' | 'retired' = 'none') => ({
  ...{ name, unit: '', field: '', academician },
})

function carrier(row: Partial<CarrierRow>, changed: Partial<Omit<Carrier, 'row'>> = {}): Carrier {
  const base = { kind: 'society-station', level: null, state: 'active' }
  return {
    row: { ...base, starts_on: '2026-03-01', ends_on: '2029-02-28', ...row } as CarrierRow,
    ...{ needs: ['1', '2', '3', '4', '5'], experts: ['a', 'b', 'c', 'd', 'e'].map((name) => expert(name)) },
    ...{ outcomes: [], grades: [], ...changed },
  }
}

const keys = (one: Carrier, all = [one]) => warningsOf(one, rules, countStations(all)).map(({ key }) => key)
const grade = (year: number, score: number) => ({ year, score, grade: gradeOf(rules, score) })

test('a society station has 5 to 10 needs and at least 5 experts', () => {
  expect(keys(carrier({}))).toEqual([])
  expect(keys(carrier({}, { needs: ['1'], experts: [expert('a')] }))).toEqual(['few-needs', 'few-experts'])
  expect(keys(carrier({}, { needs: Array.from({ length: 11 }, String) }))).toEqual(['many-needs'])
  expect(keys(carrier({ kind: 'alliance' }, { needs: [], experts: [] }))).toEqual([])
})

test('a workstation is agreed for three to five years', () => {
  const station = { kind: 'academician-station' as const }
  expect(keys(carrier(station))).toEqual([])
  expect(keys(carrier({ ...station, ends_on: '2029-02-27' }))).toEqual(['short'])
  expect(keys(carrier({ ...station, ends_on: '2031-03-02' }))).toEqual(['long'])
})

test('two years under 70, one after the other and the last ones, are one too many', () => {
  expect(keys(carrier({}, { grades: [grade(2026, 69.9), grade(2025, 50)] }))).toEqual(['failing'])
  expect(keys(carrier({}, { grades: [grade(2026, 69), grade(2024, 50)] }))).toEqual([])
  expect(keys(carrier({}, { grades: [grade(2026, 70), grade(2025, 50), grade(2024, 50)] }))).toEqual([])
  expect(keys(carrier({ state: 'ended' }, { grades: [grade(2026, 1), grade(2025, 1)] }))).toEqual([])
})

test('a working academician has one station, a retired one three', () => {
  const at = (academician: 'working' | 'retired') => (id: string) =>
    carrier({ id, kind: 'academician-station' }, { experts: [expert('林', academician)] })
  const [one, two] = ['1', '2'].map(at('working')) as [Carrier, Carrier]
  expect(keys(one)).toEqual([])
  expect(keys(one, [one, two])).toEqual(['academician'])
  const retired = ['1', '2', '3'].map(at('retired'))
  expect(keys(retired[0]!, retired)).toEqual([])
  expect(keys(retired[0]!, [...retired, at('retired')('4')])).toEqual(['academician'])
  expect(keys(one, [one, { ...two, row: { ...two.row, state: 'ended' } }])).toEqual([])
})

test.each([
  [100, 'excellent'],
  [90, 'excellent'],
  [89.9, 'good'],
  [80, 'good'],
  [70, 'passed'],
  [69.9, 'failed'],
  [0, 'failed'],
])('%d is %s', (score, expected) => {
  expect(gradeOf(rules, score)).toBe(expected)
})

test('rules that are none are refused', () => {
  expect(() => readCarrierRules('package.json')).toThrow('carriers:rules-wrong')
  expect(readCarrierRules('no-such-file.yaml').expiringDays).toEqual([90, 30, 7])
})
