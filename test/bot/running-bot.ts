import { type Config, settings } from '../../src/config.ts'
import { createLogger } from '../../src/log/create-logger.ts'
import { startBot } from '../../src/main.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import type { StoreLocation } from '../../src/store/store.ts'
import { fillIndex, keepIndex } from './index-cache.ts'

/** A bot on its own port, with the time standing where the test puts it. */
export interface TestBot {
  address: string
  /** What it logged as errors, message and stack; not what it told people plainly. */
  errors: string[]
  /** Every line of the log, as it is written. */
  log: string[]
  /** The link that makes the first administrator; null where there is one. */
  firstLink: string | null
  /** The clock was set on. */
  wake(): void
  stop(): Promise<void>
}

/** Starts the whole bot as `kexie start` does, web chat and all. */
/** 32 bytes that encrypt nothing of anybody's. */
export const testDataKey = Buffer.alloc(32, 'kexie').toString('base64')

export async function startTestBot(
  { dataDir, databaseUrl }: StoreLocation,
  clock: () => Date = () => new Date(),
  changes: Partial<Record<keyof Config, string>> = {},
): Promise<TestBot> {
  await fillIndex(dataDir)
  const config = settings.parse({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    DATA_KEY: testDataKey,
    QUESTIONS_PER_MINUTE: '10000',
    ...changes,
  })
  const errors: string[] = []
  const log: string[] = []
  const written = createLogger('debug', { write: (line) => log.push(line) })
  const logger = {
    info: (details: object, message: string) => written.info(details, message),
    warn: (details: object, message: string) => written.warn(details, message),
    error: (details: object, message: string) => {
      written.error(details, message)
      const error = 'err' in details ? details.err : undefined
      if (error instanceof PlainError) return
      errors.push(`${message} ${error instanceof Error ? error.stack : ''}`)
    },
  }
  const bot = await startBot(config, logger, clock, clock)
  await keepIndex(dataDir)
  const { address, firstLink, wake } = bot
  return { address, firstLink, errors, log, wake, stop: () => bot.stop() }
}
