import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import type { Receive } from './chat/platform.ts'
import type { Config } from './config.ts'
import { createConsole } from './console/console.ts'
import { createConsoleLink } from './console/console-link.ts'
import { createDispatch } from './conversation/dispatch.ts'
import { createAccountsFeature } from './features/accounts/accounts-feature.ts'
import { createConsoleEntry } from './features/console-entry/console-entry-feature.ts'
import { welcomeCard } from './features/policy/policy-cards.ts'
import { createPolicyFeature } from './features/policy/policy-feature.ts'
import { KnowledgeBase } from './knowledge/knowledge-base.ts'
import { dayInChina } from './knowledge/library/day.ts'
import { importSeed } from './knowledge/library/import-seed.ts'
import { PlainError } from './messages/plain-error.ts'
import { createChatModel } from './model/create-chat-model.ts'
import { loadPrompts } from './model/prompt-file.ts'
import { findPerson, linkAccount } from './people/people.ts'
import { readersOfConversation } from './people/readers.ts'
import { createFirstLink, forgetExpired } from './people/sign-in.ts'
import type { Logger } from './platforms/logger.ts'
import { createTerminalPlatform, type TerminalOptions } from './platforms/terminal/platform.ts'
import { trustProxies } from './platforms/web/client-address.ts'
import { addressOf, createWebPlatform } from './platforms/web/platform.ts'
import { type Blobs, openBlobs } from './store/blobs.ts'
import { openStore, type Store } from './store/store.ts'

/** How often a running bot looks whether the library was changed beside it. */
const refreshEvery = 2_000

/** The database with its files, and what was imported into it at the opening. */
export interface OpenedLibrary {
  store: Store
  blobs: Blobs
}

/** Opens the store and takes up what is new in the knowledge folder. A broken seed file is logged, not fatal. */
export async function openLibrary(config: Config, logger: Logger, clock: () => Date): Promise<OpenedLibrary> {
  if (!existsSync(config.KNOWLEDGE_DIR))
    throw new PlainError('knowledge:search.no-folder', { folder: config.KNOWLEDGE_DIR })
  const location = { dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL }
  const store = await openStore(location)
  try {
    const blobs = openBlobs(store, location)
    const { imported, failed } = await importSeed(store, blobs, config.KNOWLEDGE_DIR, clock())
    for (const { path, document, version } of imported) {
      logger.info({ path, document, version }, 'imported a document of the knowledge folder')
    }
    for (const { path, error } of failed) {
      logger.error({ path, err: error }, 'a document of the knowledge folder could not be read')
    }
    return { store, blobs }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The library made searchable. */
export function openKnowledge(config: Config, store: Store, clock: () => Date): Promise<KnowledgeBase> {
  return KnowledgeBase.open({
    store,
    knowledgeDir: config.KNOWLEDGE_DIR,
    indexDir: join(config.DATA_DIR, 'index'),
    clock,
  })
}

interface House {
  receive: Receive
  store: Store
  close(): Promise<void>
}

/**
 * Everything behind the platforms, wired.
 * @param publicUrl Where people reach the web pages; asked when a link is made, for the port may be any free one.
 */
async function openHouse(
  config: Config,
  logger: Logger,
  clock: () => Date,
  publicUrl: () => string,
): Promise<House> {
  const chat = await createChatModel(config)
  // Read even without a model: a broken prompt file shows at the start, not with the first question.
  const prompts = await loadPrompts('prompts')
  const { store } = await openLibrary(config, logger, clock)
  try {
    const knowledge = await openKnowledge(config, store, clock)
    const timer = setInterval(() => {
      knowledge.refresh().catch((error) => logger.error({ err: error }, 'the library could not be refreshed'))
    }, refreshEvery)
    timer.unref()
    const policy = createPolicyFeature({
      store,
      knowledge,
      clock,
      readersOf: ({ account, conversation }) =>
        readersOfConversation(store.db, { account, conversation, group: false }, dayInChina(clock())),
      model: chat && { chat, prompts },
    })
    const consoleEntry = createConsoleEntry({
      async linkFor({ account }) {
        const token = await createConsoleLink(store, account, clock())
        return token && `${publicUrl()}/sign-in/${token}`
      },
    })
    const accounts = createAccountsFeature({ store, clock })
    return {
      receive: createDispatch([policy, accounts, consoleEntry], policy.answer),
      store,
      async close() {
        clearInterval(timer)
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

export interface RunningBot {
  /** Where the web chat is. */
  address: string
  /** Makes its opener the first administrator; null where there is one. */
  firstLink: string | null
  stop(): Promise<void>
}

/** Starts the bot on every configured platform. */
export async function startBot(
  config: Config,
  logger: Logger,
  clock = () => new Date(),
): Promise<RunningBot> {
  const startedAt = clock()
  let address = ''
  const publicUrl = () => config.PUBLIC_URL ?? address
  const house = await openHouse(config, logger, clock, publicUrl)
  const { store } = house
  const trustProxy = trustProxies(config.TRUSTED_PROXY ?? [])
  const web = createWebPlatform({
    trustProxy,
    pages: createConsole({
      store,
      clock,
      logger,
      publicUrl,
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
  })
  let firstToken: string | null
  try {
    await web.start(house.receive)
    address = web.address
    firstToken = await store.transaction(async (trx) => {
      await forgetExpired(trx, clock())
      return createFirstLink(trx, clock())
    })
  } catch (error) {
    await web.stop()
    await house.close()
    throw error
  }
  return {
    address,
    firstLink: firstToken && `${publicUrl()}/sign-in/${firstToken}`,
    async stop() {
      await web.stop()
      await house.close()
    },
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
): Promise<void> {
  const house = await openHouse(
    config,
    logger,
    clock,
    () => config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT),
  )
  let user: string | undefined
  try {
    user = as === undefined ? undefined : await terminalUserOf(house.store, as, clock())
  } catch (error) {
    await house.close()
    throw error
  }
  const platform = createTerminalPlatform({
    ...terminal,
    user,
    clock,
    logger,
    welcome: welcomeCard(terminal.language),
  })
  await platform.start(house.receive)
  await platform.ended
  await platform.stop()
  await house.close()
}

/** The terminal's account of a person: their id. Throws PlainError where nobody, or several, are meant. */
function terminalUserOf(store: Store, nameOrId: string, now: Date): Promise<string> {
  return store.transaction(async (trx) => {
    const { id } = await findPerson(trx, nameOrId)
    const account = { platform: 'terminal', installation: 'local', user: id }
    // Nobody can be reached there.
    await linkAccount(trx, account, id, now, { prefer: false })
    return id
  })
}
