import { expect, test } from 'vitest'
import { neededRoles, parseLiaisonRules, readLiaisonRules, timesOf } from './rules.ts'

test('the template asks for 8, 6, 5 or 4 visits by what the organisation is', () => {
  const rules = readLiaisonRules('knowledge')
  const visit = rules.duties.find(({ key }) => key === 'visit')!
  const kinds = ['group', 'enterprise', 'park', 'branch', 'team', 'association'] as const
  expect(kinds.map((kind) => timesOf(visit, kind))).toEqual([8, 6, 5, 4, 4, 4])
  expect(rules.duties.map(({ times }) => times)).toEqual([4, 12, 2])
  expect(neededRoles(false)).toEqual(['instructor', 'liaison'])
  expect(neededRoles(true)).toEqual(['contact'])
})

test('an empty file is common practice', () => {
  expect(parseLiaisonRules('')).toMatchObject({ 'most-points': 5, 'unvisited-days': 90 })
})

const wrongFiles = [
  { text: 'most-points: 5\nunvisited-days: soon\n', line: 2, place: 'unvisited-days' },
  { text: 'a: [\n', line: 2, place: 'YAML' },
  {
    text: 'duties:\n  - key: visit\n    kind: visit\n    title: { zh-CN: 走访, en: Visit }\n    roles: [liaison]\n    times: 13\n',
    ...{ line: 6, place: 'duties.0.times' },
  },
  {
    text: 'duties:\n  - { key: v, kind: visit, title: { zh-CN: 走访, en: V }, roles: [liaison], times: 3, least: 4 }\n',
    ...{ line: 2, place: 'duties.0' },
  },
]

test.each(wrongFiles)('says where a file is wrong: $place', ({ text, line, place }) => {
  expect(() => parseLiaisonRules(text)).toThrow(
    expect.objectContaining({ key: 'liaison:rules-wrong', values: { line, place } }),
  )
})
