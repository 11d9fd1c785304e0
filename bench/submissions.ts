/**
 * A thousand people who fill in a proposal, and 100,000 that are stored:
 * `npm run bench:submissions -- [--quick] [--json] [--write] [--postgres]`. What is measured, and how, stands in
 * docs/benchmarks.md, whose tables `--write` renews.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { StoreLocation } from '../src/store/store.ts'
import { startPostgres } from '../test/store/postgres-server.ts'
import type { FillingOrder, FillingReport } from './submissions/filling-process.ts'
import { type Figures, report } from './submissions/report.ts'
import { killAll, runProcess } from './submissions/run-process.ts'
import type { StoredOrder, StoredReport } from './submissions/stored-process.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})
const people = options.quick ? 100 : 1000
const count = options.quick ? 5000 : 100_000
const rounds = options.quick ? 20 : 200
/** Between two answers of one person, in milliseconds. */
const every = 5000

const folder = mkdtempSync(join(tmpdir(), 'bench-submissions-'))
process.once('exit', () => {
  killAll()
  rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const figures: Figures = { filling: [], looking: [], exporting: [] }
// The server's own clean-up ends the process with code 0 where nothing else holds it: failures end it first.
try {
  await onDatabase('SQLite', async (name) => ({ dataDir: join(folder, name) }))
  if (options.postgres) {
    const postgres = await startPostgres({ durable: true })
    try {
      await onDatabase('PostgreSQL', async (name) => ({
        dataDir: join(folder, `postgres-${name}`),
        databaseUrl: await freshDatabase(postgres.url, name),
      }))
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

async function onDatabase(
  database: string,
  locationOf: (name: string) => Promise<StoreLocation>,
): Promise<void> {
  if (options.only !== 'stored') {
    const order: FillingOrder = { location: await locationOf('filling'), people, every }
    const filled = await runProcess<FillingOrder, FillingReport>('filling', order)
    figures.filling.push({ database, people, report: filled })
    note({ database, turns: filled.latencies.length, wrong: filled.wrong, used: filled.used })
  }
  if (options.only === 'filling') return
  const location = await locationOf('stored')
  const stored = (order: StoredOrder) => runProcess<StoredOrder, StoredReport>('stored', order)
  const { house, seconds } = await stored({ location, do: 'fill', count, people: 1000 })
  note({ database, filled: seconds })
  if (!house) throw new Error('nothing was filled')
  const { looks = {} } = await stored({ location, do: 'look', house, rounds })
  figures.looking.push({ database, looks })
  for (const format of ['xlsx', 'csv'] as const) {
    const done = await stored({ location, do: 'export', house, format })
    figures.exporting.push({ database, format, rows: count, report: done })
    note({ database, format, seconds: done.seconds, peak: done.peak })
  }
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

/** Progress goes to the other channel, so that the table can be redirected to a file. */
function note(what: object): void {
  process.stderr.write(
    `${JSON.stringify(what, (_key, value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value))}\n`,
  )
}
