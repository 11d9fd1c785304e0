/**
 * How much of the database's speed is left above it: `npm run bench:ground -- [--quick] [--json] [--write]`. Messages a
 * second through inbox, a trivial feature and outbox beside the same rows written bare, and how long an interaction
 * takes. What is measured, and how, stands in docs/benchmarks.md, whose tables `--write` renews.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreLocation } from '../src/store/store.ts'
import { startPostgres } from '../test/store/postgres-server.ts'
import { describeMachine, formatMs, markdownTable, quantile } from './figures.ts'
import { Processes } from './ground/processes.ts'
import { readOptions } from './options.ts'

interface Rates {
  database: string
  processes: number
  /** Messages a second, of each pair. */
  bare: number[]
  ground: number[]
}

interface Clicks {
  database: string
  count: number
  failed: number
  median: number
  p99: number
  slowest: number
  bareMedian: number
  bareP99: number
}

const options = readOptions({ flags: ['write'] })
const pairs = options.quick ? 1 : 5
const messages = options.quick ? 500 : 1500
const clickSeconds = options.quick ? 3 : 15
const clicksPerSecond = 100
const messagesPerSecond = 20
const barePerSecond = 10
/** What is aimed at. */
const share = 0.25
const longestClick = 50

const folder = mkdtempSync(join(tmpdir(), 'bench-ground-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const running = new Set<Processes>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const processes of running) processes.kill()
    process.exit(1)
  })
}

const rates: Rates[] = []
const clicks: Clicks[] = []
// The server's own clean-up ends the process with code 0 where nothing else holds it: failures end it first.
try {
  await measureDatabase('SQLite', { dataDir: folder }, [1])
  const postgres = await startPostgres({ durable: true })
  try {
    await measureDatabase('PostgreSQL', { dataDir: folder, databaseUrl: postgres.url }, [1, 3])
  } finally {
    await postgres.stop()
  }
  report()
} catch (error) {
  console.error(error)
  process.exit(1)
}

async function measureDatabase(database: string, location: StoreLocation, counts: number[]): Promise<void> {
  for (const count of counts) {
    await withProcesses(location, count, async (processes) => {
      const row: Rates = { database, processes: count, bare: [], ground: [] }
      rates.push(row)
      // Code that was never run is slow; the first messages are nobody's measure.
      await processes.timeBare(`warm-up-bare-${count}`, 200)
      await processes.timeGround(`warm-up-${count}`, 200)
      for (let pair = 0; pair < pairs; pair++) {
        const run = `${count}-${pair}`
        const bare = async () => row.bare.push(rate(await processes.timeBare(`bare-${run}`, messages)))
        const ground = async () =>
          row.ground.push(rate(await processes.timeGround(`ground-${run}`, messages)))
        for (const part of pair % 2 === 0 ? [bare, ground] : [ground, bare]) await part()
      }
      note(
        `${database}, ${count} processes: ${row.ground.map(Math.round)} of ${row.bare.map(Math.round)} a second`,
      )
    })
  }
  await withProcesses(location, 1, async (processes) => {
    await processes.tell({ do: 'start' })
    const loop = {
      do: 'click',
      clicks: clicksPerSecond,
      messages: messagesPerSecond,
      bare: barePerSecond,
    } as const
    await processes.tell({ ...loop, run: 'warm-up-clicks', seconds: 2 })
    const [result] = await processes.tell({ ...loop, run: 'clicks', seconds: clickSeconds })
    await processes.tell({ do: 'stop' })
    const { latencies = [], bareLatencies = [], failed = 0 } = result ?? {}
    clicks.push({
      ...{ database, count: latencies.length, failed },
      median: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      slowest: quantile(latencies, 1),
      bareMedian: quantile(bareLatencies, 0.5),
      bareP99: quantile(bareLatencies, 0.99),
    })
    note(`${database}: ${JSON.stringify(clicks.at(-1))}`)
  })
}

async function withProcesses(
  location: StoreLocation,
  count: number,
  measure: (processes: Processes) => Promise<void>,
): Promise<void> {
  const processes = new Processes(location, count)
  running.add(processes)
  try {
    await processes.tell({ do: 'open' })
    await measure(processes)
    await processes.close()
  } finally {
    processes.kill()
    running.delete(processes)
  }
}

function rate(milliseconds: number): number {
  return (messages * 1000) / milliseconds
}

/** The median of what each pair gives: both halves of it met the same disk and the same neighbours. */
function shareOf({ bare, ground }: Rates): number {
  return quantile(
    ground.map((one, pair) => one / bare[pair]!),
    0.5,
  )
}

function report(): void {
  if (options.json) {
    console.log(JSON.stringify({ machine: describeMachine(), rates, clicks }))
  } else {
    console.log(tables())
    const slow = rates
      .filter((row) => shareOf(row) < share)
      .map(({ database, processes }) => `${database} × ${processes}`)
    const late = clicks
      .filter(({ p99, failed }) => !(p99 < longestClick) || failed > 0)
      .map(({ database }) => database)
    console.log(
      `\nA quarter of the bare rate: ${verdict(slow)}; p99 of a click under 50 ms: ${verdict(late)}.`,
    )
  }
  if (options.write) writeTables()
}

function verdict(missed: readonly string[]): string {
  return missed.length === 0 ? 'reached' : `not reached (${missed.join(', ')})`
}

function tables(): string {
  return [
    describeMachine(),
    markdownTable([
      ['database', 'processes', 'bare msg/s', 'ours msg/s', 'share', 'shares of the pairs'],
      ...rates.map((row) => [
        ...[row.database, String(row.processes)],
        ...[quantile(row.bare, 0.5).toFixed(0), quantile(row.ground, 0.5).toFixed(0)],
        shareOf(row).toFixed(2),
        row.ground.map((one, pair) => (one / row.bare[pair]!).toFixed(2)).join(' '),
      ]),
    ]),
    markdownTable([
      ['database', 'clicks', 'failed', 'median ms', 'p99 ms', 'slowest ms', 'bare median ms', 'bare p99 ms'],
      ...clicks.map((row) => [
        ...[row.database, String(row.count), String(row.failed)],
        ...[formatMs(row.median), formatMs(row.p99), formatMs(row.slowest)],
        ...[formatMs(row.bareMedian), formatMs(row.bareP99)],
      ]),
    ]),
  ].join('\n\n')
}

/** Puts the tables between their two marks in the page. */
function writeTables(): void {
  const page = 'docs/benchmarks.md'
  const marks = /(<!-- bench:ground -->\n)[\s\S]*(\n<!-- \/bench:ground -->)/
  const text = readFileSync(page, 'utf8')
  if (!marks.test(text)) throw new Error(`${page} has no place for the tables`)
  writeFileSync(
    page,
    text.replace(marks, (_all, begin, end) => `${begin}\n${tables()}\n${end}`),
  )
}

/** Progress goes to the other channel, so that the table can be redirected to a file. */
function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
