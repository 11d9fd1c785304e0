import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument, type TextFormat } from '../../src/knowledge/parse/parse-document.ts'
import { countSteps } from './count-steps.ts'

const runs = 20_000

const number = fc.oneof(
  fc.nat({ max: 30 }).map(String),
  fc.constantFrom(
    ...'一二三四五六七八九十',
    '十一',
    '二十',
    '一百零三',
    '〇',
    '廿',
    '１０',
    '十十',
    '99999999999999999999',
  ),
)
const marker = fc
  .tuple(
    fc.constantFrom(
      ['第', '编'],
      ['第', '章 '],
      ['第', '节'],
      ['第', '条 '],
      ['第', '条之一　'],
      ['', '、'],
      ['（', '）'],
      ['(', ')'],
      ['', '.'],
      ['', '．'],
      ['3.', ' '],
      ['Article ', '. '],
      ['Chapter ', ' '],
      ['# ', ' '],
      ['### ', '、'],
      ['附件', '：'],
      ['附录', ' '],
    ),
    number,
  )
  .map(([[before, after], value]) => `${before}${value}${after}`)
const words = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        '科协',
        '企业',
        '应当',
        '依照第二十条',
        '见（三）',
        '100 人',
        '。',
        '；',
        '：',
        '，',
        'the rules ',
        '①',
        '“',
        '”',
        ' | ',
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)
const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(marker, words).map((parts) => parts.join('')) },
  { weight: 4, arbitrary: words },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '　',
      '目 录',
      '附 则',
      '总则',
      '— 1 —',
      '- 2 -',
      '3',
      '第 3 页',
      '---',
      '|甲|乙|',
      '关于科普工作的意见',
      '某市委员会',
      '各单位：',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(marker, words, fc.nat({ max: 99 })).map(([a, b, page]) => `${a}${b} …… ${page}`),
  },
)
const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\f', '\u2028')
const free = fc.array(
  fc.tuple(fc.constantFrom('', '    ', '　　'), line, ends).map((parts) => parts.join('')),
  { maxLength: 40 },
)
/** Lines cut at a margin, as PDFs give them, with the number of the page between some. */
const cut = fc
  .tuple(fc.integer({ min: 12, max: 40 }), fc.array(fc.tuple(marker, words, words, words), { maxLength: 12 }))
  .map(([width, paragraphs]) =>
    paragraphs.flatMap((parts, index) => {
      const text = parts.join('').replaceAll(/[\r\n\f\v\u2028\u2029]/g, '')
      const lines = text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []
      return [...lines, ...(index % 4 === 3 ? ['', `— ${index} —`, ''] : [])].map((each) => `${each}\n`)
    }),
  )
const documents = fc
  .oneof({ weight: 3, arbitrary: free }, { weight: 1, arbitrary: cut })
  .map((lines) => lines.join(''))
const formats = fc.constantFrom<TextFormat>('txt', 'md', 'pdf', 'docx', 'html')

const bare = (text: string) => text.replaceAll(/\s/g, '')

/** What parseDocument has to keep of a line: not page numbers, marks of Markdown, the word “contents”. */
function meaningOf(lineOfText: string): string {
  const trimmed = lineOfText.trim()
  if (/^[-—–－·\d\s第页共/，,]*\d[-—–－·\d\s第页共/，,]*$|^目\s*[录次]$/.test(trimmed)) return ''
  const words = trimmed.replace(/^#{1,6}\s+(?=\S)/, '').replace(/\s#{1,6}$/, '')
  // An entry of a table of contents stands again further down, there without its dots and page.
  return bare(words.replace(/[.．…·。\s-]+[0-9０-９]+$/, ''))
}

describe('any text', () => {
  test('is cut into clauses without losing a line or using a key twice', () => {
    let clausesSeen = 0
    fc.assert(
      fc.property(documents, formats, (text, format) => {
        const { title, issuers, clauses } = parseDocument(text, format)
        clausesSeen += clauses.length
        const kept = bare(
          [issuers, title, ...clauses.flatMap((clause) => [...clause.path, clause.text])].join(''),
        )
        const marks = format === 'md' ? /\*/g : /(?!)/g
        for (const each of text.split(/[\r\n\f\v\u2028\u2029]/)) {
          expect(kept.replaceAll(marks, '')).toContain(meaningOf(each).replaceAll(marks, ''))
        }
        expect(new Set(clauses.map(({ key }) => key)).size).toBe(clauses.length)
      }),
      { numRuns: runs },
    )
    // The texts are such that the parser has something to find.
    expect(clausesSeen).toBeGreaterThan(runs)
  })

  test('gives the same clauses each time, none of them empty', () => {
    fc.assert(
      fc.property(documents, formats, (text, format) => {
        const parsed = parseDocument(text, format)
        expect(parseDocument(text, format)).toEqual(parsed)
        for (const { key, text: content } of parsed.clauses) {
          expect(key).not.toBe('')
          expect(content.trim()).not.toBe('')
        }
      }),
      { numRuns: runs / 4 },
    )
  })
})

describe('work grows with the length of the text, not with its square', () => {
  const parts: [string, (index: number) => string][] = [
    ['articles', () => '第一条 甲。\n'],
    ['rising numbers', (index) => `第${index + 1}条 甲。\n`],
    ['falling numbers', (index) => `第${10_000 - index}条 甲。\n`],
    ['chapters in articles', (index) => (index % 2 === 0 ? '第一章 甲\n' : '第一条 乙。\n')],
    ['list items', (index) => `${(index % 9) + 1}.甲；\n（一）乙；\n`],
    ['deeper and deeper', (index) => `${'#'.repeat((index % 6) + 1)} 甲\n`],
    ['lines of a table of contents', (index) => `第${index + 1}章 甲 …… ${index}\n`],
    ['brackets on one line', () => '（一'],
    ['open lines', () => '依照第二十条的规定，见\n'],
    ['blank lines', () => '\n \n'],
    [
      'different markers',
      (index) => ['一、甲\n', '（一）甲\n', '1.甲\n', '（1）甲\n', '①甲\n', '1.1 甲\n'][index % 6]!,
    ],
  ]

  test.each(parts)('%s', (_, part) => {
    const text = (length: number) => Array.from({ length }, (_item, index) => part(index)).join('')
    const steps = (length: number) =>
      countSteps('../../src/knowledge/parse/', () => parseDocument(text(length), 'md'))
    const small = steps(1000)
    expect(small).toBeGreaterThan(0)
    // Eight times the text: eight times the work, and a little for what is sorted; the square would be 64 times.
    expect(steps(8000) / small).toBeLessThan(12)
  })

  test('a square would be noticed', () => {
    const bareLoop = (length: number) => countSteps('./', () => countPairs(length))
    expect(bareLoop(8000) / bareLoop(1000)).toBeGreaterThan(50)
  })
})

function countPairs(length: number): number {
  let pairs = 0
  for (let first = 0; first < length; first++) {
    for (let second = 0; second < length; second++) pairs++
  }
  return pairs
}
