import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Operation } from '../../chat/outgoing.ts'
import { DeliveryError } from '../../chat/outgoing.ts'
import type { Platform } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { Store } from '../../store/store.ts'
import type { Logger } from '../logger.ts'
import { addressOf } from './address.ts'
import { createApp } from './app.ts'
import { ChatWatch } from './chat-watch.ts'
import type { TrustsProxy } from './client-address.ts'
import { stopTimeout, sweepEvery } from './limits.ts'
import type { TranscriptSeals } from './sealed-message.ts'
import { sweepTranscript } from './sweep-transcript.ts'
import { Transcript } from './transcript.ts'
import type { PagesBeside } from './visitor.ts'

export interface WebOptions {
  host: string
  /** 0 takes any free port; `address` tells which. */
  port: number
  questionsPerMinute: number
  clock: () => Date
  logger: Logger
  /** Keeps what was said. */
  store: Store
  /** With what it is kept. Default: as it was said. */
  seals?: TranscriptSeals
  /** Keeps the files that people send. */
  blobs: Blobs
  /** The first screen: a greeting and example questions (buttons with the action `ask`). */
  welcome: (language: Language) => Card
  /** Added to what /healthz answers; a rejection makes it 503. Default: nothing. */
  health?: () => Promise<Record<string, unknown>>
  /** Pages for whoever watches over the bot; open while it stops. Default: none. */
  probes?: Hono
  /** Paths on the same port at which other platforms are called by their vendors; closed while it stops. Default: none. */
  routes?: readonly Hono[]
  /** From which addresses X-Forwarded-For is believed. Default: from none. */
  trustProxy?: TrustsProxy
  /** Sign-in and the pages beside the chat. Default: none, everybody is a guest. */
  pages?: PagesBeside
}

export interface WebPlatform extends Platform {
  /** `http://127.0.0.1:3000`; empty before the start. */
  readonly address: string
}

/** The web chat: a page, its interface, and /healthz, on one port. */
export function createWebPlatform(options: WebOptions): WebPlatform {
  const { clock, logger, host, store, blobs } = options
  const transcript = new Transcript(store, options.seals)
  const watch = new ChatWatch({ lastChanges: (chats) => transcript.lastChanges(chats), logger })
  const sweep = () => {
    sweepTranscript(store).catch((error) => {
      logger.error({ err: error }, 'the transcript of the web chat could not be swept')
    })
  }
  let sweeping: NodeJS.Timeout | undefined
  let server: Server | undefined
  let stopping = false
  /** Requests that are not answered to their end. */
  let active = 0
  /** Connections kept alive, or opened by a browser in advance, would hold up the stop for seconds. */
  const closeUnused = (closing: Server) => {
    if (stopping && active === 0) setImmediate(() => closing.closeAllConnections())
  }

  return {
    name: 'web',
    abilities: {
      updatesCards: true,
      opensBeside: true,
      replacesCards: true,
      showsForms: true,
      // The page draws it below the question.
      showsWaiting: true,
      keepsCalendar: false,
    },
    once: { send: { how: 'keyed', window: null }, edit: { how: 'overwritten' } },
    pace: { perChat: null, perApp: null },

    get address() {
      const bound = server?.address() as AddressInfo | null | undefined
      return bound ? addressOf(host, bound.port) : ''
    },

    async start(intake) {
      const app = createApp({
        intake,
        transcript,
        watch,
        blobs,
        clock,
        logger,
        questionsPerMinute: options.questionsPerMinute,
        trustProxy: options.trustProxy ?? (() => false),
        welcome: options.welcome,
        pages: options.pages,
        health: options.health ?? (async () => ({})),
        probes: options.probes,
        routes: options.routes,
        isStopping: () => stopping,
      })
      const starting = createServer(getRequestListener(app.fetch))
      starting.on('request', (_request, response) => {
        active += 1
        response.once('close', () => {
          active -= 1
          closeUnused(starting)
        })
      })
      await new Promise<void>((resolve, reject) => {
        starting.once('error', (error) => reject(explainListening(error, options)))
        starting.listen(options.port, host, resolve)
      })
      server = starting
      watch.start()
      sweep()
      sweeping = setInterval(sweep, sweepEvery)
      sweeping.unref()
    },

    async deliver(operation) {
      const { chat, thread } = placeOf(operation)
      const { id, name, card, open, replyTo, message } = operation
      if (name === 'send') await transcript.send({ id, chat, thread, card, open, replyTo })
      else if (message === null || !(await transcript.edit(chat, message, card, open))) {
        throw new DeliveryError('gone')
      }
      watch.tell(chat)
      return { message: message ?? id }
    },

    profileOf: async () => null,
    membersOf: async () => null,
    callsMade: () => 0,
    async find(operation) {
      const { id, name } = operation
      const isMade = name === 'send' && (await transcript.has(placeOf(operation).chat, id))
      return isMade ? { message: id } : null
    },

    async stop() {
      if (!server) return
      stopping = true
      const closing = server
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
      closeUnused(closing)
      clearInterval(sweeping)
      const timeout = Promise.withResolvers<void>()
      const timer = setTimeout(timeout.resolve, stopTimeout)
      // Pages that listen connect to whoever runs next, and miss nothing.
      await Promise.race([watch.end().then(() => Promise.all([closed, watch.allLeft()])), timeout.promise])
      clearTimeout(timer)
      closing.closeAllConnections()
      await closed
      server = undefined
    },
  }
}

/** An account is spoken to in its own chat, in whichever thread it is. */
function placeOf({ to }: Operation): { chat: string; thread: string } {
  return to.type === 'conversation' ? to.conversation : { chat: to.account.user, thread: '' }
}

function explainListening(error: Error, { host, port }: WebOptions): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new PlainError('web:port-in-use', { port }, { cause: error })
  if (code === 'EACCES') return new PlainError('web:port-not-allowed', { port }, { cause: error })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new PlainError('web:host-unknown', { host }, { cause: error })
  }
  return error
}
