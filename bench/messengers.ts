/**
 * How fast the whole bot is in a messenger: `npm run bench:messengers -- [--quick] [--json] [--write] [--postgres]`.
 * Answers a second beside an app of the vendor's SDK alone, and how soon questions are acknowledged and answered. What
 * is measured, and how, stands in docs/benchmarks.md, whose tables `--write` renews.
 */
import { join } from 'node:path'
import { startPostgres } from '../test/store/postgres-server.ts'
import { openFeishu } from './messengers/feishu-messenger.ts'
import { type Latencies, Load } from './messengers/load.ts'
import type { Messenger, MessengerOptions } from './messengers/messenger.ts'
import { isWhole, type LatencyRow, type RateRow, report } from './messengers/report.ts'
import { openSlack } from './messengers/slack-messenger.ts'
import { killAll, type Subject, startBare, startBot } from './messengers/subject.ts'
import { noteProgress } from './note-progress.ts'
import { readOptions } from './options.ts'
import { runBenchmark } from './run-benchmark.ts'
import { readJsonLines } from './statutes.ts'
import { type AskedQuestion, varyQuestions } from './vary-questions.ts'

const options = readOptions({ flags: ['write', 'postgres'], texts: ['only'] })
const people = 200
/** As many as keep both busy, and as get their answers before anybody is told that it takes longer. */
const atOnce = 64
const pairs = options.quick ? 1 : 3
const perRun = options.quick ? 400 : 2000
const warmUp = options.quick ? 200 : 600
const perSecond = 20
const seconds = options.quick ? 5 : 100

const messengers = { Slack: openSlack, Feishu: openFeishu }
type Name = keyof typeof messengers
const names: Name[] = ['Slack', 'Feishu']
const transports = ['connection', 'http'] as const
type Transport = MessengerOptions['transport']

const asked = ['development', 'blind'].flatMap((name) =>
  readJsonLines<AskedQuestion>(`test/data/questions-${name}.jsonl`),
)
const questions = varyQuestions(
  asked.map(({ question }) => ({ question, history: [] })),
  Math.max(perRun, perSecond * seconds),
).map(({ question }) => question)

const rates: RateRow[] = []
const latencies: LatencyRow[] = []
let runs = 0

/** Where the bots' own databases are. */
let folder = ''
const work = async (own: string) => {
  folder = own
  await onDatabase('SQLite', '')
  if (options.postgres) {
    const postgres = await startPostgres({ durable: true })
    try {
      await onDatabase('PostgreSQL', postgres.url)
    } finally {
      await postgres.stop()
    }
  }
  report({ rates, latencies }, options)
}
await runBenchmark('messengers', work, killAll)

async function onDatabase(database: string, url: string): Promise<void> {
  for (const name of names) {
    for (const transport of transports) {
      if (options.only && options.only !== `${name} ${transport}`) continue
      await measureRate(database, url, name, transport)
    }
  }
  for (const transport of transports) {
    if (options.only && options.only !== `latency ${transport}`) continue
    await measureLatency(database, url, transport)
  }
}

/** Pairs of runs, each beginning with the other: both halves of a pair meet the same neighbours. */
async function measureRate(database: string, url: string, name: Name, transport: Transport): Promise<void> {
  const open = () => messengers[name]({ transport, people, limited: false })
  const [forBot, forBare] = [await open(), await open()]
  const bot = await startBot({ ...forBot.environment, ...storeAt(url) }, { raised: true })
  const bare = await startBare(name, forBare.environment)
  const ours = loadOf(forBot, bot)
  const theirs = loadOf(forBare, bare)
  const row: RateRow = {
    ...{ database, messenger: name, transport, outcome: ours.outcome },
    ...{ ours: [], bare: [], oursUsed: [], bareUsed: [], busy: [] },
  }
  // Code that was never run is slow, and everybody is looked up once; neither is the measure of anything.
  await ours.saturate(questions.slice(0, warmUp), atOnce)
  await theirs.saturate(questions.slice(0, warmUp), atOnce)
  const run = async (load: Load, subject: Subject, into: number[], used: number[]) => {
    const [start, before, own] = [performance.now(), subject.used(), process.cpuUsage()]
    const { answers, perSecond } = await load.saturate(questions.slice(0, perRun), atOnce)
    into.push(perSecond)
    used.push((subject.used() - before) / answers)
    const { user, system } = process.cpuUsage(own)
    row.busy.push((user + system) / 1000 / (performance.now() - start))
  }
  for (let pair = 0; pair < pairs; pair += 1) {
    const runs = [
      () => run(theirs, bare, row.bare, row.bareUsed),
      () => run(ours, bot, row.ours, row.oursUsed),
    ]
    for (const next of pair % 2 === 0 ? runs : runs.reverse()) await next()
  }
  if (!isWhole(theirs.outcome))
    throw new Error(`the bare app answered wrongly: ${JSON.stringify(theirs.outcome)}`)
  rates.push(row)
  noteProgress(row)
  await close([forBot, forBare], [bot, bare])
}

/** Both messengers at the same time, each with its own flow of questions. */
async function measureLatency(database: string, url: string, transport: Transport): Promise<void> {
  const opened = await Promise.all(
    names.map((name) => messengers[name]({ transport, people, limited: true })),
  )
  const environment = Object.assign({}, ...opened.map((one) => one.environment))
  const bot = await startBot({ ...environment, ...storeAt(url) }, { raised: false })
  const loads = opened.map((one) => loadOf(one, bot))
  await Promise.all(loads.map((load) => load.flow(questions.slice(0, 3 * perSecond), perSecond)))
  const flows: Latencies[] = await Promise.all(
    loads.map((load) => load.flow(questions.slice(0, perSecond * seconds), perSecond)),
  )
  for (const [at, flow] of flows.entries()) {
    const row: LatencyRow = {
      database,
      messenger: names[at]!,
      transport,
      ...flow,
      outcome: loads[at]!.outcome,
    }
    latencies.push(row)
    noteProgress({ messenger: row.messenger, transport, outcome: row.outcome })
  }
  await close(opened, [bot])
}

/** Each bot begins with a database of its own. */
function storeAt(url: string): Record<string, string> {
  runs += 1
  return { DATA_DIR: join(folder, `data-${runs}`), ...(url ? { DATABASE_URL: url } : {}) }
}

function loadOf(messenger: Messenger, { address }: Subject): Load {
  messenger.target = address
  return new Load(messenger, people)
}

async function close(opened: Messenger[], subjects: Subject[]): Promise<void> {
  await Promise.all(subjects.map((subject) => subject.stop()))
  await Promise.all(opened.map((messenger) => messenger.close()))
}
