import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeDocument } from '../../../test/search/make-library.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { explainError } from '../../messages/translate.ts'
import { checkKnowledgeFiles } from './check-knowledge-files.ts'
import { readKnowledgeFiles } from './knowledge-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexie-knowledge-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function complaint(): { file: string; reason: string; said: string } {
  try {
    readKnowledgeFiles(folder)
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    const { file, reason } = error.values
    return { file: String(file), reason: String(reason), said: explainError(error, 'zh-CN') }
  }
  return { file: 'nothing', reason: 'nothing', said: 'nothing' }
}

const hints = `
document: rules
clauses:
  第1条:
    - passage: 由主席召集
      english: called by the chair
      questions: [谁召集, 谁来开会]
  第2条:
    - passage: 列入预算
      questions: [钱从哪来]
unanswered:
  - topic: 报酬
    questions: [有没有工钱]
`

describe('readKnowledgeFiles', () => {
  test('reads vocabulary and hints of all files, in the order of their names', () => {
    write('vocabulary/b.yaml', 'terms:\n  - official: [经费]\n    english: [funds, money]\n')
    write('vocabulary/a.yml', 'terms:\n  - official: [科技人员, 科技工作者]\n    ordinary: [" 工程师 "]\n')
    write('hints/rules.yaml', hints)
    expect(readKnowledgeFiles(folder)).toEqual({
      vocabulary: [
        { official: ['科技人员', '科技工作者'], ordinary: ['工程师'] },
        { official: ['经费'], ordinary: ['funds', 'money'] },
      ],
      hints: [
        {
          document: 'rules',
          key: '第1条',
          passage: '由主席召集',
          english: 'called by the chair',
          questions: ['谁召集', '谁来开会'],
        },
        { document: 'rules', key: '第2条', passage: '列入预算', english: null, questions: ['钱从哪来'] },
      ],
      unanswered: [{ document: 'rules', topic: '报酬', questions: ['有没有工钱'] }],
    })
  })

  test('finds nothing where there is no folder, and passes over other files', () => {
    expect(readKnowledgeFiles(folder)).toEqual({ vocabulary: [], hints: [], unanswered: [] })
    write('vocabulary/notes.txt', 'not: [yaml')
    write('hints/rules.yaml.bak', 'not: [yaml')
    expect(readKnowledgeFiles(folder)).toEqual({ vocabulary: [], hints: [], unanswered: [] })
  })

  test('reads what Notepad writes: a mark at the beginning, Windows line ends', () => {
    write('hints/rules.yaml', `\ufeff${hints.trim().replaceAll('\n', '\r\n')}`)
    expect(readKnowledgeFiles(folder).hints).toHaveLength(2)
  })

  test.each([
    ['broken YAML', 'hints/x.yaml', 'document: rules\nclauses:\n  a: [b\n', /line \d/],
    ['a tab as indent', 'hints/x.yaml', 'document: rules\nclauses:\n\ta: b\n', /line \d/],
    ['a key twice', 'hints/x.yaml', 'document: rules\ndocument: other\n', /line \d/],
    ['an unknown key', 'hints/x.yaml', `${hints}\nclausess: {}\n`, /clausess/],
    [
      'an unknown key deep inside',
      'hints/x.yaml',
      hints.replace('english:', 'englisch:'),
      /clauses › 第1条 › 0.*englisch/,
    ],
    [
      'a question that is a number',
      'hints/x.yaml',
      hints.replace('钱从哪来', '5'),
      /clauses › 第2条 › 0 › questions › 0/,
    ],
    [
      'questions that are no list',
      'hints/x.yaml',
      hints.replace('[钱从哪来]', '钱从哪来'),
      /clauses › 第2条 › 0 › questions/,
    ],
    [
      'an empty question',
      'hints/x.yaml',
      hints.replace('钱从哪来', '"  "'),
      /clauses › 第2条 › 0 › questions › 0/,
    ],
    ['no questions', 'hints/x.yaml', hints.replace('[钱从哪来]', '[]'), /clauses › 第2条 › 0 › questions/],
    ['no document', 'hints/x.yaml', hints.replace('document: rules', ''), /document/],
    ['a topic left out', 'hints/x.yaml', hints.replace('topic: 报酬', 'subject: 报酬'), /unanswered › 0/],
    [
      'words that are no list',
      'vocabulary/x.yaml',
      'terms:\n  - official: 经费\n    ordinary: [钱]\n',
      /terms › 0/,
    ],
    [
      'both kinds of words',
      'vocabulary/x.yaml',
      'terms:\n  - official: [经费]\n    ordinary: [钱]\n    english: [money]\n',
      /terms › 0/,
    ],
    ['no terms', 'vocabulary/x.yaml', 'words: []\n', /terms|words/],
  ])('names file and place of %s', (_, name, text, place) => {
    write(name, text)
    const { file, reason, said } = complaint()
    expect(file).toBe(name)
    expect(reason).toMatch(place)
    expect(said).toContain(name)
    expect(said.split('\n')).toHaveLength(1)
  })

  test.each(['', 'null\n', '- a\n', 'just words\n'])(
    'names the file that holds no settings at all: %j',
    (text) => {
      write('hints/x.yaml', text)
      expect(complaint()).toMatchObject({ file: 'hints/x.yaml', reason: expect.stringMatching(/^[^:\s]/) })
    },
  )

  test('names a file that cannot be opened, without its place on the machine', () => {
    write('hints/x.yaml', hints)
    symlinkSync(join(folder, 'gone'), join(folder, 'hints', 'y.yaml'))
    const { file, said } = complaint()
    expect(file).toBe('hints/y.yaml')
    expect(said).not.toContain(folder)
  })
})

describe('checkKnowledgeFiles', () => {
  const rules = makeDocument('rules', ['会员代表大会由主席 召集。', '经费列入预算。'])
  const check = (language: 'zh-CN' | 'en' = 'zh-CN') => checkKnowledgeFiles(folder, [rules], language)

  test('finds nothing wrong in files that fit their documents', () => {
    write('hints/rules.yaml', hints)
    write('vocabulary/a.yaml', 'terms:\n  - official: [科技人员]\n    ordinary: [工程师]\n')
    expect(check()).toEqual([])
  })

  test.each([
    ['a document that is not there', hints.replace('document: rules', 'document: others'), 'others'],
    ['a clause that is not there', hints.replace('第2条:', '第9条:'), '第9条'],
    ['a passage that is not in its clause', hints.replace('列入预算', '列入决算'), '列入决算'],
    ['a question under two clauses', hints.replace('钱从哪来', '谁召集？'), '谁召集？'],
    ['a question also among those not settled', hints.replace('有没有工钱', '谁召集'), '谁召集'],
    [
      'a document that only has unsettled questions and is not there',
      'document: others\nunanswered:\n  - topic: 报酬\n    questions: [工钱]\n',
      'others',
    ],
  ])('finds %s', (_, text, named) => {
    write('hints/rules.yaml', text)
    for (const language of ['zh-CN', 'en'] as const) {
      const problems = check(language)
      expect(problems).toHaveLength(1)
      expect(problems[0]).toContain(named)
    }
  })

  test('finds an ordinary word that is its own official one, whatever its width', () => {
    write('vocabulary/a.yaml', 'terms:\n  - official: [ＡＰＰ小组]\n    ordinary: [app小組, 小程序]\n')
    expect(check()).toEqual([expect.stringContaining('app小組')])
  })

  test('finds each problem of a file, a missing document once', () => {
    write('hints/rules.yaml', hints.replace('列入预算', '列入决算').replace('由主席召集', '由秘书召集'))
    write('hints/other.yaml', hints.replace('document: rules', 'document: others'))
    const problems = check()
    expect(problems.filter((line) => line.includes('others'))).toHaveLength(1)
    expect(problems.filter((line) => line.includes('由秘书召集'))).toHaveLength(1)
    expect(problems.filter((line) => line.includes('列入决算'))).toHaveLength(1)
    expect(problems).toHaveLength(3)
  })

  test('says of a file that cannot be read just that', () => {
    write('hints/rules.yaml', 'document: [')
    expect(check()).toEqual([expect.stringContaining('hints/rules.yaml')])
  })

  test('lets the same question stand twice under one clause', () => {
    write('hints/rules.yaml', hints.replace('谁来开会', '谁召集！'))
    expect(check()).toEqual([])
  })
})
