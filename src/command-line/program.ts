import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, CommanderError } from 'commander'
import type { Language } from '../chat/language.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { readCarrierRules } from '../features/carriers/rules.ts'
import { listGaps } from '../features/policy/answer-log.ts'
import { openResourceKinds } from '../features/resources/kinds.ts'
import { namedTemplates } from '../features/submissions/ledger/named-templates.ts'
import type { SearchEngine } from '../knowledge/search/search-engine.ts'
import { type CleanLogger, createLogger } from '../log/create-logger.ts'
import { explainError, tolerateMissingMessages, translate } from '../messages/translate.ts'
import { PromptError } from '../model/prompt-file.ts'
import { openKnowledge, openLibrary } from '../open-library.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import { addressOf } from '../platforms/web/address.ts'
import { openStore } from '../store/store.ts'
import { createCalendarFiles } from '../timers/calendar/calendar-files.ts'
import { answerLine, answerText, ask, questionLine, readQuestionFile } from './ask.ts'
import { addCalendarCommands } from './calendar.ts'
import { addCarrierCommands } from './carriers.ts'
import { addDoctorCommand } from './doctor.ts'
import { evaluate } from './evaluate.ts'
import { addEventCommands } from './events.ts'
import { addExpertCommands } from './experts.ts'
import { explainUsage } from './explain-usage.ts'
import { gapsCard } from './gaps.ts'
import { addHintCommands } from './hints.ts'
import { addKbCommands, type RunInHouse } from './kb.ts'
import { openEvents } from './open-events.ts'
import { openSubmissions } from './open-submissions.ts'
import { addOutboxCommands } from './outbox.ts'
import { addPeopleCommands } from './people.ts'
import { addResourceCommands } from './resources.ts'
import { addSubmissionCommands } from './submissions.ts'
import { languageOfTerminal, withoutLanguageOption } from './terminal-language.ts'

const language: Language = languageOfTerminal(process.argv)
const say = (key: string, values?: Record<string, string | number>) =>
  translate(language, `command-line:${key}`, values)
const print = (text: string) => process.stdout.write(`${text}\n`)
const clock = () => new Date()
/** The bot with all platforms: what it needs takes longer to load than most commands take to run. */
const bot = () => import('../main.ts')
/** Commands print answers; what the library says on the way is for the server's log, not for them. */
const silent = createLogger('silent')

/** Runs a command; whatever it throws becomes one plain message and exit code 1. */
async function run(task: (config: Config, logger: CleanLogger) => Promise<void>): Promise<void> {
  let logger: CleanLogger | undefined
  try {
    const config = loadConfig({ language })
    const log = createLogger(config.LOG_LEVEL)
    logger = log
    tolerateMissingMessages((key) => log.error({}, `there is no message ${key}`))
    await task(config, log)
  } catch (error) {
    process.exitCode = 1
    const plain = error instanceof ConfigError || error instanceof PromptError
    if (!plain) logger?.debug({ err: error }, 'a command failed')
    process.stderr.write(
      `${plain ? say('setting', { problem: error.message }) : explainError(error, language)}\n`,
    )
  }
}

async function withEngine(config: Config, task: (engine: SearchEngine) => Promise<void>): Promise<void> {
  const { store } = await openLibrary(config, silent, clock)
  try {
    await task((await openKnowledge(config, store, clock)).engine)
  } finally {
    await store.close()
  }
}

const program = new Command('kexie')
  .description(say('help.kexie'))
  .option('--lang <language>', say('help.lang'))
  // Its own words are English only; ours follow from the error it throws. Subcommands take both over.
  .exitOverride()
  .configureOutput({ outputError: () => undefined })

program
  .command('start')
  .description(say('help.start'))
  .action(() =>
    run(async (config, logger) => {
      const { startBot } = await bot()
      const started = await startBot(config, logger, clock)
      print(say('started', { address: started.address }))
      if (started.firstLink) print(say('first-link', { link: started.firstLink }))
      const stop = () => {
        started.stop().then(
          () => process.exit(0),
          () => process.exit(1),
        )
      }
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
    }),
  )

program
  .command('chat')
  .description(say('help.chat'))
  .option('--as <person>', say('help.as'))
  .action((options: { as?: string }) =>
    run(async (config) =>
      (await bot()).runTerminalChat(config, silent, {
        input: process.stdin,
        output: process.stdout,
        language,
        as: options.as,
      }),
    ),
  )

program
  .command('ask [question]')
  .description(say('help.ask'))
  .option('--json', say('help.json'))
  .option('--batch <file>', say('help.batch'))
  .action((question: string | undefined, options: { json?: boolean; batch?: string }) =>
    run(async (config) => {
      await withEngine(config, async (engine) => {
        if (options.batch !== undefined) {
          for await (const line of readQuestionFile(options.batch, questionLine)) {
            print(JSON.stringify(answerLine(engine, line)))
          }
        } else if (!question?.trim()) {
          print(say('ask.nothing'))
          process.exitCode = 1
        } else if (options.json) {
          print(JSON.stringify(answerLine(engine, { id: 'ask', question, history: [] })))
        } else {
          print(answerText(ask(engine, question)))
        }
      })
    }),
  )

program
  .command('eval <file>')
  .description(say('help.eval'))
  .action((file: string) => run((config) => withEngine(config, (engine) => evaluate(engine, file, print))))

program
  .command('gaps')
  .description(say('help.gaps'))
  .action(() =>
    run(async (config) => {
      const { store } = await openLibrary(config, silent, clock)
      try {
        print(cardToText(gapsCard(await listGaps(store.db), language), { buttons: 'none' }))
      } finally {
        await store.close()
      }
    }),
  )

const runInLibrary: RunInHouse = (task) =>
  run(async (config) => {
    const { store, blobs } = await openLibrary(config, silent, clock)
    try {
      await task({ store, blobs, knowledgeDir: config.KNOWLEDGE_DIR, language, now: clock, print })
    } finally {
      await store.close()
    }
  })
addKbCommands(program, language, runInLibrary)
addHintCommands(program, language, runInLibrary)

addPeopleCommands(program, language, (task) =>
  run(async (config) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    const address = config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT)
    try {
      await task({ store, address, language, now: clock, print })
    } finally {
      await store.close()
    }
  }),
)

addSubmissionCommands(program, language, (task) =>
  run(async (config, logger) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      const context = await openSubmissions(config, logger, store)
      const templates = namedTemplates(join(config.KNOWLEDGE_DIR, 'ledgers'))
      await task({ context, templates, language, print })
    } finally {
      await store.close()
    }
  }),
)

addEventCommands(program, language, (task) =>
  run(async (config, logger) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      await task({ context: await openEvents(config, logger, store), language, print })
    } finally {
      await store.close()
    }
  }),
)

addExpertCommands(program, language, (task) =>
  run(async (config) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      await task({ store, language, print })
    } finally {
      await store.close()
    }
  }),
)

addCarrierCommands(program, language, (task) =>
  run(async (config) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      const rules = readCarrierRules(join(config.KNOWLEDGE_DIR, 'carriers.yaml'))
      await task({ store, rules, language, print })
    } finally {
      await store.close()
    }
  }),
)

addResourceCommands(program, language, (task) =>
  run(async (config, logger) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      const refused = (file: string, reason: string) =>
        logger.error({ file, reason }, 'the kinds of resources cannot be taken up')
      const kinds = openResourceKinds({ folder: join(config.KNOWLEDGE_DIR, 'resources'), refused })
      await task({ store, kinds, language, print })
    } finally {
      await store.close()
    }
  }),
)

addOutboxCommands(program, language, (task) =>
  run(async (config) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      await task({ store, language, print })
    } finally {
      await store.close()
    }
  }),
)

addCalendarCommands(program, language, (task) =>
  run(async (config) => {
    const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
    try {
      const folder = join(config.KNOWLEDGE_DIR, 'calendar')
      await createCalendarFiles({ store, folder, clock, logger: silent }).load()
      await task({ store, language, now: clock, print })
    } finally {
      await store.close()
    }
  }),
)

addDoctorCommand(program, language, {
  loadConfig: () => loadConfig({ language }),
  clock,
  wait,
  elapsed: () => performance.now(),
  print,
  tell: (text) => process.stderr.write(`${text}\n`),
  startBot: async (config) => (await bot()).startBot(config, silent, clock),
  fail: () => {
    process.exitCode = 1
  },
})

/** Runs the command that the arguments name. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  // Whoever reads the output may stop reading (`| head`); that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program.parseAsync(withoutLanguageOption(argv))
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode
    if (error.exitCode !== 0 && error.code !== 'commander.help')
      process.stderr.write(`${explainUsage(error, language)}\n`)
  }
}
