import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CommonWords, markCommonWords, readCommonWords } from './common-words.ts'
import { normalise } from './normalise.ts'
import { readPinyin, SoundTable } from './sound.ts'
import { correctSpelling, type Frequency } from './spelling.ts'
import { type Term, termsOf } from './terms.ts'

const sentences = [
  '企业科协由国资委和科协领导',
  '科协组织参与职称评定',
  '科协设立联系点和联络员',
  '国资委支持企业科协开展职称评定',
  '联系点由科协组织管理',
  '重视种病防治 种病防治要早',
]

const counts = new Map<Term, number>()
for (const term of sentences.flatMap((text) => termsOf(normalise(text)))) {
  counts.set(term, (counts.get(term) ?? 0) + 1)
}
const frequency: Frequency = (term) => counts.get(term) ?? 0
const sounds = new SoundTable(new Set(sentences.join('').replaceAll(' ', '')))
const noCommonWords: CommonWords = new Uint32Array()
let commonWords: CommonWords

beforeAll(async () => {
  commonWords = await readCommonWords()
})

const mend = (question: string, words = commonWords) =>
  correctSpelling(normalise(question), frequency, sounds, words)

describe('correctSpelling', () => {
  test.each([
    ['科些归谁管', '科协归谁管'],
    ['国姿委管什么', '国资委管什么'],
    ['zhicheng pingding 谁来做', '职称评定 谁来做'],
    ['zhichengpingding谁来做', '职称评定谁来做'],
    ['zhicheng 评定', '职称评定'],
    ['kexie 做什么', '科协 做什么'],
    ['KEXIE', '科协'],
    ['连系点在哪里', '联系点在哪里'],
    ['國姿委管什麼', '国资委管什么'],
  ])('%s → %s', (question, meant) => {
    expect(mend(question).replaceAll(' ', '')).toBe(meant.replaceAll(' ', ''))
  })

  test('leaves common words alone, which without them would be bent to the documents', () => {
    expect(mend('得了重病', noCommonWords)).toBe('得了种病')
    expect(mend('得了重病')).toBe('得了重病')
    // Also behind a character that takes two units of UTF-16.
    expect(mend('𠮷𠮷𠮷得了重病')).toBe('𠮷𠮷𠮷得了重病')
  })

  test.each([
    'who leads the association',
    'how many engineers do we need',
    'what can a company do',
    'SASAC',
    'the APP of the 3rd quarter',
  ])('leaves English as it is: %s', (question) => {
    expect(mend(question)).toBe(normalise(question))
  })

  test('leaves a word that the texts know, also where it could be pinyin', () => {
    const knowing: Frequency = (term) => (termsOf('kexie').includes(term) ? 3 : frequency(term))
    expect(correctSpelling('kexie 组织', knowing, sounds, commonWords)).toBe('kexie 组织')
  })

  test('leaves what nothing is known of', () => {
    expect(mend('羁縻')).toBe('羁縻')
    expect(mend('xiexie ni')).toBe('xiexie ni')
  })

  test('changes nothing where all is known', () => {
    const piece = fc
      .tuple(fc.constantFrom(...sentences.slice(0, -1)), fc.nat(20), fc.integer({ min: 2, max: 8 }))
      .map(([text, start, length]) => text.slice(Math.min(start, text.length - 2)).slice(0, length))
    const question = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' '))
    fc.assert(
      fc.property(question, (text) => {
        expect(mend(text, noCommonWords)).toBe(text)
      }),
    )
  })

  test('takes any text, and keeps everything but Han characters and syllables', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'科些 zhiceng评1a姿𠮷'), maxLength: 40 }),
    )
    fc.assert(
      fc.property(odd, (text) => {
        const typed = normalise(text)
        const foreign = (value: string) => value.replace(/[\u4e00-\u9fffa-z ]+/g, '')
        expect(foreign(mend(text))).toBe(foreign(typed))
      }),
    )
  })

  test.each([
    ['homophones', '些资委 '],
    ['pinyin without tones', 'xie zi '],
    ['one syllable', 'zhi '],
    ['letters that are no pinyin', 'vvvvv '],
  ])('looks up twice as much for a question twice as long: %s', (_, unit) => {
    const lookUps = (times: number) => {
      let count = 0
      const counting: Frequency = (term) => {
        count++
        return frequency(term)
      }
      correctSpelling(normalise(unit.repeat(times)), counting, sounds, noCommonWords)
      return count
    }
    expect(lookUps(400)).toBeLessThanOrEqual(2.1 * lookUps(200) + 100)
  })
})

describe('common words', () => {
  test('are marked where they stand, also beyond the basic plane', () => {
    expect(markCommonWords('得了重病', commonWords).slice(2)).toEqual([true, true])
    expect(markCommonWords('𠮷重病𠮷', commonWords)).toEqual([false, false, true, true, false, false])
  })

  test('do not hold old spellings, which is what slips look like', () => {
    expect(markCommonWords('连系', commonWords)).toEqual([false, false])
  })

  test('do not reach over a space', () => {
    expect(markCommonWords('重 病', commonWords)).toEqual([false, false, false])
  })
})

describe('readPinyin', () => {
  test.each([
    ['zhichengpingding', ['zhi', 'cheng', 'ping', 'ding']],
    ['kexie', ['ke', 'xie']],
    ['guoziwei', ['guo', 'zi', 'wei']],
    ['nvxing', ['nv', 'xing']],
    ['xian', ['xian']],
    ['sasac', null],
    ['', null],
    ['a'.repeat(61), null],
  ])('%s', (letters, expected) => {
    expect(readPinyin(letters)).toEqual(expected)
  })
})

describe('SoundTable', () => {
  const table = new SoundTable('科协写蟹职之城程')

  test('finds characters of one sound, tones and zh/z, ng/n aside, without the character itself', () => {
    expect(table.soundingLike('协').sort()).toEqual(['写', '蟹'].sort())
    expect(table.soundingLike('zi').sort()).toEqual(['之', '职'].sort())
    expect(table.soundingLike('cen').sort()).toEqual(['城', '程'].sort())
  })

  test('knows nothing of other sounds, letters and signs', () => {
    for (const other of ['马', 'ma', 'x', '5', '𠮷']) expect(table.soundingLike(other)).toEqual([])
  })
})
