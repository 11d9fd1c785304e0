import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type CommonWords, readCommonWords } from './common-words.ts'
import { TextIndex } from './text-index.ts'
import { Vocabulary } from './vocabulary.ts'

const vocabulary = new Vocabulary([{ official: ['夹具'], ordinary: ['卡具', 'clamp'] }])
let commonWords: CommonWords

beforeAll(async () => {
  commonWords = await readCommonWords()
})

const texts = [
  { id: 'a', shelf: '甲', text: '三号线夹具改为快换式定位销，换型由四十分钟降到十分钟' },
  { id: 'b', shelf: '甲', text: '空压机余热回收，用于浴室供水' },
  { id: 'c', shelf: '乙', text: '二号线夹具加装快换定位销，缩短换型' },
]

function indexOf(given = texts) {
  const index = new TextIndex({ vocabulary, commonWords })
  index.add(given)
  return index
}

const ids = (index: TextIndex, question: string, shelves = ['甲', '乙']) =>
  index.search(question, { shelves, limit: 9 }).map(({ id }) => id)

test('finds what is about the same, in the words of the texts, by sound and by ordinary words', () => {
  const index = indexOf()
  expect(ids(index, '快换夹具').toSorted()).toEqual(['a', 'c'])
  expect(ids(index, '余热利用')[0]).toBe('b')
  expect(ids(index, 'yure 回收')[0]).toBe('b')
  expect(new Set(ids(index, '卡具'))).toEqual(new Set(['a', 'c']))
  expect(ids(index, '绩效考核')).toEqual([])
})

test('a shelf that is not open tells nothing, not even by a score', () => {
  const alone = indexOf(texts.filter(({ shelf }) => shelf === '甲'))
  const question = { shelves: ['甲'], limit: 9 }
  expect(indexOf().search('快换夹具', question)).toEqual(alone.search('快换夹具', question))
  expect(indexOf().search('二号线', { shelves: ['丙'], limit: 9 })).toEqual([])
})

test('however texts come, are replaced and removed, it finds as one that was built at once', () => {
  const word = fc.constantFrom('夹具', '余热', '快换', '浴室', '噪声', '照明')
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    text: fc.option(fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('，'))),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), word, (changes, asked) => {
      const grown = new TextIndex({ vocabulary, commonWords })
      const now = new Map<string, string>()
      for (const { id, text } of changes) {
        if (text === null) grown.remove(id)
        else grown.add([{ id, shelf: '甲', text }])
        if (text === null) now.delete(id)
        else now.set(id, text)
      }
      const built = indexOf([...now].map(([id, text]) => ({ id, shelf: '甲', text })))
      const found = (index: TextIndex) =>
        index.search(asked, { shelves: ['甲'], limit: 9 }).map(({ id, share }) => [id, share.toFixed(5)])
      expect(found(grown)).toEqual(found(built))
      expect(grown.size).toBe(now.size)
    }),
  )
})
