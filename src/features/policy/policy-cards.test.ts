import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectProper } from '../../../test/policy/proper-card.ts'
import { buttonsOf, marksOf, runsOf } from '../../../test/policy/read-card.ts'
import { makeClause, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import type { Card } from '../../chat/card.ts'
import { type Language, languages } from '../../chat/language.ts'
import { parseDocument } from '../../knowledge/parse/parse-document.ts'
import { readCommonWords } from '../../knowledge/search/common-words.ts'
import { readKnowledgeFiles } from '../../knowledge/search/knowledge-files.ts'
import type { SearchEngine, SearchResult } from '../../knowledge/search/search-engine.ts'
import type { Answer, Citation } from './answer.ts'
import { answerFrom } from './answer-question.ts'
import { answerCard, clauseCard, supersededCard, welcomeCard } from './policy-cards.ts'

const place = (path: string) => new URL(`../../../${path}`, import.meta.url)
const title = '关于加强国有企业科协组织建设的意见'
const issuers = '中国科协、国务院国资委'
const questions = ['development', 'tuning'].flatMap((name) =>
  readFileSync(place(`test/data/questions-${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): { question: string; history?: string[] } => JSON.parse(line)),
)

const quotesOf = (card: Card) => card.blocks.flatMap((block) => (block.type === 'quote' ? [block] : []))
const piecesOf = ({ spans, clause }: Citation) => spans.map(([start, end]) => clause.text.slice(start, end))

/** The words that are ours on a card: no quotes, names of clauses and documents, nor authored English. */
function ownWords(card: Card, { citations, nearest, related }: Answer): string {
  const cited = [...citations, ...(nearest ? [nearest] : [])]
  const names = [...cited.map(({ clause }) => clause), ...related]
  const words = card.blocks.flatMap((block): string[] => {
    if (block.type === 'note') return [block.text.replaceAll(`《${title}》`, '').replaceAll(issuers, '')]
    if (block.type === 'buttons') return block.buttons.map(({ label }) => label.replace(/: .*$/, ''))
    if (block.type === 'quote') return []
    return runsOf(block).map(({ text }) => text)
  })
  const isOurs = (text: string) =>
    !names.some(({ label, lead }) => text.startsWith(label || lead.slice(0, 5))) &&
    !cited.some(({ english }) => text === english.join(' '))
  return [card.title ?? '', ...words.filter(isOurs)].join('\n')
}

describe('the card of every answer to the known questions', () => {
  let engine: SearchEngine
  let results: { question: string; result: SearchResult }[]
  beforeAll(async () => {
    const source = readFileSync(place('knowledge/documents/guideline.md'), 'utf8')
    const { clauses } = parseDocument(source.split('---\n').slice(2).join('---\n'), 'md')
    const guideline = { ...makeDocument('guideline', []), title, issuers, clauses }
    engine = makeEngine([guideline], readKnowledgeFiles(place('knowledge').pathname), await readCommonWords())
    results = questions.map(({ question, history = [] }) => ({
      question,
      result: engine.search({ question, history, limit: 6 }),
    }))
  })

  const answersIn = (language: Language): Answer[] =>
    results.map(({ question, result }) =>
      answerFrom(result, { id: 'id', question, language, history: [], readers: [] }),
    )

  test.each(languages)('keeps to the forms of cards, in %s', (language) => {
    const answers = answersIn(language)
    for (const answer of answers) expectProper(answerCard(answer))
    // Where the rule of founding was applied the way to advice is named, and nowhere else.
    const advice = language === 'en' ? 'founding advice' : '“组建咨询”'
    const named = answers.filter((answer) => JSON.stringify(answerCard(answer)).includes(advice))
    expect(named).toEqual(answers.filter((answer) => !answer.refused && answer.ruling))
    expect(named.length).toBeGreaterThan(0)
    // Both kinds were looked at.
    expect(new Set(answers.map(({ refused }) => refused)).size).toBe(2)
  })

  test.each(languages)('marks just what it cites, and says where it stands, in %s', (language) => {
    for (const answer of answersIn(language).filter(({ refused }) => !refused)) {
      const quotes = quotesOf(answerCard(answer))
      expect(quotes).toHaveLength(answer.citations.length)
      answer.citations.forEach((citation, i) => {
        expect(marksOf(quotes[i]!.runs)).toEqual(piecesOf(citation))
        expect(quotes[i]!.runs.map(({ text }) => text).join('')).toBe(citation.quote)
        expect(quotes[i]!.source).toContain(`《${title}》`)
        for (const heading of citation.clause.path) expect(quotes[i]!.source).toContain(heading)
      })
    }
  })

  test('opens each clause with the words marked that it cited', () => {
    for (const answer of answersIn('zh-CN').filter(({ refused }) => !refused)) {
      const buttons = buttonsOf(answerCard(answer)).filter(({ value }) => value.marks !== undefined)
      expect(buttons).toHaveLength(answer.citations.length)
      answer.citations.forEach((citation, i) => {
        const { document, key, version, marks } = buttons[i]!.value
        const opened = engine.openClause(document!, key!, [])!
        expect(String(opened.document.version)).toBe(version)
        const spans = marks!.split(',').map((span) => span.split('-').map(Number) as [number, number])
        const card = clauseCard({ ...opened, marks: spans }, 'zh-CN')
        const [text] = card.blocks.filter(({ type }) => type === 'text')
        expect(marksOf(runsOf(text!))).toEqual(piecesOf(citation))
        expect(
          runsOf(text!)
            .map((run) => run.text)
            .join(''),
        ).toBe(citation.clause.text)
      })
    }
  })

  test('marks nothing in a refusal, names the nearest clause, and offers a person', () => {
    for (const answer of answersIn('zh-CN').filter(({ refused }) => refused)) {
      const card = answerCard(answer)
      expect(card.tone).toBe('refusal')
      expect(card.blocks.flatMap(runsOf).some(({ mark }) => mark)).toBe(false)
      expect(quotesOf(card)).toHaveLength(answer.nearest ? 1 : 0)
      const actions = buttonsOf(card).map(({ action }) => action)
      expect(actions).toEqual(['help.ask', ...(answer.nearest ? ['policy.open-clause'] : [])])
    }
  })

  test('speaks English around Chinese quotes and names to those who ask in English', () => {
    for (const answer of answersIn('en')) {
      expect(ownWords(answerCard(answer), answer)).not.toMatch(/\p{Script=Han}/u)
    }
    const [chinese] = answersIn('zh-CN')
    expect(ownWords(answerCard(chinese!), chinese!)).toMatch(/\p{Script=Han}/u)
  })
})

const small = makeEngine([
  makeDocument('rules', ['会员代表大会由主席召集。', '经费列入预算。'], {
    issuers: '省科协',
    effective: '2026-01-01',
  }),
])
const smallAnswer = (doubt: number, language: Language = 'zh-CN') => {
  const question = '会员代表大会由谁召集？'
  const result = { ...small.search({ question, limit: 6 }), doubt }
  return answerFrom(result, { id: 'id', question, language, history: [], readers: [] })
}
const actionsOf = (card: Card) => buttonsOf(card).map(({ action }) => action)

describe('an answer card', () => {
  test('asks for a verdict', () => {
    const answer = smallAnswer(0)
    const verdicts = buttonsOf(answerCard(answer)).filter(({ action }) => action === 'policy.feedback')
    expect(verdicts.map(({ value }) => value)).toEqual([
      { answer: 'id', verdict: 'up' },
      { answer: 'id', verdict: 'down' },
    ])
  })

  test('that is tentative says so first, and offers a person', () => {
    const card = answerCard(smallAnswer(0.4))
    expect(card.blocks[0]).toMatchObject({ type: 'note' })
    const ways = [card, answerCard(smallAnswer(0))].map(
      (one) => buttonsOf(one).find(({ action }) => action === 'help.ask')?.style,
    )
    expect(ways).toEqual(['primary', 'plain'])
  })

  test('shows statements above their evidence, unmarked', () => {
    const statements = [
      { text: '由主席召集。', evidence: [] },
      { text: '每年一次。', evidence: [] },
    ]
    const card = answerCard({ ...smallAnswer(0), statements })
    const list = card.blocks.findIndex(({ type }) => type === 'list')
    expect(card.blocks[list]).toEqual({
      type: 'list',
      items: [[{ text: '由主席召集。' }], [{ text: '每年一次。' }]],
    })
    expect(list).toBeLessThan(card.blocks.findIndex(({ type }) => type === 'quote'))
  })

  test.each(languages)(
    'names issuers, version and day of effect once for each document, in %s',
    (language) => {
      const answer = smallAnswer(0, language)
      const [citation] = answer.citations
      const notes = answerCard({ ...answer, citations: [citation!, citation!] }).blocks.flatMap((block) =>
        block.type === 'note' && block.text.includes('省科协') ? [block.text] : [],
      )
      expect(notes).toHaveLength(1)
      expect(notes[0]!.split('\n')).toHaveLength(1)
      for (const part of ['省科协', '1', '2026-01-01']) expect(notes[0]).toContain(part)
    },
  )

  test('of an empty library says only that nothing was found, and offers a person', () => {
    const empty = answerFrom(makeEngine([]).search({ question: '甲' }), {
      id: 'id',
      question: '甲',
      language: 'zh-CN',
      history: [],
      readers: [],
    })
    const card = answerCard(empty)
    expectProper(card)
    expect(actionsOf(card)).toEqual(['help.ask'])
  })
})

describe('a clause card', () => {
  const opened = small.openClause('rules', '第1条', [])!
  const textRuns = (marks: [number, number][]) =>
    runsOf(clauseCard({ ...opened, marks }, 'zh-CN').blocks.find(({ type }) => type === 'text')!)

  test('leads to its neighbours', () => {
    const second = small.openClause('rules', '第2条', [])!
    const keys = (card: Card) => buttonsOf(card).map(({ value }) => value.key)
    expect(keys(clauseCard({ ...opened, marks: [] }, 'zh-CN'))).toEqual(['第2条'])
    expect(keys(clauseCard({ ...second, marks: [] }, 'zh-CN'))).toEqual(['第1条'])
  })

  test.each<[string, [number, number][], string[]]>([
    [
      'in order',
      [
        [0, 2],
        [4, 6],
      ],
      ['第1', '员代'],
    ],
    [
      'touching',
      [
        [0, 2],
        [2, 3],
      ],
      ['第1', '条'],
    ],
    [
      'beyond the end',
      [
        [0, 999],
        [3, 5],
      ],
      ['会员'],
    ],
    [
      'backwards and overlapping',
      [
        [3, 5],
        [4, 8],
        [2, 1],
        [0, 1],
      ],
      ['会员'],
    ],
    ['empty', [[3, 3]], []],
  ])('takes marks that are %s, and loses no character', (_, marks, marked) => {
    const runs = textRuns(marks)
    expect(marksOf(runs)).toEqual(marked)
    expect(runs.map(({ text }) => text).join('')).toBe(opened.clause.text)
    expect(runs.every(({ text }) => text !== '')).toBe(true)
  })

  test('keeps names whole: never half a character, never too long for a button', () => {
    const lead = `${'🙂'.repeat(40)}。`
    for (let pad = 0; pad < 3; pad++) {
      const odd = makeClause(1, '', {
        label: '',
        lead: '会'.repeat(pad) + lead,
        text: lead,
        kind: 'appendix',
      })
      const { document } = opened
      const card = clauseCard({ document, clause: odd, previous: odd, next: odd, marks: [] }, 'en')
      expectProper(card)
      expect(card.title!.isWellFormed()).toBe(true)
    }
  })

  test.each(languages)(
    'of an earlier version says so, with the way to the one in effect, in %s',
    (language) => {
      const card = clauseCard({ ...opened, marks: [] }, language)
      const current = { ...opened, document: { ...opened.document, version: 2 } }
      const old = supersededCard(card, current, language)
      expectProper(old)
      expect(old.blocks[0]).toMatchObject({ type: 'note', text: expect.stringContaining('2') })
      expect(buttonsOf(old).at(-1)!.value).toMatchObject({ version: '2', key: '第1条' })
      const dropped = supersededCard(card, null, language)
      expectProper(dropped)
      expect(dropped.blocks).toHaveLength(card.blocks.length + 1)
    },
  )
})

test.each(languages)('the welcome offers questions that can be pressed as they stand, in %s', (language) => {
  const card = welcomeCard(language)
  expect(JSON.stringify(card)).toContain(language === 'en' ? 'send “help”' : '请发送“帮助”')
  expectProper({ ...card, blocks: card.blocks.filter(({ type }) => type !== 'buttons') })
  const buttons = buttonsOf(card)
  expect(buttons.length).toBeGreaterThan(2)
  for (const { label, action, value } of buttons) {
    expect(action).toBe('ask')
    expect(value).toEqual({ text: label })
    expect(/\p{Script=Han}/u.test(label)).toBe(language === 'zh-CN')
  }
})
