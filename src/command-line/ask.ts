import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { languageOf } from '../chat/language.ts'
import type { Answer } from '../features/policy/answer.ts'
import { answerQuestion } from '../features/policy/answer-question.ts'
import { answerCard } from '../features/policy/policy-cards.ts'
import { guest } from '../knowledge/clause.ts'
import type { SearchEngine } from '../knowledge/search/search-engine.ts'
import { PlainError } from '../messages/plain-error.ts'
import { cardToText } from '../platforms/text/render-card.ts'

/** One line of a question file. */
export const questionLine = z.looseObject({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  history: z.array(z.string()).default([]),
})

/** One line of output; keys in this order. */
export interface AnswerLine {
  id: string | number
  answer: string
  refused: boolean
  citations: {
    document: string
    version: number
    key: string
    clause: number | null
    label: string
    quote: string
  }[]
  ms: number
}

/** Answers one question as a guest would get it, without a model; nothing is recorded. */
export function ask(engine: SearchEngine, question: string, history: readonly string[] = []): Answer {
  return answerQuestion(engine, {
    id: randomUUID(),
    question,
    history,
    language: languageOf(question),
    readers: [guest],
  })
}

/** The whole text that a person sees of an answer at once. */
export function answerText(answer: Answer): string {
  return cardToText(answerCard(answer), { buttons: 'none' })
}

export function answerLine(
  engine: SearchEngine,
  { id, question, history }: z.infer<typeof questionLine>,
): AnswerLine {
  const start = performance.now()
  const answer = ask(engine, question, history)
  return {
    id,
    answer: answerText(answer),
    refused: answer.refused,
    citations: answer.citations.map(({ document, version, clause, quote }) => ({
      document,
      version,
      key: clause.key,
      clause: clause.number,
      label: clause.label,
      quote,
    })),
    ms: Math.round((performance.now() - start) * 1000) / 1000,
  }
}

/**
 * Reads the lines of a question file one after another; empty lines are passed over.
 * Throws a PlainError that names the line which is no question.
 */
export async function* readQuestionFile<T extends z.ZodType>(
  path: string,
  schema: T,
): AsyncGenerator<z.infer<T>> {
  const lines = createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let number = 0
  try {
    for await (const line of lines) {
      number++
      const text = number === 1 ? line.replace(/^\ufeff/, '') : line
      if (text.trim() !== '') yield parseLine(text, number, schema)
    }
  } catch (error) {
    if (error instanceof PlainError) throw error
    throw new PlainError('command-line:ask.unreadable', { file: path }, { cause: error })
  }
}

function parseLine<T extends z.ZodType>(text: string, line: number, schema: T): z.infer<T> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw new PlainError('command-line:ask.bad-json', { line }, { cause: error })
  }
  const result = schema.safeParse(data)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  throw new PlainError('command-line:ask.bad-line', {
    line,
    reason: `${issue.path.join('.')}: ${issue.message}`,
  })
}
