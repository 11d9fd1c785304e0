import { Hono } from 'hono'
import { harmlessText } from '../text/harmless-text.ts'
import { type ApiOptions, createApiContext, readerOf } from './api-context.ts'
import { clientAddress } from './client-address.ts'
import { createFiles } from './files.ts'
import { guestOf } from './guest.ts'
import { createInteractions } from './interactions.ts'
import { limitBody } from './limit-body.ts'
import { largestBody, largestPage, longestMessage } from './limits.ts'
import { problem, tooMany } from './problem.ts'
import { browserId, messageBody, readJson } from './request-bodies.ts'
import { sameOrigin } from './same-origin.ts'
import { screenLanguage } from './screen-language.ts'
import { streamEvents } from './stream-events.ts'

/**
 * What the page talks to: it posts messages, files, actions and pages of forms, and follows its chat by
 * `GET /events`. Posting the same id again does nothing new and is answered as the first time.
 */
export function createApi(options: ApiOptions): Hono {
  const api = createApiContext(options)
  const { admission, transcript, watch } = api
  const app = new Hono()
  app.use(async (context, next) => {
    context.header('Cache-Control', 'no-store')
    await next()
  })
  app.get('/events', async (context) => {
    const { pages } = options
    const person = await pages?.signedIn(context)
    const { user } = person?.account ?? guestOf(context)
    const wait = admission.wait('look', context, user)
    if (wait > 0) return tooMany(context, screenLanguage(context), wait)
    const address = clientAddress(context, options.trustProxy)
    if (watch.isFull(user, address)) {
      return problem(context, 429, screenLanguage(context), 'web:too-many-pages')
    }
    const after = Math.max(
      count(context.req.query('after')),
      // A browser that connects again by itself says so how far it had come.
      count(context.req.header('last-event-id')),
    )
    // A guest is a cookie, which nobody ends.
    const holds = async () => !person || (await pages?.holds(context)) === true
    return streamEvents(context, api, { chat: user, address, after, reader: readerOf(user), holds })
  })
  app.get('/transcript', async (context) => {
    const { user } = await api.accountOf(context)
    const wait = admission.wait('look', context, user)
    if (wait > 0) return tooMany(context, screenLanguage(context), wait)
    const given = browserId.optional().safeParse(context.req.query('conversation') || undefined)
    if (!given.success) return problem(context, 400, screenLanguage(context), 'web:not-understood')
    const { thread, last, messages } = await transcript.read(
      user,
      given.data ?? null,
      count(context.req.query('since')),
    )
    return context.json({ conversation: thread, last, messages })
  })
  const bounded = (most: number) =>
    limitBody(most, (context) =>
      problem(context, 413, screenLanguage(context), 'web:too-long', { most: longestMessage }),
    )
  app.post('/messages', sameOrigin, bounded(largestBody), async (context) => {
    const language = screenLanguage(context)
    const body = await readJson(context, messageBody)
    if (!body) return problem(context, 400, language, 'web:not-understood')
    const text = harmlessText(body.text).trim()
    if (text === '') return problem(context, 400, language, 'web:empty')
    if (Array.from(text).length > longestMessage) {
      return problem(context, 400, language, 'web:too-long', { most: longestMessage })
    }
    const account = await api.accountOf(context)
    return api.takeOnce.answer(context, body.id, {
      message: { ...api.envelope(context, account, body), type: 'message', text },
      admit: () => admission.wait('question', context, account.user),
    })
  })
  app.use('/actions', sameOrigin, bounded(largestBody))
  app.use('/pages', sameOrigin, bounded(largestPage))
  app.route('/', createInteractions(api))
  app.route('/', createFiles(api))
  return app
}

function count(given: string | undefined): number {
  return given !== undefined && /^\d{1,10}$/.test(given) ? Number(given) : 0
}
