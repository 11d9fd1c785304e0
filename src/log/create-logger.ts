import pino from 'pino'
import type { Logger } from '../platforms/logger.ts'
import { cleanDetails } from './clean-details.ts'
import { cleanError } from './clean-error.ts'
import { scrubMessage, wordsOf } from './scrub-text.ts'

/** No children: what is bound to them would not be cleaned. */
export interface CleanLogger extends Logger {
  debug(details: object, message: string): void
}

/**
 * The log of the house: a line of JSON each, without secrets and without what people wrote or are called, wherever it
 * stood in the details or in the message of an error.
 * @param destination Where lines go. Default: the standard error.
 */
export function createLogger(
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
): CleanLogger {
  return pino(
    {
      level,
      base: null,
      // All is cleaned before pino sees it; its own way with errors would add what was taken out.
      serializers: { err: (error) => error },
      hooks: {
        logMethod(given: unknown[], log) {
          const [first, ...rest] = given
          const said = rest.map((one) => (typeof one === 'string' ? scrubMessage(one) : cleanAny(one)))
          if (first instanceof Error) log.call(this, { err: cleanError(first) }, ...messageOf(said, first))
          else if (typeof first === 'object' && first !== null) {
            log.call(this, cleanDetails(first), ...messageOf(said))
          } else log.call(this, {}, scrubMessage(wordsOf(first)), ...said)
        },
      },
    },
    destination,
  )
}

function cleanAny(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? cleanDetails(value) : value
}

function messageOf(said: unknown[], error?: Error): [message?: string, ...rest: unknown[]] {
  const [message, ...rest] = said
  if (message === undefined) return error ? [scrubMessage(wordsOf(error.message))] : []
  return [wordsOf(message), ...rest]
}
