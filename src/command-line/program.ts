import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, CommanderError } from 'commander'
import type { Language } from '../chat/language.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import type { SearchEngine } from '../knowledge/search/search-engine.ts'
import { type CleanLogger, createLogger } from '../log/create-logger.ts'
import { explainError, tolerateMissingMessages, translate } from '../messages/translate.ts'
import { PromptError } from '../model/prompt-file.ts'
import { addressOf } from '../platforms/web/address.ts'
import type { Store } from '../store/store.ts'
import { explainUsage } from './explain-usage.ts'
import type { RunInHouse } from './kb.ts'
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
  const { openKnowledge, openLibrary } = await import('../open-library.ts')
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
      const { answerLine, answerText, ask, questionLine, readQuestionFile } = await import('./ask.ts')
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
  .action((file: string) =>
    run(async (config) => {
      const { evaluate } = await import('./evaluate.ts')
      await withEngine(config, (engine) => evaluate(engine, file, print))
    }),
  )

program
  .command('gaps')
  .description(say('help.gaps'))
  .action(() =>
    runInLibrary(async ({ store }) => {
      const { gapsCard } = await import('./gaps.ts')
      const { listGaps } = await import('../features/policy/answer-log.ts')
      const { cardToText } = await import('../platforms/text/render-card.ts')
      print(cardToText(gapsCard(await listGaps(store.db), language), { buttons: 'none' }))
    }),
  )

const runInLibrary: RunInHouse = (task) =>
  run(async (config) => {
    const { openLibrary } = await import('../open-library.ts')
    const { store, blobs } = await openLibrary(config, silent, clock)
    try {
      await task({ store, blobs, knowledgeDir: config.KNOWLEDGE_DIR, language, now: clock, print })
    } finally {
      await store.close()
    }
  })

async function withStore(config: Config, task: (store: Store) => Promise<void>): Promise<void> {
  const { openStore } = await import('../store/store.ts')
  const store = await openStore({ dataDir: config.DATA_DIR, databaseUrl: config.DATABASE_URL })
  try {
    await task(store)
  } finally {
    await store.close()
  }
}

/** By its first word: adds a group of commands. Only the one that is named is loaded, which takes most of its time. */
const groups: Record<string, () => Promise<void>> = {
  async kb() {
    const { addKbCommands } = await import('./kb.ts')
    addKbCommands(program, language, runInLibrary)
  },
  async hints() {
    const { addHintCommands } = await import('./hints.ts')
    addHintCommands(program, language, runInLibrary)
  },
  async people() {
    const { addPeopleCommands } = await import('./people.ts')
    addPeopleCommands(program, language, (task) =>
      run((config) => {
        const address = config.PUBLIC_URL ?? addressOf(config.HOST, config.PORT)
        return withStore(config, (store) => task({ store, address, language, now: clock, print }))
      }),
    )
  },
  async submissions() {
    const { addSubmissionCommands } = await import('./submissions.ts')
    const { openSubmissions } = await import('./open-submissions.ts')
    const { namedTemplates } = await import('../features/submissions/ledger/named-templates.ts')
    addSubmissionCommands(program, language, (task) =>
      run((config, logger) =>
        withStore(config, async (store) => {
          const context = await openSubmissions(config, logger, store)
          const templates = namedTemplates(join(config.KNOWLEDGE_DIR, 'ledgers'))
          await task({ context, templates, language, print })
        }),
      ),
    )
  },
  async events() {
    const { addEventCommands } = await import('./events.ts')
    const { openEvents } = await import('./open-events.ts')
    addEventCommands(program, language, (task) =>
      run((config, logger) =>
        withStore(config, async (store) =>
          task({ context: await openEvents(config, logger, store), language, print }),
        ),
      ),
    )
  },
  async experts() {
    const { addExpertCommands } = await import('./experts.ts')
    addExpertCommands(program, language, (task) =>
      run((config) => withStore(config, (store) => task({ store, language, print }))),
    )
  },
  async carriers() {
    const { addCarrierCommands } = await import('./carriers.ts')
    const { readCarrierRules } = await import('../features/carriers/rules.ts')
    addCarrierCommands(program, language, (task) =>
      run((config) =>
        withStore(config, (store) => {
          const rules = readCarrierRules(join(config.KNOWLEDGE_DIR, 'carriers.yaml'))
          return task({ store, rules, language, print })
        }),
      ),
    )
  },
  async resources() {
    const { addResourceCommands } = await import('./resources.ts')
    const { openResourceKinds } = await import('../features/resources/kinds.ts')
    addResourceCommands(program, language, (task) =>
      run((config, logger) =>
        withStore(config, (store) => {
          const refused = (file: string, reason: string) =>
            logger.error({ file, reason }, 'the kinds of resources cannot be taken up')
          const kinds = openResourceKinds({ folder: join(config.KNOWLEDGE_DIR, 'resources'), refused })
          return task({ store, kinds, language, print })
        }),
      ),
    )
  },
  async collections() {
    const { addCollectionCommands } = await import('./collections.ts')
    addCollectionCommands(program, language, {
      check: (task) =>
        run(async () => {
          const fail = () => {
            process.exitCode = 1
          }
          await task({ language, print, fail, now: clock() })
        }),
      store: (task) => run((config) => withStore(config, (store) => task({ store, language, print }))),
    })
  },
  async outbox() {
    const { addOutboxCommands } = await import('./outbox.ts')
    addOutboxCommands(program, language, (task) =>
      run((config) => withStore(config, (store) => task({ store, language, print }))),
    )
  },
  async calendar() {
    const { addCalendarCommands } = await import('./calendar.ts')
    const { createCalendarFiles } = await import('../timers/calendar/calendar-files.ts')
    addCalendarCommands(program, language, (task) =>
      run((config) =>
        withStore(config, async (store) => {
          const folder = join(config.KNOWLEDGE_DIR, 'calendar')
          await createCalendarFiles({ store, folder, clock, logger: silent }).load()
          await task({ store, language, now: clock, print })
        }),
      ),
    )
  },
  async doctor() {
    const { addDoctorCommand } = await import('./doctor.ts')
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
  },
}

/** Adds the group that the arguments name; where they ask for help, all of them. */
async function addGroups([first = 'help']: readonly string[]): Promise<void> {
  if (Object.hasOwn(groups, first)) await groups[first]!()
  else if (first === 'help' || first.startsWith('-')) for (const add of Object.values(groups)) await add()
}

/** Runs the command that the arguments name. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  // Whoever reads the output may stop reading (`| head`); that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const words = withoutLanguageOption(argv)
  await addGroups(words.slice(2))
  try {
    await program.parseAsync(words)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode
    if (error.exitCode !== 0 && error.code !== 'commander.help')
      process.stderr.write(`${explainUsage(error, language)}\n`)
  }
}
