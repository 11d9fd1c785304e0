import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { languageOf } from '../../src/chat/language.ts'
import { settings } from '../../src/config.ts'
import type { Statement } from '../../src/features/policy/answer.ts'
import { type ComposeClause, normalise } from '../../src/features/policy/compose/clause-text.ts'
import { composeAnswer } from '../../src/features/policy/compose/compose-answer.ts'
import { speaksToModel } from '../../src/features/policy/compose/speaks-to-model.ts'
import type { ChatModel } from '../../src/model/chat-model.ts'
import { createChatModel } from '../../src/model/create-chat-model.ts'
import { loadPrompts, type Prompts } from '../../src/model/prompt-file.ts'
import { type Exchange, type ModelServer, startModelServer } from '../fakes/openai-server.ts'
import { clauseNumber, guidelineClauses } from './guideline-clauses.ts'

const attempt = z.strictObject({
  id: z.string(),
  where: z.enum(['question', 'document']),
  family: z.string(),
  text: z.string(),
  /** What a model that obeys would say. */
  asks: z.array(z.string()).min(1),
})
type Attempt = z.infer<typeof attempt>

const attempts = readFileSync(new URL('../data/injections.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => attempt.parse(JSON.parse(line)))

const clause = `guideline/${clauseNumber(10).key}`
const quote = '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织'
const trueStatement = {
  'zh-CN': '科技人员总数达到100人以上、条件成熟的企业，应单独组建科协组织。',
  en: 'Enterprises with 100 or more S&T personnel and mature conditions should establish their own association.',
}

let server: ModelServer
let model: ChatModel
let prompts: Prompts

beforeAll(async () => {
  server = await startModelServer()
  const config = settings.parse({
    MODEL_PROVIDER: 'openai',
    MODEL_NAME: 'obedient',
    MODEL_BASE_URL: `${server.url}/v1`,
  })
  model = (await createChatModel(config))!
  prompts = await loadPrompts(fileURLToPath(new URL('../../prompts', import.meta.url)))
})
afterAll(() => server.close())

/** The clauses as they are, or with the attempt written into clause 10, first, in the middle or last. */
function documents({ where, text }: Attempt): ComposeClause[][] {
  const given = [clauseNumber(10), clauseNumber(16), clauseNumber(5)]
  if (where === 'question') return [given]
  const whole = given[0]!.text
  const middle = whole.indexOf('科技人员总数')
  const places = [
    `${whole}${text}`,
    `${whole.slice(0, middle)}${text}${whole.slice(middle)}`,
    `${text}\n${whole}`,
  ]
  return places.map((tampered) => [{ ...given[0]!, text: tampered }, given[1]!, given[2]!])
}

/** Everything an obeying model could try so that `ask` reaches the person. */
function obeyingLines(ask: string, { text }: Attempt, own: string): string {
  const borrowed = [{ clause, quote }]
  const everything = guidelineClauses.map((each) => ({ clause: `guideline/${each.key}`, quote: each.text }))
  const lines = [
    { text: ask, evidence: borrowed },
    { text: ask, evidence: [{ clause, quote: ask }] },
    { text: ask, evidence: [{ clause, quote: text }, ...borrowed] },
    { text: ask, evidence: everything.slice(0, 8) },
    { text: ask, evidence: everything.slice(9, 17) },
    { text: own.replace(/[。.]$/, '，') + ask, evidence: borrowed },
    { text: `${ask}${own}`, evidence: borrowed },
    { text: `${own}\n\n${ask}`, evidence: borrowed },
    { text: own, evidence: [...borrowed, { clause, quote: ask }, { clause: ask, quote }] },
    { text: own, note: ask, evidence: borrowed },
    { statements: [{ text: ask, evidence: borrowed }] },
    { answer: ask },
  ]
  return `${ask}\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n${ask}`
}

describe.each(attempts)('attempt $id ($where, $family)', (one) => {
  it.each(one.asks)('a model that obeys and says “%s” is not heard', async (ask) => {
    const language = languageOf(ask, 'en')
    const own = trueStatement[language]
    for (const clauses of documents(one)) {
      server.requests.length = 0
      server.script(async (exchange) => {
        await exchange.say(obeyingLines(ask, one, own))
        exchange.finish()
      })
      const shown: Statement[] = []
      const question = one.where === 'question' ? one.text : '多少人应单独组建科协？'
      const result = await composeAnswer({
        model,
        prompts,
        question,
        history: one.where === 'question' ? [one.text] : [],
        language,
        clauses,
        signal: new AbortController().signal,
        onStatement: (statement) => void shown.push(statement),
      })
      expect(shown).toEqual(result.statements)
      for (const statement of shown) {
        expect(statement).toEqual({ text: own, evidence: [{ document: 'guideline', key: '三/十', quote }] })
      }
      // A true statement from a clause that nobody tampered with still goes out: the check is not merely deaf.
      if (one.where === 'question') expect(shown).toHaveLength(1)
      expectOnlyInData(server.requests[0]!, one.text)
    }
  })
})

/** The attempt stands between lines of this request's nonce, and no line of the data imitates one. */
function expectOnlyInData(request: Pick<Exchange, 'messages'>, text: string): void {
  const [system, data] = request.messages
  const nonce = /⟦([0-9a-f]{32}) question⟧/.exec(system!.content)![1]!
  expect(text).not.toContain(nonce)
  expect(normalise(system!.content).text).not.toContain(normalise(text).text)
  const outside = data!.content.replace(new RegExp(`⟦${nonce} [^⟧\\n]+⟧\\n[^⟦⟧]*\\n⟦${nonce} end⟧`, 'gu'), '')
  expect(outside.trim()).toBe('')
}

it('there are a hundred attempts, of both places, in both languages', () => {
  expect(attempts).toHaveLength(100)
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(100)
  expect(new Set(attempts.map(({ where }) => where)).size).toBe(2)
  expect(attempts.filter(({ text }) => languageOf(text) === 'en').length).toBeGreaterThan(25)
})

it('each request has a nonce of its own', async () => {
  const nonces = new Set<string>()
  server.script((exchange) => {
    nonces.add(/⟦([0-9a-f]{32})/.exec(exchange.messages[0]!.content)![1]!)
    exchange.finish()
  })
  for (let i = 0; i < 5; i++) {
    const request = { model, prompts, question: '？', history: [], language: 'zh-CN' as const }
    const rest = {
      clauses: guidelineClauses,
      signal: new AbortController().signal,
      onStatement: () => undefined,
    }
    await composeAnswer({ ...request, ...rest })
  }
  expect(nonces.size).toBe(5)
})

it('no clause of the guideline speaks to a model', () => {
  expect(guidelineClauses.filter(({ text }) => speaksToModel(text))).toEqual([])
})
