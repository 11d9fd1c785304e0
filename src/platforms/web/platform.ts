import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import type { Platform } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Logger } from '../logger.ts'
import { createApp } from './app.ts'
import type { TrustsProxy } from './client-address.ts'
import { mostReplies, repliesKeptFor, stopTimeout } from './limits.ts'
import { ReplyTable } from './reply-table.ts'
import type { PagesBeside } from './visitor.ts'

export interface WebOptions {
  host: string
  /** 0 takes any free port; `address` tells which. */
  port: number
  questionsPerMinute: number
  clock: () => Date
  logger: Logger
  /** The first screen: a greeting and example questions (buttons with the action `ask`). */
  welcome: (language: Language) => Card
  /** Added to what /healthz answers; a rejection makes it 503. Default: nothing. */
  health?: () => Promise<Record<string, unknown>>
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
  const { clock, logger, host } = options
  const replies = new ReplyTable({ most: mostReplies, keptFor: repliesKeptFor, clock })
  let server: Server | undefined
  let stopping = false

  return {
    name: 'web',
    abilities: { updatesCards: true, opensBeside: true },

    get address() {
      const bound = server?.address() as AddressInfo | null | undefined
      return bound ? addressOf(host, bound.port) : ''
    },

    async start(receive) {
      const app = createApp({
        replies,
        receive,
        clock,
        logger,
        questionsPerMinute: options.questionsPerMinute,
        trustProxy: options.trustProxy ?? (() => false),
        welcome: options.welcome,
        pages: options.pages,
        health: options.health ?? (async () => ({})),
        isStopping: () => stopping,
      })
      const starting = createServer(getRequestListener(app.fetch))
      starting.on('request', (_request, response) => {
        // A connection kept alive would hold up the stop for seconds after its last answer.
        response.once('close', () => {
          if (stopping) setImmediate(() => starting.closeIdleConnections())
        })
      })
      await new Promise<void>((resolve, reject) => {
        starting.once('error', (error) => reject(explainListening(error, options)))
        starting.listen(options.port, host, resolve)
      })
      server = starting
    },

    async stop() {
      if (!server) return
      stopping = true
      const closing = server
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
      const timeout = Promise.withResolvers<void>()
      const timer = setTimeout(timeout.resolve, stopTimeout)
      const finished = replies.idle().then(() => closed)
      await Promise.race([finished, timeout.promise])
      clearTimeout(timer)
      closing.closeAllConnections()
      await closed
      server = undefined
    },
  }
}

/** An address that can be opened: one that means “all interfaces” is shown as this machine. */
export function addressOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
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
