import { createHash } from 'node:crypto'
import { webApi } from '@slack/bolt'
import { Hono } from 'hono'
import type { Card } from '../../chat/card.ts'
import type { Account, IncomingFile } from '../../chat/incoming.ts'
import type { Language } from '../../chat/language.ts'
import type { Intake, Platform } from '../../chat/platform.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Blobs } from '../../store/blobs.ts'
import type { CatchUp } from '../catch-up.ts'
import type { Logger } from '../logger.ts'
import { createUploader, type OutgoingFiles } from '../upload-once.ts'
import { createAcknowledging } from './acknowledge.ts'
import { type Connection, createConnection, type Patience } from './connection.ts'
import { createDelivering, type Delivering } from './deliver.ts'
import { createDirectory } from './directory.ts'
import { createSdkLogger, isBadToken } from './errors.ts'
import { createFetchMissed } from './fetch-missed.ts'
import { createHome } from './home.ts'
import { createHttpRoutes } from './http-routes.ts'
import { keepFile } from './keep-file.ts'
import * as limits from './limits.ts'
import { createMembers } from './members.ts'
import { onlineTables } from './online-tables.ts'
import { createEvents, type Envelope, type Events } from './receive-events.ts'
import { uploadPicture } from './send-file.ts'

export interface SlackOptions {
  botToken: string
  /** With it Slack is reached by a socket, else it calls us at `/slack/events`. */
  appToken?: string | undefined
  /** Needed without an app token. */
  signingSecret?: string | undefined
  /** Ends with `/`. Default: the vendor's. */
  apiUrl?: string | undefined
  /** Keeps the files that people send. */
  blobs: Pick<Blobs, 'put'>
  /** Pictures and files of the bot's own. Default: they stay links. */
  outgoing?: OutgoingFiles
  clock: () => Date
  logger: Logger
  /** A greeting and example questions, shown on the app's home. */
  welcome: (language: Language) => Card
  /** What is somebody's own, shown above it; null: nothing. Default: nobody has anything. */
  home?: (account: Account, language: Language) => Promise<Card | null>
  /** How long a silent Slack is waited for. Default: as in limits.ts. */
  patience?: Patience
}

export interface SlackPlatform extends Platform {
  /** Where Slack calls; empty with a socket. To be mounted on the one port of the house. */
  readonly routes: Hono
  /** For whoever watches over the bot. */
  health(): SlackHealth
}

export interface SlackHealth {
  transport: 'socket' | 'http'
  /** By HTTP: whether Slack has taken the token. */
  connected: boolean
  since: string
  /** How often another connection was made since the start. */
  reconnects: number
  /** Messages that were said while no events came, and were asked for since the start. */
  fetched: number
  /** What was turned down since the start, by reason. */
  refused: Record<string, number>
}

/** The bot in a workspace of Slack. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { botToken, appToken, signingSecret = '', clock, logger, patience = {}, outgoing } = options
  const clientOptions: webApi.WebClientOptions = {
    ...(options.apiUrl ? { slackApiUrl: options.apiUrl } : {}),
    timeout: patience.call ?? limits.callTimeout,
    // The outbox tries again, knowing what is meant; the client would post twice, and a 429 would hold up all else.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createSdkLogger(logger),
  }
  const client = new webApi.WebClient(botToken, clientOptions)
  const directory = createDirectory(client, clock, logger)
  const members = createMembers(client, clock, logger)
  const delivering: Delivering = createDelivering(client, directory, {
    apiUrl: options.apiUrl,
    refused: (reason) => refuse(reason),
    clock,
    ...(outgoing && {
      blobs: outgoing.blobs,
      uploader: createUploader({
        // The token says nothing of itself that way, and is another in another workspace.
        place: `slack ${createHash('sha256').update(botToken).digest('hex').slice(0, 16)}`,
        ...{ ...outgoing, clock, refused: (reason) => refuse(reason) },
        upload: (file, bytes) => uploadPicture(client, file.name, bytes, options.apiUrl),
      }),
    }),
  })
  const refused: Record<string, number> = {}
  const refuse = (reason: string) => {
    refused[reason] = (refused[reason] ?? 0) + 1
  }
  let receive: ((envelope: Envelope) => Promise<void>) | null = null
  let connection: Connection | undefined
  let missed: CatchUp | undefined
  let knownSince = clock()
  let isStopping = false
  let retrying: NodeJS.Timeout | undefined
  const underWay = new Set<Promise<void>>()

  /** Begins to receive. Rejects where Slack cannot be asked who the bot is. */
  async function open(intake: Intake): Promise<void> {
    const { team_id: team, user_id: botUser, bot_id: botId } = await client.auth.test()
    if (!team || !botUser) throw new Error('auth.test named no workspace or no user')
    missed?.stop()
    const fetching = createFetchMissed({
      ...{ client, team, intake, clock, logger },
      hear: (event) => events.hear(event),
    })
    missed = fetching
    const events: Events = createEvents({
      botToken,
      identity: { team, botUser, botId: botId ?? '' },
      clientOptions,
      client,
      directory,
      acknowledging: createAcknowledging(client, directory, logger),
      intake,
      clock,
      logger,
      before: (place) => fetching.before(place),
      refused: refuse,
      keepFile: (file): Promise<IncomingFile> => keepFile(file, { ...options, botToken }),
      ...createHome(client, directory, { ...options, team }),
    })
    const tracked = (envelope: Envelope) => {
      const work = events.receive(envelope).finally(() => underWay.delete(work))
      underWay.add(work)
      return work
    }
    knownSince = clock()
    if (appToken !== undefined) {
      const opening = createConnection({
        appToken,
        clientOptions,
        logger,
        clock,
        receive: tracked,
        restored: () => void fetching.run(),
        malformed: () => refuse('malformed'),
        patience,
      })
      connection = opening
      try {
        await opening.start()
      } catch (error) {
        await opening.stop()
        throw error
      }
    } else void fetching.run()
    receive = tracked
  }

  /** A workspace that cannot be reached now is tried again, while the rest of the house works. */
  async function openLater(intake: Intake, wait: number): Promise<void> {
    retrying = setTimeout(() => {
      open(intake).catch((error) => {
        logger.warn({ err: error }, 'Slack cannot be reached')
        if (!isStopping) void openLater(intake, Math.min(limits.longestRetry, wait * 2))
      })
    }, wait)
    retrying.unref()
  }

  return {
    name: 'slack',
    abilities: {
      updatesCards: true,
      opensBeside: true,
      replacesCards: false,
      showsForms: true,
      showsWaiting: false,
      keepsCalendar: false,
    },
    once: { send: { how: 'looked-up' }, edit: { how: 'overwritten' } },
    onlineTables,
    pace: { perChat: limits.chatPace, perApp: limits.appPace },
    routes:
      appToken === undefined
        ? createHttpRoutes({
            signingSecret,
            clock,
            logger,
            receive: () => (isStopping ? null : receive),
            refused: refuse,
          })
        : new Hono(),

    health: () => ({
      transport: appToken === undefined ? 'http' : 'socket',
      connected: appToken === undefined ? receive !== null : (connection?.state.connected ?? false),
      since: (connection?.state.since ?? knownSince).toISOString(),
      reconnects: connection?.state.reconnects ?? 0,
      fetched: missed?.fetched ?? 0,
      refused: { ...refused },
    }),

    async start(intake) {
      try {
        await open(intake)
      } catch (error) {
        if (isBadToken(error)) {
          const setting = connection ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN'
          throw new PlainError('slack:refused', { setting }, { cause: error })
        }
        logger.warn({ err: error }, 'Slack cannot be reached')
        await openLater(intake, limits.firstRetry * 4)
      }
    },

    async deliver(operation) {
      return delivering.deliver(operation)
    },
    profileOf: ({ user }) => directory.lookUp(user),
    membersOf: (conversation) => members.membersOf(conversation),
    // Limited by the minute alone.
    callsMade: () => 0,
    find: (operation) => delivering.find(operation),

    async stop() {
      isStopping = true
      missed?.stop()
      clearTimeout(retrying)
      const timeout = Promise.withResolvers<void>()
      const timer = setTimeout(timeout.resolve, limits.stopTimeout)
      await Promise.race([Promise.allSettled([...underWay]), timeout.promise])
      clearTimeout(timer)
      await connection?.stop()
    },
  }
}
