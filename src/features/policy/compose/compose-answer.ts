import { randomBytes } from 'node:crypto'
import type { Language } from '../../../chat/language.ts'
import {
  type ChatModel,
  ModelFailure,
  type ModelFailureReason,
  type ModelMessage,
} from '../../../model/chat-model.ts'
import { fillPrompt, type Prompts } from '../../../model/prompt-file.ts'
import type { Statement } from '../answer.ts'
import { type ComposeClause, normalise } from './clause-text.ts'
import { dataBlock } from './data-block.ts'
import { StatementReader } from './read-statements.ts'
import { speaksToModel } from './speaks-to-model.ts'
import { verifyStatement } from './verify-statement.ts'

/** An answer is read in a chat: more sentences than this are no answer. */
const maxStatements = 6

/** Characters of output after which the model is stopped; thinking aloud counts too. */
const maxOutput = 24_000

export interface ComposeRequest {
  model: ChatModel
  prompts: Prompts
  question: string
  /** Earlier questions of the same person in the same thread, oldest first. */
  history: readonly string[]
  language: Language
  /** The clauses that the search found, best first. */
  clauses: readonly ComposeClause[]
  signal: AbortSignal
  /** Called with each statement once it has passed the check; nothing else of the model is ever shown. */
  onStatement(statement: Statement): void | Promise<void>
}

/**
 * `composed`: the model came to its end, or to the most that an answer may hold. `none`: it found no answer in
 * the clauses. `nothing-left`: no statement passed the check. Else why the model broke off.
 */
type ComposeOutcome = 'composed' | 'nothing-left' | 'none' | ModelFailureReason

export interface Composed {
  /**
   * The statements that passed, in order. They stand whatever the outcome: each is true by itself, so those
   * shown before a stream was cut are not taken back. Empty means: use the extractive answer.
   */
  statements: Statement[]
  outcome: ComposeOutcome
}

/** Has the model answer from the clauses. Never throws for anything that a model or its endpoint does. */
export async function composeAnswer(request: ComposeRequest): Promise<Composed> {
  const statements: Statement[] = []
  const seen = new Set<string>()
  const reader = new StatementReader()
  // A clause that gives orders to models is left to the extractive answer, which follows none.
  const clauses = request.clauses.filter(({ text }) => !speaksToModel(text))
  if (clauses.length === 0) return { statements, outcome: 'nothing-left' }
  let read = 0
  try {
    for await (const piece of request.model.stream(messagesFor(request, clauses), request.signal)) {
      for (const line of reader.push(piece)) {
        if ('none' in line) {
          if (statements.length === 0) return { statements, outcome: 'none' }
          continue
        }
        const { statement } = verifyStatement(line, clauses, request.language)
        const key = normalise(statement?.text ?? '').text
        if (!statement || seen.has(key)) continue
        seen.add(key)
        statements.push(statement)
        await request.onStatement(statement)
        if (statements.length === maxStatements) return { statements, outcome: 'composed' }
      }
      read += piece.length
      if (read > maxOutput) break
    }
  } catch (error) {
    if (error instanceof ModelFailure) return { statements, outcome: error.reason }
    if (request.signal.aborted) return { statements, outcome: 'cut-off' }
    throw error
  }
  return { statements, outcome: statements.length > 0 ? 'composed' : 'nothing-left' }
}

function messagesFor(
  { prompts, question, history, language }: ComposeRequest,
  clauses: readonly ComposeClause[],
): ModelMessage[] {
  const nonce = randomBytes(16).toString('hex')
  const instructions = fillPrompt(prompts['answer-from-clauses'], {
    nonce,
    answerLanguage: language === 'en' ? 'English' : '中文',
    maxStatements,
  })
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: dataBlock(nonce, question, history, clauses) },
  ]
}
