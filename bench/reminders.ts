/**
 * Reminders of which very many are due in the same minute:
 * `npm run bench:reminders -- [--quick] [--json] [--write] [--postgres] [--reminders 100000] [--due 10000] [--looks 200]
 * [--seconds 30] [--pace 20]`. What is measured, and how, stands in docs/benchmarks.md, whose tables `--write` renews.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startPostgres } from '../test/store/postgres-server.ts'
import { timeBoss } from './reminders/pg-boss.ts'
import { type Figures, report } from './reminders/report.ts'
import { type Sizes, timeReminders } from './reminders/run-due.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    reminders: { type: 'string' },
    due: { type: 'string' },
    looks: { type: 'string' },
    seconds: { type: 'string' },
    pace: { type: 'string' },
  },
})
const numberOr = (given: string | undefined, quick: number, full: number) =>
  Number(given ?? (options.quick ? quick : full))
const sizes: Sizes = {
  reminders: numberOr(options.reminders, 5000, 100_000),
  due: numberOr(options.due, 1000, 10_000),
  looks: numberOr(options.looks, 50, 200),
  seconds: numberOr(options.seconds, 5, 30),
  pace: numberOr(options.pace, 20, 20),
}

const folder = mkdtempSync(join(tmpdir(), 'bench-reminders-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const figures: Figures = { runs: [], boss: null }
// The server's own clean-up ends the process with code 0 where nothing else holds it: failures end it first.
try {
  figures.runs.push(await timeReminders({ dataDir: dataDir('sqlite') }, 'SQLite', sizes))
  if (options.postgres) {
    const postgres = await startPostgres({ durable: true })
    try {
      const ours = { dataDir: dataDir('postgres'), databaseUrl: await freshDatabase(postgres.url, 'ours') }
      figures.runs.push(await timeReminders(ours, 'PostgreSQL', sizes))
      const theirs = { dataDir: dataDir('boss'), databaseUrl: await freshDatabase(postgres.url, 'boss') }
      figures.boss = await timeBoss(theirs, sizes)
    } finally {
      await postgres.stop()
    }
  }
  report(figures, options)
} catch (error) {
  console.error(error)
  process.exit(1)
}
process.exit(0)

function dataDir(name: string): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true })
  return path
}

async function freshDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
