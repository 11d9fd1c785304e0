import { afterAll, beforeAll, expect, test } from 'vitest'
import { languageOf } from '../../src/chat/language.ts'
import { answerQuestion } from '../../src/features/policy/answer-question.ts'
import { guest } from '../../src/knowledge/clause.ts'
import { KnowledgeBase } from '../../src/knowledge/knowledge-base.ts'
import { importSeed } from '../../src/knowledge/library/import-seed.ts'
import { harmlessText } from '../../src/platforms/text/harmless-text.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore } from '../../src/store/store.ts'
import { freshLocation } from '../store/each-database.ts'

const now = () => new Date('2026-03-02T01:00:00Z')
const cleanUps: (() => Promise<void>)[] = []
let library: KnowledgeBase
beforeAll(async () => {
  const location = await freshLocation('sqlite', cleanUps)
  const store = await openStore(location)
  cleanUps.push(() => store.close())
  await importSeed(store, openBlobs(store, location), 'knowledge', now())
  const indexDir = `${location.dataDir}/index`
  library = await KnowledgeBase.open({ store, knowledgeDir: 'knowledge', indexDir, clock: now })
})
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp()
})

/** Everything that happens to a question without a model: language, spelling, search, doubt, quotes, clause 10. */
function answer(question: string): void {
  const text = harmlessText(question)
  const asked = {
    id: 'x',
    question: text,
    history: [text, text],
    language: languageOf(text),
    readers: [guest],
  }
  expect(answerQuestion(library.engine, asked).question).toBe(text)
}

function timeOf(question: string): number {
  const start = performance.now()
  answer(question)
  return performance.now() - start
}

/** Whole pieces only: half a syllable at the end, and none of it would be read as pinyin. */
const repeated = (piece: string) => (length: number) => piece.repeat(Math.floor(length / piece.length))

/** Each made for an expression or a loop that it could lead astray: quantifiers, numbers, syllables, framing. */
const shapes: Record<string, (length: number) => string> = {
  ...Object.fromEntries(
    [
      ...['yi ', 'shi ', 'zhi协', '科', '课鞋', 'a', 'the ', 'how many ', 'we ', '技术职称评定', '国姿委'],
      ...['1', '一', '百', '万亿', '1,000,', '1~2~', '80至', '100人', '不到', '九十多个'],
      ...[
        '多少',
        '填什么',
        '填',
        '交几份',
        '比例多少',
        '标准是',
        '百分之',
        '什么时候',
        '一届是几',
        '分别',
        '哪',
      ],
      ...[
        '高新园区',
        '我们公司有',
        '请问',
        '的话',
        '呢',
        '。',
        '科。',
        '科\n',
        '“',
        '（',
        '😀',
        'é',
        '\u0301',
        'ﷺ',
      ],
    ].map((piece) => [JSON.stringify(piece), repeated(piece)]),
  ),
  'spaces between two characters': (length) => `科${' '.repeat(length)}协`,
  'a number and then spaces': (length) => `100${' '.repeat(length)}x`,
  'as many characters as there are': (length) =>
    Array.from({ length }, (_, i) => String.fromCharCode(0x4e00 + ((i * 7919) % 20_000))).join(''),
  'different words': (length) => Array.from({ length: length / 6 }, (_, i) => `w${i.toString(36)}`).join(' '),
}

// Sixteen times as long takes about sixteen times as long, or 256 times where the work grows with the square. The
// bound lies between, far from both, so that a busy machine does not decide.
test.each(Object.entries(shapes))(
  'of %s: the work grows with the length and not with its square',
  (_, make) => {
    answer(make(1000))
    const short = Math.min(...Array.from({ length: 3 }, () => timeOf(make(3125))))
    const long = Math.min(...Array.from({ length: 2 }, () => timeOf(make(50_000))))
    expect(long / Math.max(short, 2)).toBeLessThan(100)
  },
)
