import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rateReading, readLabelled } from '../../bench/rate-reading.ts'
import { readKind } from '../../src/features/submissions/definition/read-kind.ts'

const sentences = readLabelled()
const file = 'proposal.yaml'
const kinds = [{ ...readKind(readFileSync(`knowledge/submissions/${file}`, 'utf8'), file), version: 1 }]

test('there are sentences of each sort, each once', () => {
  const texts = sentences.map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  const count = (wanted: string) => sentences.filter(({ is }) => is === wanted).length
  expect(count('proposal')).toBeGreaterThan(100)
  expect(count('question')).toBeGreaterThan(100)
  expect(count('talk')).toBeGreaterThan(50)
})

test.each(['tuned', 'measured'] as const)('the %s ones are told apart as well as ever', (use) => {
  const { opened, right, wanted } = rateReading(
    sentences.filter((one) => one.use === use),
    kinds,
  )
  expect(right / opened).toBeGreaterThan(0.92)
  expect(right / wanted).toBeGreaterThan(0.86)
})

test.each(['-blind', '-fresh'])('all kinds are told apart in %s as well as ever', (set) => {
  const all = readdirSync('knowledge/submissions').map((name) => ({
    ...readKind(readFileSync(`knowledge/submissions/${name}`, 'utf8'), name),
    version: 1,
  }))
  const { wrong, right, wanted } = rateReading(readLabelled(set), all)
  expect(wrong).toEqual([])
  expect(right / wanted).toBeGreaterThan(0.7)
})
