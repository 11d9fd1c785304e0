import type { EventDispatcher } from '@larksuiteoapi/node-sdk'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from '../logger.ts'
import { createRefusalLog } from '../refused-requests.ts'
import { createRepeatedRequests } from '../repeated-requests.ts'
import { largestRequest, mostKeptAnswers, oldestRequest } from './limits.ts'
import { type RequestSecrets, verifyRequest } from './verify-request.ts'

export interface RoutesOptions extends RequestSecrets {
  clock: () => Date
  logger: Logger
  /** Null before the start. */
  dispatcher(): EventDispatcher | null
  /** A request was turned down. */
  refused(reason: string): void
}

interface Answer {
  status: 200 | 500
  body: object
}

/** Where Feishu sends events and callbacks by HTTP: `/feishu/events`. */
export function createRoutes(options: RoutesOptions): Hono {
  const { clock, logger, refused } = options
  const noteRefusal = createRefusalLog(clock, (refusal) =>
    logger.warn(refusal, 'requests in the name of Feishu were turned down'),
  )
  const repeated = createRepeatedRequests<Answer>({
    clock,
    oldest: oldestRequest,
    most: mostKeptAnswers,
    isFinal: ({ status }) => status === 200,
  })
  const app = new Hono()
  app.post(
    '/feishu/events',
    bodyLimit({
      maxSize: largestRequest,
      onError(context) {
        refused('size')
        return context.json({ msg: 'too large' }, 413)
      },
    }),
    async (context) => {
      const body = new Uint8Array(await context.req.arrayBuffer())
      const header = (name: string) => context.req.header(name)
      const verdict = verifyRequest({ body, header }, options, clock())
      if (verdict.is === 'refused') {
        refused(verdict.reason)
        noteRefusal(verdict.reason)
        return context.json({ msg: 'refused' }, verdict.reason === 'malformed' ? 400 : 401)
      }
      if (verdict.is === 'challenge') return context.json({ challenge: verdict.challenge })
      const dispatcher = options.dispatcher()
      if (!dispatcher) return context.json({ msg: 'not ready' }, 503)
      const { status, body: answer } = await repeated.once(header('x-lark-signature') ?? '', () =>
        carryOut(dispatcher, verdict.data),
      )
      return context.json(answer, status)
    },
  )
  return app
}

async function carryOut(dispatcher: EventDispatcher, event: Record<string, unknown>): Promise<Answer> {
  try {
    const answer: unknown = await dispatcher.invoke(event, { needCheck: false })
    // For an event that nobody handles the SDK gives a sentence.
    return { status: 200, body: answer !== null && typeof answer === 'object' ? answer : {} }
  } catch {
    // Where it was found out it was logged; the event is pushed again.
    return { status: 500, body: { msg: 'try again' } }
  }
}
