import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Example, readWithHints, similarityByTarget, trainHintModel } from './hint-classifier.ts'
import { normalise } from './normalise.ts'
import { type Term, termsOf } from './terms.ts'

const features = (text: string) => new Map(termsOf(normalise(text)).map((term): [Term, number] => [term, 1]))
const example = (target: number, text: string): Example => ({ features: features(text), target })

const examples = [
  example(0, '经费从哪里来'),
  example(0, '经费由谁拨付'),
  example(0, '活动经费够不够'),
  example(1, '联络员由谁担任'),
  example(1, '联络员怎么产生'),
  example(1, '设几名联络员'),
  example(2, '多少人单独组建'),
  example(2, '单独组建的条件'),
  example(2, '组建要多少科技人员'),
]
const model = trainHintModel(examples, 3)

describe('trainHintModel', () => {
  test('learns what tells the targets apart', () => {
    for (const { features: asked, target } of examples) {
      const { chances } = readWithHints(model, asked)
      expect(chances.indexOf(Math.max(...chances))).toBe(target)
    }
    const best = (text: string) => {
      const { chances } = readWithHints(model, features(text))
      return chances.indexOf(Math.max(...chances))
    }
    expect([best('经费要拨多少'), best('联络员做什么'), best('怎样组建')]).toEqual([0, 1, 2])
  })

  test('learns the same from the same', () => {
    expect(trainHintModel(examples, 3)).toEqual(model)
  })

  test('has nothing to learn from no example, and says so evenly', () => {
    const empty = trainHintModel([], 4)
    const reading = readWithHints(empty, features('经费'))
    expect([...reading.chances]).toEqual([0.25, 0.25, 0.25, 0.25])
    expect([...similarityByTarget(empty, reading)]).toEqual([0, 0, 0, 0])
  })

  test('gives a target without examples less than one with', () => {
    const lonely = trainHintModel([example(0, '经费从哪里来'), example(0, '经费由谁拨付')], 2)
    const { chances } = readWithHints(lonely, features('经费'))
    expect(chances[0]).toBeGreaterThan(chances[1]!)
  })
})

const term = fc
  .integer({ min: 0x4e00, max: 0x4e0f })
  .chain((first) =>
    fc
      .option(fc.integer({ min: 0x4e00, max: 0x4e0f }))
      .map((second): Term => (second === null ? first : ((first << 16) | second) >>> 0)),
  )
const someFeatures = fc
  .array(fc.tuple(term, fc.double({ min: 0.1, max: 1, noNaN: true })), { maxLength: 8 })
  .map((entries) => new Map(entries))
const targets = 3
const someExamples = fc.array(fc.record({ features: someFeatures, target: fc.nat(targets - 1) }), {
  maxLength: 14,
})

describe('readWithHints', () => {
  test('gives chances that sum to 1 and similarities between 0 and 1', () => {
    fc.assert(
      fc.property(someExamples, someFeatures, (known, asked) => {
        const { chances, similarities } = readWithHints(trainHintModel(known, targets), asked)
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9)
        expect([...chances].every((chance) => chance >= 0)).toBe(true)
        expect(similarities).toHaveLength(known.length)
        for (const similarity of similarities) {
          expect(similarity).toBeGreaterThanOrEqual(0)
          expect(similarity).toBeLessThanOrEqual(1 + 1e-5)
        }
      }),
    )
  })

  test('finds an example most similar to itself', () => {
    examples.forEach(({ features: asked }, i) => {
      const { similarities } = readWithHints(model, asked)
      expect(similarities[i]).toBeCloseTo(1, 5)
      expect(Math.max(...similarities)).toBe(similarities[i])
    })
  })

  test('is less sure of similarity with each unknown word', () => {
    const asked = ['经费从哪里来', '经费从哪里来 甲', '经费从哪里来 甲 乙丙丁', '甲乙丙丁']
    const nearest = asked.map((text) => readWithHints(model, features(text)).similarities[0]!)
    expect(nearest).toEqual(nearest.toSorted((a, b) => b - a))
    expect(new Set(nearest).size).toBe(4)
    expect(nearest[3]).toBe(0)
  })
})

test('similarityByTarget is half the nearest and half the mean of the four nearest', () => {
  fc.assert(
    fc.property(someExamples, someFeatures, (known, asked) => {
      const learned = trainHintModel(known, targets)
      const reading = readWithHints(learned, asked)
      const expected = Array.from({ length: targets }, (_, target) => {
        const own = [...reading.similarities].filter((__, i) => known[i]!.target === target)
        const four = [...own.sort((a, b) => b - a), 0, 0, 0, 0].slice(0, 4)
        return four[0]! / 2 + four.reduce((sum, value) => sum + value, 0) / 8
      })
      const given = similarityByTarget(learned, reading)
      expect(given).toHaveLength(targets)
      expected.forEach((value, i) => {
        expect(given[i]).toBeCloseTo(value, 6)
      })
    }),
  )
})
