import { Client, DefaultCache, defaultHttpInstance, type HttpInstance } from '@larksuiteoapi/node-sdk'
import type { Hono } from 'hono'
import type { Card } from '../../chat/card.ts'
import type { Language } from '../../chat/language.ts'
import { DeliveryError } from '../../chat/outgoing.ts'
import type { Platform } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { CatchUp } from '../catch-up.ts'
import type { Logger } from '../logger.ts'
import { createUploader, type OutgoingFiles } from '../upload-once.ts'
import { type Connection, createConnection, type Patience } from './connection.ts'
import { deliver, urge } from './deliver.ts'
import { createDirectory } from './directory.ts'
import { isTokenFailure, RefusedCall, sdkLogger, summarise } from './errors.ts'
import { createFetchMissed } from './fetch-missed.ts'
import { createRoutes } from './http-routes.ts'
import { createEntries } from './keep-entry.ts'
import { keepFile } from './keep-file.ts'
import { appPace, callTimeout, chatPace, stopTimeout, uuidWindow } from './limits.ts'
import { createMembers } from './members.ts'
import { createBitable } from './online-tables.ts'
import { createReceiver, type Receiver } from './receive-events.ts'
import { uploadBlob } from './send-file.ts'
import { createStreams } from './streams.ts'

export interface FeishuOptions {
  /** How events come in: `ws`, the long connection that the bot opens; `http`, at `/feishu/events`. */
  mode: 'ws' | 'http'
  /** `cli_` and 16 hexadecimal digits. */
  appId: string
  appSecret: string
  /** `feishu`, `lark`, or the address of the open platform. Default: `feishu`. */
  domain?: string | undefined
  /** Keeps the files that people send. */
  blobs: Blobs
  /** Pictures and files of the bot's own. Default: they stay links. */
  outgoing?: OutgoingFiles
  logger: Logger
  clock: () => Date
  /** Said to who opens the chat with the bot for the first time. */
  welcome: (language: Language) => Card
  /** Both are needed for `http`, where a request could else be forged. */
  encryptKey?: string | undefined
  verificationToken?: string | undefined
  /** How long a silent Feishu is waited for. Default: as in limits.ts. */
  patience?: Patience
}

export interface FeishuPlatform extends Platform {
  /** To be mounted on the house's port; null with the long connection. */
  readonly routes: Hono | null
  /** For whoever watches over the bot. */
  health(): FeishuHealth
}

export interface FeishuHealth {
  transport: 'ws' | 'http'
  /** Whether the long connection stands; by HTTP: whether Feishu has told who the bot is. */
  connected: boolean
  /** The last change of that. */
  since: string
  /** How often another connection was made since the start. */
  reconnects: number
  /** Messages that were said while no events came, and were asked for since the start. */
  fetched: number
  /** What was turned down since the start, by reason. */
  refused: Record<string, number>
}

const addresses: Record<string, string> = {
  feishu: 'https://open.feishu.cn',
  lark: 'https://open.larksuite.com',
}

/** The address of the open platform, without a slash at its end. */
export function addressOfDomain(domain = 'feishu'): string {
  return (addresses[domain] ?? domain).replace(/\/+$/, '')
}

/**
 * Feishu, by one app of a tenant's own. Its account is the tenant and the person's union_id. Throws PlainError where
 * the secrets of `http` are missing.
 */
export function createFeishuPlatform(options: FeishuOptions): FeishuPlatform {
  const { appId, appSecret, logger, clock, blobs } = options
  const domain = addressOfDomain(options.domain)
  /** Not asked for yet. */
  let calls = 0
  const http = createHttp(options.patience?.call ?? callTimeout, () => {
    calls += 1
  })
  // The SDK's own cache is one for the process, by the app's id alone.
  const client = new Client({
    appId,
    appSecret,
    domain,
    httpInstance: http,
    cache: new DefaultCache(),
    ...sdkLogger(logger),
  })
  const directory = createDirectory({ client, clock, logger })
  const members = createMembers({ client, clock, logger })
  const streams = createStreams(client, clock)
  const entries = createEntries(client)
  const refusals: Record<string, number> = {}
  const refused = (reason: string) => {
    refusals[reason] = (refusals[reason] ?? 0) + 1
  }
  const uploader =
    options.outgoing &&
    createUploader({
      ...{ ...options.outgoing, place: `feishu ${appId}`, clock, refused },
      upload: (file, bytes) => uploadBlob(client, file, bytes),
    })
  let identifiedAt = clock()
  let receiver: Receiver | undefined
  let connection: Connection | undefined
  let missed: CatchUp | undefined
  let bot = ''

  /** The bot's open_id, by which mentions name it. */
  const identify = async () => {
    if (bot !== '') return bot
    const answer = await client.request<{ code?: number; bot?: { open_id?: string } }>({
      method: 'GET',
      url: '/open-apis/bot/v3/info',
    })
    if (answer.code) throw new RefusedCall(answer.code)
    bot = answer.bot?.open_id ?? ''
    identifiedAt = clock()
    return bot
  }

  const refusedUrgent = (error: unknown): never => {
    if (error instanceof DeliveryError && error.kind === 'not-allowed') {
      // Said once: the card says 【加急】 by itself, and the house goes on without.
      if (!refusals['no-urgent-scope']) logger.warn({}, 'Feishu refuses urgent messages to this app')
      refused('no-urgent-scope')
    }
    throw error
  }

  const { mode, encryptKey, verificationToken } = options
  let routes: Hono | null = null
  if (mode === 'http') {
    if (!encryptKey || !verificationToken) throw new PlainError('feishu:no-secrets')
    const dispatcher = () => receiver?.dispatcher ?? null
    routes = createRoutes({ encryptKey, verificationToken, clock, logger, refused, dispatcher })
  }

  return {
    name: 'feishu',
    // A callback can put a card in the place of the one that was pressed; a form it opens follows as a message.
    abilities: {
      updatesCards: true,
      opensBeside: false,
      replacesCards: true,
      showsForms: true,
      showsWaiting: false,
      keepsCalendar: true,
      urges: true,
    },
    once: { send: { how: 'keyed', window: uuidWindow }, edit: { how: 'overwritten' } },
    pace: { perChat: chatPace, perApp: appPace },
    routes,
    onlineTables: createBitable(client),

    health: () => ({
      transport: mode,
      ...(connection?.health() ?? {
        connected: mode === 'http' && bot !== '',
        since: identifiedAt.toISOString(),
        reconnects: 0,
      }),
      fetched: missed?.fetched ?? 0,
      refused: { ...refusals },
    }),

    async start(intake) {
      // Where the line is down the rest of the house runs all the same, and this is made up for later.
      await identify().catch((error) => {
        if (isTokenFailure(error)) throw new PlainError('feishu:refused', {}, { cause: summarise(error) })
        logger.warn({ reason: summarise(error).message }, 'Feishu does not answer yet')
      })
      const fetching = createFetchMissed({
        ...{ client, intake, clock, logger, identify },
        hear: (event) => receiving.hear(event),
      })
      missed = fetching
      const receiving = createReceiver({
        appId,
        intake,
        client,
        logger,
        known: async () => ({
          bot: await identify().catch(() => ''),
          languageOf: (user) => directory.entryOf(user).language,
          now: clock(),
        }),
        fetchFile: (message, file) => keepFile(client, blobs, message, file),
        welcome: options.welcome,
        before: (place) => fetching.before(place),
        refused,
      })
      receiver = receiving
      if (mode === 'http') return void fetching.run()
      const { dispatcher } = receiving
      connection = createConnection({
        ...{ appId, appSecret, domain, http, dispatcher, logger, clock },
        patience: options.patience ?? {},
        restored: () => void fetching.run(),
      })
      await connection.start()
    },

    async deliver(operation) {
      if (operation.to.type === 'urgent') return urge(client, operation).catch(refusedUrgent)
      if (operation.to.type !== 'calendar') return deliver(client, operation, streams, refused, uploader)
      return entries.keep(operation).catch((error: unknown) => {
        // Without the scope the house goes on without calendars; whoever watches over it can see so.
        if (error instanceof DeliveryError && error.kind === 'not-allowed') refused('no-calendar-scope')
        throw error
      })
    },

    /**
     * Feishu tells of a message neither the key it was sent with nor the card as we wrote it, so a chat's list cannot
     * say which of its messages was ours; within the hour the key itself answers.
     */
    find: async () => null,

    profileOf: ({ user }) => directory.profileOf(user),
    membersOf: (conversation) => members.membersOf(conversation),
    callsMade() {
      const made = calls
      calls = 0
      return made
    },

    async stop() {
      missed?.stop()
      const timeout = Promise.withResolvers<void>()
      const timer = setTimeout(timeout.resolve, stopTimeout)
      await Promise.race([receiver?.idle(), timeout.promise])
      await connection?.stop()
      await Promise.race([Promise.all([directory.idle(), members.idle()]), timeout.promise])
      clearTimeout(timer)
    },
  }
}

/**
 * The SDK's HTTP client, with a limit of time that its own lacks; answers come as it expects them. `called` is told of
 * each call of the open platform, but for those that fetch a token.
 */
function createHttp(timeout: number, called: () => void): HttpInstance {
  const http = defaultHttpInstance.create({ timeout })
  http.interceptors.request.use((request) => {
    if (/\/open-apis\/(?!auth\/)/.test(request.url ?? '')) called()
    return request
  })
  http.interceptors.response.use((response) => {
    const { data, headers, config } = response
    return ('$return_headers' in config ? { data, headers } : data) as typeof response
  })
  // Its types follow another version of the client than the SDK's own.
  return http as unknown as HttpInstance
}
