import { LoggerLevel } from '@larksuiteoapi/node-sdk'
import { DeliveryError } from '../../chat/outgoing.ts'
import type { Logger } from '../logger.ts'

/** What the open platform said about a call that failed, as far as it said anything. */
interface VendorFailure {
  /** The HTTP status; undefined where there was no answer. */
  status: number | undefined
  /** The business code in the body. */
  code: number | undefined
  /** Milliseconds after which the limit is lifted. */
  wait: number | undefined
}

/** An answer with HTTP 200 and a business code other than 0: the SDK hands it on as if it were well. */
export class RefusedCall extends Error {
  readonly code: number

  constructor(code: number) {
    super(`feishu: code ${code}`)
    this.code = code
  }
}

const kinds: [DeliveryError['kind'], number[]][] = [
  // Too often: of the app, of a chat, of a tenant; busy inside; the card is just being used.
  ['later', [99991400, 230020, 11232, 11247, 1663, 2200, 200810, 230049]],
  // The message or chat is withdrawn, deleted or dissolved, or too old to be changed; the person has left.
  ['gone', [230011, 230110, 230017, 230031, 230051, 231003, 230005, 232009]],
  // Not in the chat, not within the app's range, no right to speak, no scope.
  [
    'not-allowed',
    [230002, 230006, 230013, 230018, 230027, 230035, 230038, 230053, 99991672, 99991679, 232025],
  ],
  // Size, elements, tables, contents, forms of a card.
  [
    'bad-input',
    [200860, 300305, 11310, 11311, 230001, 230025, 230028, 230054, 230055, 230099, 300317, 200770, 200621],
  ],
  // Tokens: a new one is fetched for the next try.
  ['later', [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 10014, 10003]],
]

const byCode = new Map(kinds.flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))

/** Without an answer: those that certainly did not reach the other side. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/**
 * A vendor's error as the outbox understands it.
 * Codes: https://open.feishu.cn/document/server-docs/im-v1/message/create (error codes)
 */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { status, code, wait } = readFailure(error)
  const cause = summarise(error)
  const kind = code === undefined ? undefined : byCode.get(code)
  if (kind) return new DeliveryError(kind, { ...(kind === 'later' && wait ? { wait } : {}), cause })
  if (status === 429) return new DeliveryError('later', { ...(wait ? { wait } : {}), cause })
  if (status === 401 || status === 403) return new DeliveryError('not-allowed', { cause })
  // A refusal that we do not know is a refusal all the same; only 5xx and silence leave it open.
  if (code !== undefined && code !== 0 && status !== undefined && status < 500) {
    return new DeliveryError('bad-input', { cause })
  }
  if (isTokenFailure(error)) return new DeliveryError('later', { cause })
  if (notSent.has(property(error, 'code') as string)) return new DeliveryError('later', { cause })
  return new DeliveryError('unknown', { cause })
}

/** The business code of a refusal; -1 where none was said. */
export function codeOf(error: unknown): number {
  return readFailure(error).code ?? -1
}

/** Whether the app's id and secret were refused, rather than the line being down. */
export function isTokenFailure(error: unknown): boolean {
  return error instanceof Error && /^failed to get \w+, code: \d+/.test(error.message)
}

function readFailure(error: unknown): VendorFailure {
  if (error instanceof RefusedCall) return { status: 200, code: error.code, wait: undefined }
  const response = property(error, 'response')
  const status = property(response, 'status')
  const code = property(property(response, 'data'), 'code')
  const reset = Number(property(property(response, 'headers'), 'x-ogw-ratelimit-reset') ?? Number.NaN)
  return {
    status: typeof status === 'number' ? status : undefined,
    code: typeof code === 'number' ? code : undefined,
    wait: reset > 0 && reset < 86_400 ? reset * 1000 : undefined,
  }
}

/** The error without the request, whose headers hold a token: what may be logged. */
export function summarise(error: unknown): Error {
  const { status, code } = readFailure(error)
  const name = property(error, 'code')
  const parts = [
    status === undefined ? '' : `HTTP ${status}`,
    code === undefined ? '' : `code ${code}`,
    typeof name === 'string' ? name : '',
    status === undefined && error instanceof Error ? error.message.slice(0, 200) : '',
  ]
  return new Error(`feishu: ${parts.filter(Boolean).join(', ')}`)
}

function property(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined
}

/**
 * The SDK's log at its warnings, without what it would write beside them: requests with tokens, and what people said.
 */
export function sdkLogger(logger: Logger) {
  const write =
    (level: 'warn' | 'info') =>
    (...said: unknown[]) => {
      const words = said.flat().filter((word) => typeof word === 'string' && !/[{\n]|Bearer/.test(word))
      if (words.length > 0) logger[level]({ sdk: words.join(' ').slice(0, 200) }, 'the SDK of Feishu reports')
    }
  const silent = () => {}
  return {
    loggerLevel: LoggerLevel.warn,
    logger: { error: write('warn'), warn: write('info'), info: silent, debug: silent, trace: silent },
  }
}
