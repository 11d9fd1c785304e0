import { SocketModeReceiver, type webApi } from '@slack/bolt'
import type { Logger } from '../logger.ts'
import { createSdkLogger, errorCodeOf, isBadToken } from './errors.ts'
import * as limits from './limits.ts'
import type { Envelope } from './receive-events.ts'

export interface ConnectionOptions {
  appToken: string
  clientOptions: webApi.WebClientOptions
  logger: Logger
  clock: () => Date
  /** Carries out what came; calls `reply` when it may be acknowledged. Never rejects. */
  receive(envelope: Envelope): Promise<void>
  /** Told when events come in again after a time without. */
  restored(): void
  /** Told of each message of the socket that is none. */
  malformed(): void
  patience: Patience
}

/** How soon a dead socket is found out, in milliseconds. Default: as in limits.ts, and the SDK's own for pings. */
export interface Patience {
  /** Between two looks whether the socket is alive. */
  watch?: number
  /** For the answer to a ping. */
  ping?: number
  /** For an answer of the Web API. */
  call?: number
}

export interface Connection {
  /** Resolves when connected, or after 10 s all the same; rejects where Slack does not take the token. */
  start(): Promise<void>
  /** Closes the socket. */
  stop(): Promise<void>
  readonly state: ConnectionState
}

export interface ConnectionState {
  connected: boolean
  /** Since when it has been so. */
  since: Date
  /** How often another connection was made. */
  reconnects: number
}

type Client = SocketModeReceiver['client']

interface SlackEvent {
  ack(response?: unknown): Promise<void>
  body?: unknown
  retry_num?: number
}

/**
 * The socket through which Slack sends what people say. The SDK keeps one connection alive; opening the next is done
 * here, since a reconnect of its own that fails rejects where nobody can catch it, and leaves a gap of 5 s.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { appToken, clientOptions, logger, clock, receive, malformed, patience } = options
  const stopping = Promise.withResolvers<void>()
  let isStopping = false
  let current: Client | undefined
  const state: ConnectionState = { connected: false, since: clock(), reconnects: 0 }
  const become = (connected: boolean) => {
    if (state.connected !== connected) Object.assign(state, { connected, since: clock() })
  }

  /** Opens a connection. `ended` resolves when it is dead, or Slack asks for another one. */
  async function connect(): Promise<{ client: Client; ended: Promise<void> }> {
    // Only its client is used: the receiver itself acknowledges before anything is stored.
    const { client } = new SocketModeReceiver({
      appToken,
      logger: createSdkLogger(logger),
      autoReconnectEnabled: false,
      ...(patience.ping === undefined ? {} : { clientPingTimeout: patience.ping }),
      installerOptions: { clientOptions },
    })
    const ended = Promise.withResolvers<void>()
    guard(client, { malformed, replaced: ended.resolve, logger })
    client.on('disconnected', () => ended.resolve())
    client.on('slack_event', (event: SlackEvent) => {
      void receive({
        body: event.body,
        retry: event.retry_num ?? 0,
        reply: (payload) => event.ack(payload),
      })
    })
    const timeout = Promise.withResolvers<never>()
    const timer = setTimeout(() => timeout.reject(new Error('Slack did not say hello')), limits.helloTimeout)
    try {
      await Promise.race([client.start(), timeout.promise])
    } catch (error) {
      close(client)
      throw error ?? new Error('the connection was closed before it was greeted')
    } finally {
      clearTimeout(timer)
    }
    // A peer that has fallen silent never ends the closing handshake: the SDK would wait 30 s for it.
    const watch = setInterval(() => {
      if (!client.websocket?.isActive()) ended.resolve()
    }, patience.watch ?? limits.watchEvery)
    void ended.promise.then(() => clearInterval(watch))
    return { client, ended: ended.promise }
  }

  async function keepConnected(first: PromiseWithResolvers<void>): Promise<void> {
    for (let failures = 0; !isStopping; ) {
      try {
        const { client, ended } = await connect()
        const previous = current
        current = client
        failures = 0
        const wasDown = !state.connected
        become(true)
        if (wasDown) options.restored()
        first.resolve()
        if (previous) {
          state.reconnects += 1
          logger.info({ reconnects: state.reconnects }, 'connected to Slack again')
          // What came through it may still be acknowledged there for a moment.
          setTimeout(() => close(previous), limits.stopTimeout).unref()
        }
        if (isStopping) return close(client)
        await Promise.race([ended, stopping.promise])
        if (!client.websocket?.isActive()) become(false)
      } catch (error) {
        become(false)
        if (isBadToken(error)) first.reject(error)
        failures += 1
        logger.warn({ err: error, code: errorCodeOf(error) }, 'no connection to Slack')
        const wait = Math.min(limits.longestRetry, limits.firstRetry * 2 ** Math.min(failures, 10))
        await Promise.race([pause(wait * (0.5 + Math.random() / 2)), stopping.promise])
      }
    }
  }

  return {
    state,
    async start() {
      const first = Promise.withResolvers<void>()
      void keepConnected(first)
      const timer = setTimeout(() => first.resolve(), limits.readyTimeout)
      try {
        await first.promise
      } finally {
        clearTimeout(timer)
      }
    },
    async stop() {
      isStopping = true
      stopping.resolve()
      become(false)
      if (!current) return
      await Promise.race([current.disconnect().catch(() => {}), pause(500)])
      close(current)
    },
  }
}

/**
 * Lets through to the SDK only what it can read: for an envelope without a payload, such as the one that says that an
 * app is over its rate, it rejects where nobody catches it.
 */
function guard(
  client: Client,
  { malformed, replaced, logger }: { malformed(): void; replaced(): void; logger: Logger },
): void {
  const handlers = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const kind = isBinary || typeof data !== 'string' ? 'malformed' : kindOf(data)
    if (kind === 'malformed') return malformed()
    // The old connection goes on until the new one is there.
    if (kind === 'disconnect') return replaced()
    for (const handle of handlers) {
      Promise.resolve(handle.call(client, data, isBinary)).catch((error) => {
        logger.warn({ err: error }, 'an envelope of Slack could not be handled')
      })
    }
  })
}

function kindOf(text: string): 'sound' | 'disconnect' | 'malformed' {
  try {
    const envelope: unknown = JSON.parse(text)
    if (!isRecord(envelope)) return 'malformed'
    if (envelope.type === 'hello') return 'sound'
    if (envelope.type === 'disconnect') return 'disconnect'
    const { payload, envelope_id } = envelope
    if (typeof envelope_id !== 'string' || !isRecord(payload)) return 'malformed'
    const { event } = payload
    const isSound = envelope.type !== 'events_api' || (isRecord(event) && typeof event.type === 'string')
    return isSound && typeof envelope.type === 'string' ? 'sound' : 'malformed'
  } catch {
    return 'malformed'
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first call begins the closing handshake, the second does without the other side. */
function close({ websocket }: Client): void {
  websocket?.disconnect()
  websocket?.disconnect()
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
