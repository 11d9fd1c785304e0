import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closedTo, makeDocument, makeEngine } from '../../test/search/make-library.ts'
import { PlainError } from '../messages/plain-error.ts'
import { answerLine, answerText, ask, questionLine, readQuestionFile } from './ask.ts'
import { evaluate } from './evaluate.ts'
import { languageOfTerminal, withoutLanguageOption } from './terminal-language.ts'

const engine = makeEngine([
  makeDocument('rules', ['会员代表大会每年召开一次，由主席召集。', '设备借用须提前三日登记。']),
  makeDocument('secret', ['会员代表大会的密码由主席保管。'], { visibility: closedTo('分公司一') }),
])

let path: string
beforeAll(() => {
  path = join(mkdtempSync(join(tmpdir(), 'kexie-ask-')), 'questions.jsonl')
})
afterAll(() => rmSync(join(path, '..'), { recursive: true }))

async function read(text: string | Buffer): Promise<unknown[]> {
  writeFileSync(path, text)
  return Array.fromAsync(readQuestionFile(path, questionLine))
}

describe('answerLine', () => {
  const line = answerLine(engine, { id: 7, question: '会员代表大会由谁召集？', history: [] })

  test('has its keys in the order that is promised, and the id as it came', () => {
    expect(Object.keys(line)).toEqual(['id', 'answer', 'refused', 'citations', 'ms'])
    expect(Object.keys(line.citations[0]!)).toEqual([
      'document',
      'version',
      'key',
      'clause',
      'label',
      'quote',
    ])
    expect(line.id).toBe(7)
    expect(line.citations[0]).toMatchObject({
      document: 'rules',
      version: 1,
      key: '第1条',
      clause: 1,
      label: '第1条',
    })
  })

  test('shows the quote within the answer, and nothing that a guest may not see', () => {
    expect(line.answer).toContain('由主席召集')
    expect(line.citations[0]!.quote).toContain('由主席召集')
    expect(JSON.stringify(line)).not.toContain('密码')
  })

  test('understands a follow-up by its history', () => {
    const asked = { id: 1, question: '那这个由谁来办？' }
    const first = (history: string[]) => answerLine(engine, { ...asked, history }).citations[0]?.clause
    expect(first(['会员代表大会何时召开？'])).toBe(1)
    expect(first(['设备借用怎么登记？'])).toBe(2)
  })

  test('says the same as the text for people', () => {
    expect(answerText(ask(engine, '设备借用怎么登记？'))).toBe(
      answerLine(engine, { id: 1, question: '设备借用怎么登记？', history: [] }).answer,
    )
  })

  test('answers in the language of the question', () => {
    expect(ask(engine, 'who calls the congress?').language).toBe('en')
    expect(ask(engine, '谁召集').language).toBe('zh-CN')
  })
})

describe('readQuestionFile', () => {
  test('reads line by line, empty ones and a mark at the beginning aside', async () => {
    expect(
      await read(
        '\ufeff{"id":"a","question":"甲"}\r\n\n  \n{"id":2,"question":"乙","history":["丙"],"kind":"x"}',
      ),
    ).toEqual([
      { id: 'a', question: '甲', history: [] },
      { id: 2, question: '乙', history: ['丙'], kind: 'x' },
    ])
    expect(await read('')).toEqual([])
  })

  test.each([
    ['no JSON', '{"id":1,"question":"甲"}\n\n{"id":', 'command-line:ask.bad-json', 3],
    ['no question', '{"id":1}', 'command-line:ask.bad-line', 1],
    ['a wrong history', '{"id":1,"question":"甲","history":"乙"}', 'command-line:ask.bad-line', 1],
    ['no object', '\n[1]', 'command-line:ask.bad-line', 2],
  ])('names the line that has %s', async (_, text, key, line) => {
    const thrown = await read(text).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(PlainError)
    expect(thrown).toMatchObject({ key, values: { line } })
  })

  test('gives what stands before a wrong line', async () => {
    writeFileSync(path, '{"id":1,"question":"甲"}\nwrong')
    const lines = readQuestionFile(path, questionLine)
    expect((await lines.next()).value).toMatchObject({ question: '甲' })
    await expect(lines.next()).rejects.toBeInstanceOf(PlainError)
  })

  test.each(['no-such-file.jsonl', '.'])('says plainly that it cannot read %s', async (name) => {
    const reading = Array.fromAsync(readQuestionFile(name, questionLine))
    await expect(reading).rejects.toMatchObject({
      key: 'command-line:ask.unreadable',
      values: { file: name },
    })
  })
})

describe('evaluate', () => {
  test('prints the rates overall and for each kind', async () => {
    const judged = [
      { id: 1, kind: 'plain', question: '会员代表大会由谁召集？', clauses: [1], must: ['由主席召集'] },
      { id: 2, kind: 'plain', question: '设备借用要提前登记吗？', clauses: [1], must: ['没有'] },
      { id: 3, kind: 'oos', question: 'qwrtp vbnm', clauses: [], must: [] },
    ]
    writeFileSync(path, judged.map((line) => JSON.stringify(line)).join('\n'))
    const printed: string[] = []
    await evaluate(engine, path, (text) => printed.push(text))
    const line = (name: string) => printed.find((text) => text.startsWith(name))
    expect(printed[0]).toMatch(/^3 questions, 1 /)
    expect(line('clause hit@1')).toContain('0.500')
    expect(line('must-rate')).toContain('1/2')
    expect(line('refusal recall')).toContain('1/1')
    expect(line('plain')).toMatch(/ 2 +0\.500/)
    expect(line('oos')).toMatch(/ 1 +– +– +– +– +1$/)
  })

  test('prints no NaN for an empty file', async () => {
    writeFileSync(path, '')
    const printed: string[] = []
    await evaluate(engine, path, (text) => printed.push(text))
    expect(printed.join('\n')).not.toMatch(/NaN|undefined/)
  })
})

describe('the language of the terminal', () => {
  test.each([
    [[], 'zh-CN'],
    [['ask', '问'], 'zh-CN'],
    [['--lang', 'en', 'ask'], 'en'],
    [['ask', '--lang=en'], 'en'],
    [['ask', '--lang', 'EN-GB'], 'en'],
    [['ask', '--lang', 'zh-CN'], 'zh-CN'],
    [['ask', '--lang'], 'zh-CN'],
    [['ask', 'en'], 'zh-CN'],
  ] as const)('of %j is %s', (argv, language) => {
    expect(languageOfTerminal(argv)).toBe(language)
  })

  test.each([
    [
      ['ask', '--lang', 'en', 'who?'],
      ['ask', 'who?'],
    ],
    [
      ['--lang=en', 'ask', 'who?'],
      ['ask', 'who?'],
    ],
    [
      ['ask', 'who?', '--lang'],
      ['ask', 'who?'],
    ],
    [
      ['ask', '--language', 'x'],
      ['ask', '--language', 'x'],
    ],
  ])('leaves of %j what the commands read', (argv, rest) => {
    expect(withoutLanguageOption(argv)).toEqual(rest)
  })
})
