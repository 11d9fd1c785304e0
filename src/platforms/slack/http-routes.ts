import { Hono } from 'hono'
import type { Logger } from '../logger.ts'
import { createRefusalLog } from '../refused-requests.ts'
import { createRepeatedRequests } from '../repeated-requests.ts'
import { largestRequest, mostKeptAnswers, oldestRequest } from './limits.ts'
import type { Envelope } from './receive-events.ts'
import { type Refusal, verifyRequest } from './verify-request.ts'

export interface HttpRouteOptions {
  signingSecret: string
  clock: () => Date
  logger: Logger
  /** Carries out what came; calls `reply` when it may be acknowledged. Never rejects. Null while it cannot. */
  receive(): ((envelope: Envelope) => Promise<void>) | null
  /** Told of each request that is turned down. */
  refused(reason: Refusal | 'oversized' | 'malformed'): void
}

interface Answer {
  status: 200 | 503
  body: string
}

/** Where Slack calls: events, commands and interactions, all at `/slack/events`. */
export function createHttpRoutes(options: HttpRouteOptions): Hono {
  const { signingSecret, clock, logger, receive, refused } = options
  const noteRefusal = createRefusalLog(clock, (refusal) =>
    logger.info(refusal, 'requests to Slack’s address were turned down'),
  )
  const repeated = createRepeatedRequests<Answer>({
    clock,
    oldest: oldestRequest,
    most: mostKeptAnswers,
    isFinal: ({ status }) => status === 200,
  })
  const app = new Hono()

  app.post('/slack/events', async (context) => {
    const body = await readBody(context.req.raw, largestRequest)
    if (body === null) {
      refused('oversized')
      return context.text('too large', 413)
    }
    const timestamp = context.req.header('x-slack-request-timestamp')
    const signature = context.req.header('x-slack-signature')
    const refusal = verifyRequest({ body, timestamp, signature }, signingSecret, clock())
    if (refusal) {
      refused(refusal)
      noteRefusal(refusal)
      return context.text(refusal, 401)
    }
    const given = readPayload(body, context.req.header('content-type') ?? '')
    if (!given) {
      refused('malformed')
      return context.text('malformed', 400)
    }
    if (given.type === 'url_verification') {
      return context.json({ challenge: typeof given.challenge === 'string' ? given.challenge : '' })
    }
    if ('ssl_check' in given) return context.body(null, 200)
    const retry = Number(context.req.header('x-slack-retry-num') ?? 0) || 0
    // The signature is over time and body.
    const { status, body: text } = await repeated.once(`${signature}`.toLowerCase(), () =>
      answer(given, retry),
    )
    return context.body(text, status, text === '' ? {} : { 'Content-Type': 'application/json' })
  })
  return app

  function answer(body: unknown, retry: number): Promise<Answer> {
    const carryOut = receive()
    if (!carryOut) return Promise.resolve({ status: 503, body: '' })
    const answered = Promise.withResolvers<Answer>()
    const reply = async (payload?: unknown) => {
      answered.resolve({ status: 200, body: payload === undefined ? '' : JSON.stringify(payload) })
    }
    // What was not acknowledged could not be stored: Slack sends it again.
    void carryOut({ body, retry, reply }).then(() => answered.resolve({ status: 503, body: '' }))
    return answered.promise
  }
}

/** The bytes of a request; null where there are more than may be. */
async function readBody(request: Request, most: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.byteLength
    if (size > most) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Events are JSON; commands are a form, and interactions JSON within one. Null where it is neither. */
function readPayload(body: Buffer, type: string): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    if (!type.startsWith('application/x-www-form-urlencoded')) return asRecord(JSON.parse(text))
    const form = new URLSearchParams(text)
    const payload = form.get('payload')
    return payload === null ? asRecord(Object.fromEntries(form)) : asRecord(JSON.parse(payload))
  } catch {
    return null
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord && Object.keys(value).length > 0 ? (value as Record<string, unknown>) : null
}
