import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { Vocabulary } from './vocabulary.ts'

const vocabulary = new Vocabulary([
  { official: ['科技人员', '科技工作者'], ordinary: ['工程师', '技术员'] },
  { official: ['建设项目'], ordinary: ['工程'] },
  { official: ['教师'], ordinary: ['师傅', '老师'] },
  { official: ['经费'], ordinary: ['钱', '拨款', 'funding'] },
  { official: ['资金'], ordinary: ['拨款'] },
  { official: ['科技工作者'], ordinary: ['S&T worker', 'technical staff'] },
  { official: ['企业科协'], ordinary: ['company association', 'ＡＰＰ小组'] },
])
const officialFor = (question: string) => vocabulary.officialWordsIn(normalise(question))
const ordinaryIn = (question: string) => officialFor(question).map(({ ordinary }) => ordinary)

describe('officialWordsIn', () => {
  test('gives the official words for an ordinary one', () => {
    expect(officialFor('我们厂的技术员')).toEqual([
      { ordinary: '技术员', official: ['科技人员', '科技工作者'] },
    ])
  })

  test('collects what several entries say of one word', () => {
    expect(officialFor('拨款')).toEqual([{ ordinary: '拨款', official: ['经费', '资金'] }])
  })

  test('takes the longest of those that begin together', () => {
    expect(ordinaryIn('工程师')).toEqual(['工程师'])
    expect(ordinaryIn('工程进度')).toEqual(['工程'])
  })

  test('goes on behind a word, so that overlapping words do not count twice', () => {
    expect(ordinaryIn('工程师傅')).toEqual(['工程师'])
    expect(ordinaryIn('工程师的老师要钱')).toEqual(['工程师', '老师', '钱'])
  })

  test.each(['technical staff', 'Technical Staffs', 'technical-staff', 'our technical staff?'])(
    'finds English phrases in any form: %s',
    (question) => {
      expect(officialFor(question)).toMatchObject([{ official: ['科技工作者'] }])
    },
  )

  test('finds phrases with signs, plural and mixed scripts', () => {
    expect(officialFor('S&T workers')).toMatchObject([{ official: ['科技工作者'] }])
    expect(officialFor('company associations')).toMatchObject([{ official: ['企业科协'] }])
    expect(officialFor('app小組')).toMatchObject([{ official: ['企业科协'] }])
  })

  test('does not find a phrase in parts of other words, or turned round', () => {
    expect(officialFor('staff technical')).toEqual([])
    expect(officialFor('refundings')).toEqual([])
    expect(officialFor('')).toEqual([])
  })

  test('is not misled by names that every object has', () => {
    expect(officialFor('constructor toString __proto__')).toEqual([])
  })
})
