import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Receive } from './chat/platform.ts'
import type { Config } from './config.ts'
import { createDispatch } from './conversation/dispatch.ts'
import { welcomeCard } from './features/policy/policy-cards.ts'
import { createPolicyFeature } from './features/policy/policy-feature.ts'
import { guest } from './knowledge/clause.ts'
import { KnowledgeBase } from './knowledge/knowledge-base.ts'
import { importSeed } from './knowledge/library/import-seed.ts'
import { PlainError } from './messages/plain-error.ts'
import { createChatModel } from './model/create-chat-model.ts'
import { loadPrompts } from './model/prompt-file.ts'
import type { Logger } from './platforms/logger.ts'
import { createTerminalPlatform, type TerminalOptions } from './platforms/terminal/platform.ts'
import { createWebPlatform } from './platforms/web/platform.ts'
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

/** Everything behind the platforms, wired. */
async function openHouse(config: Config, logger: Logger, clock: () => Date): Promise<House> {
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
      readersOf: async () => [guest],
      model: chat && { chat, prompts },
    })
    return {
      receive: createDispatch([policy], policy.answer),
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
  stop(): Promise<void>
}

/** Starts the bot on every configured platform. */
export async function startBot(
  config: Config,
  logger: Logger,
  clock = () => new Date(),
): Promise<RunningBot> {
  const house = await openHouse(config, logger, clock)
  const web = createWebPlatform({
    host: config.HOST,
    port: config.PORT,
    questionsPerMinute: config.QUESTIONS_PER_MINUTE,
    clock,
    logger,
    welcome: welcomeCard,
  })
  try {
    await web.start(house.receive)
  } catch (error) {
    await house.close()
    throw error
  }
  return {
    address: web.address,
    async stop() {
      await web.stop()
      await house.close()
    },
  }
}

/** The chat in the terminal, until the person leaves. */
export async function runTerminalChat(
  config: Config,
  logger: Logger,
  terminal: Pick<TerminalOptions, 'input' | 'output' | 'language'>,
  clock = () => new Date(),
): Promise<void> {
  const house = await openHouse(config, logger, clock)
  const platform = createTerminalPlatform({
    ...terminal,
    clock,
    logger,
    welcome: welcomeCard(terminal.language),
  })
  await platform.start(house.receive)
  await platform.ended
  await platform.stop()
  await house.close()
}
