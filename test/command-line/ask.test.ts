import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { readVersion } from '../../src/knowledge/library/versions.ts'
import { openStore } from '../../src/store/store.ts'
import { runKexie, startKexie, traces } from './run-kexie.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kexie-ask-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const kexie = (...words: string[]) => runKexie(words, { DATA_DIR: join(folder, 'data') })
const write = async (name: string, lines: string) => {
  const file = join(folder, name)
  await writeFile(file, lines)
  return file
}

const citation = z.strictObject({
  document: z.string(),
  version: z.number().int(),
  key: z.string(),
  clause: z.number().int().nullable(),
  label: z.string(),
  quote: z.string(),
})
const answerLine = z.strictObject({
  id: z.union([z.string(), z.number()]),
  answer: z.string(),
  refused: z.boolean(),
  citations: z.array(citation),
  ms: z.number().nonnegative(),
})
const readAnswers = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => {
      const answer = answerLine.parse(JSON.parse(line))
      expect(Object.keys(answer)).toEqual(['id', 'answer', 'refused', 'citations', 'ms'])
      for (const cited of answer.citations) {
        expect(Object.keys(cited)).toEqual(['document', 'version', 'key', 'clause', 'label', 'quote'])
      }
      return answer
    })

/** As a person reads it: without the signs of a mark, and on one line. */
const seen = (text: string) => text.replace(/[【】]/g, '').replace(/\n> /g, '\n')

const development = new URL('../data/questions-development.jsonl', import.meta.url).pathname
const judged = z.object({
  id: z.string(),
  kind: z.string(),
  clauses: z.array(z.number()),
  must: z.array(z.string()),
})

test('the answer as text holds the clause; as JSON it is one object with the same text', async () => {
  const question = '多少科技人员应单独组建科协？'
  const text = await kexie('ask', question)
  expect(text).toMatchObject({ code: 0, errors: '' })
  expect(text.output).toContain('（十）')
  expect(text.output).toContain('应单独组建科协组织')
  const json = await kexie('ask', '--json', question)
  expect(json).toMatchObject({ code: 0, errors: '' })
  const [answer] = readAnswers(json.output)
  expect(`${answer!.answer}\n`).toBe(text.output)
  expect(answer!.citations[0]).toMatchObject({
    document: 'guideline',
    key: '三/十',
    clause: 10,
    label: '（十）',
  })
})

test('a batch is answered line by line, in order, without the empty lines', async () => {
  const lines = [
    '\ufeff{"id":7,"question":"多少科技人员应单独组建科协？"}',
    '',
    '   ',
    '{"id":"乙","question":"企业科协主席一届任期几年？","more":[1]}\r',
    '{"id":"丙","question":"这方面具体怎么做呢？","history":["企业科协怎么开展学术交流？"]}',
  ]
  const { code, output, errors } = await kexie('ask', '--batch', await write('some.jsonl', lines.join('\n')))
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  const answers = readAnswers(output)
  expect(answers.map(({ id, refused }) => [id, refused])).toEqual([
    [7, false],
    ['乙', true],
    ['丙', false],
  ])
  expect(answers[1]!.citations).toEqual([])
  expect(answers[2]!.citations[0]!.clause).toBe(6)
})

test.each([
  ['what is no JSON', '{"id":1,"question":"甲"}\n\n{"id":2,', 3],
  ['what has no question', '{"id":1,"question":"甲"}\n{"id":2}', 2],
  ['what is a list', '[]', 1],
])('a line with %s is named by its number, after the answers before it', async (_, lines, number) => {
  const { code, output, errors } = await kexie('ask', '--batch', await write('broken.jsonl', lines))
  expect(code).toBe(1)
  expect(output === '' ? [] : readAnswers(output)).toHaveLength(number > 1 ? 1 : 0)
  expect(errors).toContain(` ${number} `)
  expect(errors.trim().split('\n')).toHaveLength(1)
  expect(errors).not.toMatch(traces)
})

test('quotes are verbatim, short, and stand in the answer; the figures of eval are those of the answers', async () => {
  const [batch, printed] = [await kexie('ask', '--batch', development), await kexie('eval', development)]
  expect(batch).toMatchObject({ code: 0, errors: '' })
  expect(printed).toMatchObject({ code: 0, errors: '' })
  const answers = readAnswers(batch.output)
  const questions = (await readFile(development, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => judged.parse(JSON.parse(line)))
  expect(answers.map(({ id }) => id)).toEqual(questions.map(({ id }) => id))

  const store = await openStore({ dataDir: join(folder, 'data') })
  const guideline = await readVersion(
    store,
    'guideline',
    answers.find(({ refused }) => !refused)!.citations[0]!.version,
  )
  await store.close()
  const texts = new Map(guideline!.clauses.map(({ key, text }) => [key, text]))
  for (const { answer, citations, refused } of answers) {
    expect(citations.length === 0).toBe(refused)
    for (const { key, quote, label } of citations) {
      expect(quote.length).toBeLessThanOrEqual(120)
      for (const piece of quote.split('……')) expect(texts.get(key)).toContain(piece)
      expect(seen(answer)).toContain(quote)
      expect(answer).toContain(label)
    }
  }

  const answerable = questions.flatMap((question, i) =>
    question.clauses.length > 0 ? [{ question, answer: answers[i]! }] : [],
  )
  const hits = (most: number) =>
    answerable.filter(({ question, answer }) =>
      answer.citations
        .slice(0, most)
        .some(({ clause }) => clause !== null && question.clauses.includes(clause)),
    ).length
  const flat = (text: string) => text.replace(/\s/g, '')
  const must = answerable.filter(({ question, answer }) =>
    question.must.some((words) => answer.citations.some(({ quote }) => flat(quote).includes(flat(words)))),
  ).length
  const cited = answerable.flatMap(({ question, answer }) =>
    answer.citations.map(({ clause }) => question.clauses.includes(clause ?? -1)),
  )
  const refusals = answers.filter(({ refused }) => refused).length
  const unanswerable = questions.length - answerable.length
  const right = questions.filter(({ clauses }, i) => clauses.length === 0 && answers[i]!.refused).length
  const expected: [string, number, number][] = [
    ['clause hit@1', hits(1), answerable.length],
    ['clause hit@3', hits(3), answerable.length],
    ['must-rate', must, answerable.length],
    ['cited clauses that are right', cited.filter(Boolean).length, cited.length],
    ['refusal precision', right, refusals],
    ['refusal recall', right, unanswerable],
  ]
  for (const [name, successes, of] of expected) {
    const line = printed.output.split('\n').find((text) => text.startsWith(`${name} `))
    expect(line, name).toContain(` ${(successes / of).toFixed(3)} `)
    expect(line, name).toContain(`${successes}/${of})`)
  }
  for (const kind of new Set(questions.map((question) => question.kind))) {
    const count = questions.filter((question) => question.kind === kind).length
    expect(printed.output).toMatch(new RegExp(`^${kind} +${count} `, 'm'))
  }
}, 120_000)

test.each([
  ['no question', ['ask']],
  ['a blank question', ['ask', '  ']],
  ['a file that is not there', ['ask', '--batch', '/no/such/file']],
  ['a folder', ['ask', '--batch', tmpdir()]],
  ['a file to judge that is not there', ['eval', '/no/such/file']],
  ['an unknown command', ['fly']],
  ['an unknown option', ['ask', '--fly', 'x']],
  ['an unknown kb command', ['kb', 'fly']],
])('%s: said in a plain line, exit code 1', async (_, words) => {
  const { code, output, errors } = await kexie(...words)
  expect(code).toBe(1)
  expect((output + errors).trim().split('\n')).toHaveLength(1)
  expect(output + errors).not.toMatch(traces)
})

test('a reader that wants one line only gets it, and no complaint follows', async () => {
  const line = '{"id":1,"question":"多少科技人员应单独组建科协？"}\n'
  const child = startKexie(['ask', '--batch', await write('many.jsonl', line.repeat(3000))], {
    DATA_DIR: join(folder, 'data'),
  })
  let errors = ''
  child.stderr!.setEncoding('utf8').on('data', (piece) => {
    errors += piece
  })
  await once(child.stdout!, 'data')
  child.stdout!.destroy()
  await once(child, 'close')
  expect(errors).toBe('')
})
