import { scrubMessage, scrubText, withoutFolders, wordsOf } from './scrub-text.ts'

/** What is kept of an error. */
export interface LoggedError {
  type: string
  message: string
  /** Functions and lines, without the message that a stack repeats. */
  stack?: string
  cause?: LoggedError
  [detail: string]: unknown
}

/**
 * What tells of an error without telling what it was about. Databases put the row into `detail` and `where`, Kysely
 * and drivers the statement with its parameters: nothing else than these is kept.
 */
const keptDetails = [
  'code',
  'errno',
  'syscall',
  'constraint',
  'table',
  'column',
  'severity',
  'reason',
  'status',
]
const word = /^[\w.:-]{1,60}$/
const mostCauses = 4

/** An error as the log keeps it, with its causes. */
export function cleanError(error: Error, depth = 0): LoggedError {
  const given = error as Error & Record<string, unknown>
  const cleaned: LoggedError = { type: scrubText(wordsOf(error.name)), message: messageOf(given) }
  for (const name of keptDetails) {
    const value = given[name]
    if (typeof value === 'number') cleaned[name] = value
    // Six digits are a code that somebody typed, not one of an error.
    else if (typeof value === 'string' && word.test(value) && !/^\d{6,}$/.test(value)) {
      cleaned[name] = scrubText(value)
    }
  }
  const frames = framesOf(error)
  if (frames) cleaned.stack = frames
  if (depth >= mostCauses) return cleaned
  if (error.cause instanceof Error) cleaned.cause = cleanError(error.cause, depth + 1)
  if (error instanceof AggregateError) {
    cleaned.errors = error.errors
      .slice(0, mostCauses)
      .map((one) => (one instanceof Error ? cleanError(one, depth + 1) : 'no error'))
  }
  return cleaned
}

/** An error for people carries the key of its message and what was filled in, which may be anything. */
function messageOf(error: Error & Record<string, unknown>): string {
  if (error.name === 'PlainError' && typeof error.key === 'string') return error.key
  return scrubMessage(wordsOf(error.message))
}

function framesOf(error: Error): string | undefined {
  let stack: unknown
  try {
    // Made when it is first read, of the name and the message, which may be anything.
    stack = error.stack
  } catch {
    return undefined
  }
  if (typeof stack !== 'string') return undefined
  const frames = stack
    .split('\n')
    .filter((line) => /^\s{2,}at [^"'“]{1,300}$/.test(line) && /[:)]\d*\)?$|<anonymous>|native/.test(line))
    .map((line) => withoutFolders(line.trim()))
  return frames.length > 0 ? frames.slice(0, 15).join('\n') : undefined
}
