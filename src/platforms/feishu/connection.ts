import { type EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk'
import type { Logger } from '../logger.ts'
import { sdkLogger } from './errors.ts'
import { handshakeTimeout, pingTimeout, readyTimeout, watchEvery } from './limits.ts'

export interface Connection {
  /** Resolves when events come in, or after 10 s without: it goes on trying. */
  start(): Promise<void>
  health(): { connected: boolean; since: string; reconnects: number }
  /** What was received is answered by then; nothing more is received. */
  stop(): Promise<void>
}

export interface Patience {
  /** Milliseconds between two looks whether the SDK has given up. */
  watch?: number
  /** Seconds for the answer to a ping. */
  ping?: number
  /** Milliseconds for an answer of the open platform. */
  call?: number
}

export interface ConnectionOptions {
  appId: string
  appSecret: string
  domain: string
  http: HttpInstance
  dispatcher: EventDispatcher
  logger: Logger
  clock: () => Date
  patience: Patience
  /** Told when events come in again after a time without. */
  restored(): void
}

/**
 * The long connection. The SDK's own watchdog finds a dead line by its unanswered pings, and connects anew; where it
 * gives up (an answer that it takes for final, its tries used up) ours begins again.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { appId, appSecret, domain, http, dispatcher, logger, clock, patience } = options
  const ready = Promise.withResolvers<void>()
  let watching: NodeJS.Timeout | undefined
  let changedAt = clock()
  let made = 0
  const stands = () => {
    made += 1
    changedAt = clock()
    ready.resolve()
    options.restored()
  }
  const client = new WSClient({
    appId,
    appSecret,
    domain,
    httpInstance: http,
    ...sdkLogger(logger),
    handshakeTimeoutMs: handshakeTimeout,
    wsConfig: { pingTimeout: patience.ping ?? pingTimeout },
    onReady() {
      logger.info({}, 'the long connection to Feishu stands')
      stands()
    },
    onReconnecting() {
      changedAt = clock()
      logger.warn({}, 'the long connection to Feishu broke; connecting anew')
    },
    onReconnected() {
      logger.info({}, 'the long connection to Feishu stands again')
      stands()
    },
    onError: () => logger.error({}, 'the long connection to Feishu could not be made; it is tried again'),
  })
  /** A client that is neither connected nor trying, seen twice in a row, has given up. */
  let idleBefore = false
  const watch = () => {
    const state = client.getConnectionStatus().state
    const isIdle = state === 'failed' || state === 'idle'
    if (isIdle && idleBefore) void client.start({ eventDispatcher: dispatcher })
    idleBefore = isIdle && !idleBefore
  }

  return {
    async start() {
      await client.start({ eventDispatcher: dispatcher })
      watching = setInterval(watch, patience.watch ?? watchEvery)
      watching.unref()
      const timer = setTimeout(ready.resolve, readyTimeout)
      await ready.promise
      clearTimeout(timer)
    },
    health: () => ({
      connected: client.getConnectionStatus().state === 'connected',
      since: changedAt.toISOString(),
      reconnects: Math.max(0, made - 1),
    }),
    async stop() {
      clearInterval(watching)
      // The answers of the last handlers are written in the same turn; they go out before the close.
      await new Promise(setImmediate)
      client.close()
    },
  }
}
