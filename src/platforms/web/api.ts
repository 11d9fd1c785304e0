import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import type { Account, Incoming } from '../../chat/incoming.ts'
import type { Receive } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { errorCard } from '../error-card.ts'
import type { Logger } from '../logger.ts'
import { harmlessText } from '../text/harmless-text.ts'
import { clientAddress, type TrustsProxy } from './client-address.ts'
import {
  addressFactor,
  clickFactor,
  largestBody,
  longestButtonValue,
  longestMessage,
  mostRates,
} from './limits.ts'
import { problem } from './problem.ts'
import { RateLimit } from './rate-limit.ts'
import type { PendingReply, ReplyTable } from './reply-table.ts'
import { sameOrigin } from './same-origin.ts'
import { screenLanguage } from './screen-language.ts'
import { streamReply } from './stream-reply.ts'
import { accountOf, type PagesBeside } from './visitor.ts'

export interface ApiOptions {
  questionsPerMinute: number
  trustProxy: TrustsProxy
  clock: () => Date
  logger: Logger
  replies: ReplyTable
  receive: Receive
  pages?: PagesBeside | undefined
}

/** Made by the browser, at random; it names the message for retries, and is never shown. */
const id = z.string().regex(/^[\w-]{8,64}$/)
const value = z
  .record(z.string(), z.string())
  .refine((given) => isStorable(given) && JSON.stringify(given).length <= longestButtonValue)
const messageBody = z.object({ id, conversation: id, text: z.string() })
const actionBody = z.object({
  id,
  conversation: id,
  action: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/),
  value,
})

/**
 * What the page talks to. `POST /messages` and `POST /actions` answer with the reply as server-sent events, each
 * event `card` a whole card that replaces the one before, and at last `end`. Posting the same id again, or
 * `GET /messages/:id`, joins the reply where it is.
 */
export function createApi(options: ApiOptions): Hono {
  const { replies, logger, clock } = options
  const perGuest = options.questionsPerMinute
  const limits = {
    message: [perGuest, perGuest * addressFactor].map((rate) => new RateLimit(rate, mostRates, clock)),
    action: [perGuest, perGuest * addressFactor].map(
      (rate) => new RateLimit(rate * clickFactor, mostRates, clock),
    ),
  }

  const answer = async (incoming: Incoming, reply: PendingReply) => {
    try {
      await options.receive(incoming, reply)
      if (reply.empty) throw new Error('the reply ended without a card')
    } catch (error) {
      // What people are told in plain words (an old button) is no defect of ours.
      if (error instanceof PlainError) logger.info({ reason: error.key }, 'a message was turned down')
      else logger.error({ err: error, incoming: incoming.id }, 'a message could not be answered')
      await reply.show(errorCard(error, incoming.language))
    }
    reply.end(clock().getTime())
  }

  /** Joins the reply to this id, or begins it within the limits of guest and address. */
  const accept = (context: Context, account: Account, incoming: Incoming): Response => {
    const known = replies.find(incoming.id)
    if (known) return streamReply(context, known)
    const [ofGuest, ofAddress] = limits[incoming.type]
    const wait = ofGuest!.take(account.user) || ofAddress!.take(clientAddress(context, options.trustProxy))
    if (wait > 0) {
      context.header('Retry-After', String(wait))
      return problem(context, 429, incoming.language, 'web:too-many', { seconds: wait })
    }
    const reply = replies.open(incoming.id)
    if (!reply) return problem(context, 503, incoming.language, 'web:busy')
    void answer(incoming, reply)
    return streamReply(context, reply)
  }

  const envelope = (context: Context, account: Account, body: { id: string; conversation: string }) => ({
    id: `${account.user}:${body.id}`,
    account,
    // A guest has one chat; each tab and each “new conversation” is a thread of it.
    conversation: { platform: 'web', installation: 'web', chat: account.user, thread: body.conversation },
    language: screenLanguage(context),
    at: clock(),
  })

  const app = new Hono()
  app.use(async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  app.get('/messages/:id', async (context) => {
    const { user } = await accountOf(context, options.pages)
    const reply = replies.find(`${user}:${context.req.param('id')}`)
    if (!reply) return problem(context, 404, screenLanguage(context), 'web:reply-gone')
    if (context.req.header('accept')?.includes('text/event-stream')) return streamReply(context, reply)
    return context.json({ ended: reply.ended, card: reply.card ?? null, toasts: reply.toasts })
  })
  app.use(
    sameOrigin,
    bodyLimit({
      maxSize: largestBody,
      onError: (context) =>
        problem(context, 413, screenLanguage(context), 'web:too-long', { most: longestMessage }),
    }),
  )
  app.post('/messages', async (context) => {
    const body = messageBody.safeParse(await readJson(context))
    if (!body.success) return problem(context, 400, screenLanguage(context), 'web:not-understood')
    const text = harmlessText(body.data.text).trim()
    if (text === '') return problem(context, 400, screenLanguage(context), 'web:empty')
    if (Array.from(text).length > longestMessage) {
      return problem(context, 400, screenLanguage(context), 'web:too-long', { most: longestMessage })
    }
    const account = await accountOf(context, options.pages)
    return accept(context, account, { ...envelope(context, account, body.data), type: 'message', text })
  })
  app.post('/actions', async (context) => {
    const body = actionBody.safeParse(await readJson(context))
    if (!body.success) return problem(context, 400, screenLanguage(context), 'web:not-understood')
    const { action, value } = body.data
    const account = await accountOf(context, options.pages)
    return accept(context, account, {
      ...envelope(context, account, body.data),
      type: 'action',
      action,
      value,
    })
  })
  return app
}

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json()
  } catch {
    return undefined
  }
}

/** A database stores neither half a surrogate pair nor the null character. */
function isStorable(given: Record<string, string>): boolean {
  return Object.entries(given)
    .flat()
    .every((text) => text.isWellFormed() && !text.includes('\0'))
}
