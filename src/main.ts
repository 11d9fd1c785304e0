import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import type { Config } from './config.ts'
import { createConsole } from './console/console.ts'
import { createUploads } from './delivery/uploads.ts'
import { welcomeCard } from './features/policy/policy-cards.ts'
import { openHouse } from './house.ts'
import { createProbes } from './metrics/probes.ts'
import { findPerson, linkAccount } from './people/people.ts'
import { createFirstLink, forgetExpired } from './people/sign-in.ts'
import type { Logger } from './platforms/logger.ts'
import { createTerminalPlatform, type TerminalOptions } from './platforms/terminal/platform.ts'
import { addressOf } from './platforms/web/address.ts'
import { trustProxies } from './platforms/web/client-address.ts'
import { createWebPlatform } from './platforms/web/platform.ts'
import type { Store } from './store/store.ts'

export interface RunningBot {
  /** Where the web chat is. */
  address: string
  /** Makes its opener the first administrator; null where there is one. */
  firstLink: string | null
  /** Looks at once for what is due: for whoever sets the clock. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Starts the bot on every configured platform.
 * @param databaseClock As the store has it.
 */
export async function startBot(
  config: Config,
  logger: Logger,
  clock = () => new Date(),
  databaseClock?: () => Date,
): Promise<RunningBot> {
  const startedAt = clock()
  let address = ''
  const publicUrl = () => config.PUBLIC_URL ?? address
  const house = await openHouse(config, logger, clock, publicUrl, databaseClock)
  const { store, blobs } = house
  const outgoing = { blobs, uploads: createUploads(store) }
  try {
    const trustProxy = trustProxies(config.TRUSTED_PROXY ?? [])
    // The vendors' libraries are a quarter of what a start has to load: only a house that is on their platforms does.
    const slack =
      config.SLACK_BOT_TOKEN === undefined
        ? null
        : (await import('./platforms/slack/platform.ts')).createSlackPlatform({
            botToken: config.SLACK_BOT_TOKEN,
            appToken: config.SLACK_APP_TOKEN,
            signingSecret: config.SLACK_SIGNING_SECRET,
            apiUrl: config.SLACK_API_URL,
            ...{ blobs, outgoing },
            clock,
            logger,
            welcome: welcomeCard,
            home: house.home,
          })
    const feishu =
      config.FEISHU_APP_ID === undefined
        ? null
        : (await import('./platforms/feishu/platform.ts')).createFeishuPlatform({
            appId: config.FEISHU_APP_ID,
            appSecret: config.FEISHU_APP_SECRET ?? '',
            mode: config.FEISHU_MODE,
            encryptKey: config.FEISHU_ENCRYPT_KEY,
            verificationToken: config.FEISHU_VERIFICATION_TOKEN,
            domain: config.FEISHU_DOMAIN,
            ...{ blobs, outgoing, clock, logger, welcome: welcomeCard },
          })
    if (slack) house.metrics.watchConnection('slack', slack.health)
    if (feishu) house.metrics.watchConnection('feishu', feishu.health)
    const web = createWebPlatform({
      ...{ store, blobs, seals: house.seals },
      trustProxy,
      pages: createConsole({
        store,
        clock,
        logger,
        publicUrl,
        help: house.help,
        submissions: house.submissions,
        entries: house.entries,
        records: house.records,
        events: house.events,
        resources: house.resources,
        duties: house.duties,
        campaigns: house.campaigns,
        pushing: house.pushing,
        pressing: house.pressing,
        ...{ blobs, files: house.files },
        trustProxy,
        secure: config.PUBLIC_URL?.startsWith('https:') ?? false,
        systemState: async () => ({
          version: packageFile.version,
          startedAt,
          indexBuiltAt: newestIndex(join(config.DATA_DIR, 'index')),
          model:
            config.MODEL_PROVIDER && config.MODEL_NAME
              ? { provider: config.MODEL_PROVIDER, name: config.MODEL_NAME }
              : null,
        }),
      }),
      host: config.HOST,
      port: config.PORT,
      questionsPerMinute: config.QUESTIONS_PER_MINUTE,
      clock,
      logger,
      welcome: welcomeCard,
      routes: [slack?.routes, feishu?.routes].filter((routes) => !!routes),
      health: async () => ({
        ...(slack ? { slack: slack.health() } : {}),
        ...(feishu ? { feishu: feishu.health() } : {}),
      }),
      probes: createProbes({
        parts: house.parts,
        isStopping: house.isStopping,
        metrics: house.metrics,
        metricsToken: config.METRICS_TOKEN,
      }),
    })
    const platforms = [web, slack, feishu].filter((platform) => platform !== null)
    await house.open(
      platforms,
      platforms.map(({ name }) => ({ platform: name })),
    )
    address = web.address
    const firstToken = await store.transaction(async (trx) => {
      await forgetExpired(trx, clock())
      return createFirstLink(trx, clock())
    })
    return {
      address,
      firstLink: firstToken && `${publicUrl()}/sign-in/${firstToken}`,
      wake: () => house.events.wakeWorkers(),
      stop: () => house.close(),
    }
  } catch (error) {
    await house.close()
    throw error
  }
}

/** When the index that answers was built; older ones are removed as it is. Null where the folder was removed. */
function newestIndex(folder: string): Date | null {
  if (!existsSync(folder)) return null
  const times = readdirSync(folder)
    .filter((name) => name.endsWith('.index'))
    .flatMap((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? [])
  return times.length > 0 ? new Date(Math.max(...times)) : null
}

/**
 * The chat in the terminal, until the person leaves. `as` is the name or id of a person of the house: whoever operates
 * the machine may speak as anybody. Default: a guest.
 */
export async function runTerminalChat(
  config: Config,
  logger: Logger,
  { as, ...terminal }: Pick<TerminalOptions, 'input' | 'output' | 'language'> & { as?: string | undefined },
  clock = () => new Date(),
  databaseClock?: () => Date,
): Promise<void> {
  const address = config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT)
  const house = await openHouse(config, logger, clock, () => address, databaseClock)
  try {
    const user = as === undefined ? undefined : await terminalUserOf(house.store, as)
    const platform = createTerminalPlatform({
      ...terminal,
      user,
      clock,
      logger,
      keepFile: (bytes) => house.blobs.put(bytes),
      welcome: welcomeCard(terminal.language),
    })
    await house.open([platform], [platform.serves])
    await platform.ended
  } finally {
    await house.close()
  }
}

/** The terminal's account of a person: their id. Throws PlainError where nobody, or several, are meant. */
function terminalUserOf(store: Store, nameOrId: string): Promise<string> {
  return store.transaction(async (trx) => {
    const { id } = await findPerson(trx, nameOrId)
    const account = { platform: 'terminal', installation: 'local', user: id }
    // Nobody can be reached there.
    await linkAccount(trx, account, id, await store.now(trx), { prefer: false })
    return id
  })
}
