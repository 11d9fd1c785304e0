import { z } from 'zod'
import type { DraftStatement } from './verify-statement.ts'

const draft = z.object({
  text: z.string(),
  evidence: z.array(z.object({ clause: z.string(), quote: z.string() })).max(8),
})
const none = z.object({ none: z.literal(true) })
const wrapped = z.object({ statements: z.array(z.unknown()) })

/** An object longer than this (characters) is not a statement but a stream gone wrong. */
const longestObject = 8000

export type ModelLine = { none: true } | DraftStatement

/**
 * Takes a model's output piece by piece and gives each statement as soon as its JSON is complete. Models wrap
 * JSON lines in code fences, arrays, `{"statements": […]}` or talk, and leave trailing commas; all of that is
 * passed over, and so is whatever is no JSON at all, and what a reasoning model thinks aloud between
 * `<think>` tags.
 */
export class StatementReader {
  #object = ''
  #depth = 0
  #inString = false
  #escaped = false
  #outside = ''
  #thinking = false

  push(text: string): ModelLine[] {
    const lines: ModelLine[] = []
    for (const character of text) {
      if (this.#depth === 0) this.#lookForObject(character)
      else if (this.#extendObject(character)) {
        lines.push(...parseObject(this.#object))
        this.#object = ''
      }
    }
    return lines
  }

  #lookForObject(character: string): void {
    this.#outside = (this.#outside + character).slice(-8)
    if (this.#thinking) {
      this.#thinking = !this.#outside.endsWith('</think>')
    } else if (this.#outside.endsWith('<think>')) {
      this.#thinking = true
    } else if (character === '{') {
      this.#depth = 1
      this.#object = character
    }
  }

  /** Adds one character; true when that closes the object. */
  #extendObject(character: string): boolean {
    // No JSON string holds a bare line break: the object before it was broken off.
    if ((this.#inString && character === '\n') || this.#object.length > longestObject) {
      this.#depth = 0
      this.#inString = false
      this.#escaped = false
      return false
    }
    this.#object += character
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = true
      else if (character === '"') this.#inString = false
      return false
    }
    if (character === '"') this.#inString = true
    else if (character === '{') {
      // A brace at the very start of a line starts a statement, even if the one before was never closed.
      if (this.#object.endsWith('\n{')) {
        this.#object = character
        this.#depth = 1
      } else this.#depth += 1
    } else if (character === '}') this.#depth -= 1
    return this.#depth === 0
  }
}

function parseObject(text: string): ModelLine[] {
  return asLines(parseJson(text) ?? parseJson(text.replace(/,(\s*[}\]])/g, '$1')))
}

function asLines(value: unknown): ModelLine[] {
  const list = wrapped.safeParse(value)
  if (list.success) return list.data.statements.flatMap(asLines)
  if (none.safeParse(value).success) return [{ none: true }]
  const statement = draft.safeParse(value)
  return statement.success ? [statement.data] : []
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
