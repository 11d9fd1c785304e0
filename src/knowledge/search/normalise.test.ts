import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHan, normalise } from './normalise.ts'

describe('normalise', () => {
  test.each([
    ['full width letters and digits', 'ＫＥＸＩＥ　１００', 'kexie 100'],
    ['traditional characters', '國資委對科協的領導', '国资委对科协的领导'],
    ['upper case', 'SASAC', 'sasac'],
    ['a run of punctuation as one space', '讲、、比——活动', '讲 比 活动'],
    ['no space at the ends', '  “五小”活动？！ ', '五小 活动'],
    ['nothing but punctuation', '？！……🙂', ''],
    ['circled and compatibility forms', '①㈠', '1 一'],
    ['line breaks', '科协\r\n组织', '科协 组织'],
  ])('%s', (_, text, expected) => {
    expect(normalise(text)).toBe(expected)
  })

  test('half and full width, simplified and traditional are one', () => {
    expect(normalise('企業科協２０人')).toBe(normalise('企业科协20人'))
  })

  test('any text becomes words of letters and digits with single spaces between', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(normalise(text)).toMatch(/^([\p{L}\p{N}]+( [\p{L}\p{N}]+)*)?$/u)
      }),
    )
  })

  test('whatever parts two texts stays between them', () => {
    const han = fc.string({ unit: fc.constantFrom(...'科协国资委办法企业'), minLength: 1 })
    const gap = fc.string({ unit: fc.constantFrom(...'，。、；：！？（）“”《》 \n-—…·'), minLength: 1 })
    fc.assert(
      fc.property(han, gap, han, (one, between, other) => {
        expect(normalise(one + between + other)).toBe(`${one} ${other}`)
      }),
    )
  })
})

test('isHan knows the first and the last character of the basic block, and none beside', () => {
  expect(['一', '鿿', '科'].map((char) => isHan(char.charCodeAt(0)))).toEqual([true, true, true])
  expect([...'a1、〇ぁ'].map((char) => isHan(char.charCodeAt(0)))).toEqual(Array(5).fill(false))
  expect(isHan(0x4dff)).toBe(false)
  expect(isHan(0xa000)).toBe(false)
})
