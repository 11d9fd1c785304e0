/**
 * Two thousand people who press for a hundred seats, and lists over a million registrations:
 * `npm run bench:events -- [--quick] [--json] [--write] [--postgres] [--only rush|stored] [--people 2000] [--seats 100]
 * [--events 10000] [--registrations 1000000]`. What is measured, and how, stands in docs/benchmarks.md, whose tables
 * `--write` renews.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openStore, type StoreLocation } from '../src/store/store.ts'
import { settlePeople } from '../test/events/rush/people.ts'
import { rush } from '../test/events/rush/rush.ts'
import { startPostgres } from '../test/store/postgres-server.ts'
import { timeBarePresses } from './events/bare-presses.ts'
import { look } from './events/look.ts'
import { type Figures, type RushFigures, report } from './events/report.ts'
import { storeEvents } from './events/store-events.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    only: { type: 'string' },
    people: { type: 'string' },
    seats: { type: 'string' },
    events: { type: 'string' },
    registrations: { type: 'string' },
  },
})
const numberOr = (given: string | undefined, quick: number, full: number) =>
  Number(given ?? (options.quick ? quick : full))
const people = numberOr(options.people, 300, 2000)
const seats = numberOr(options.seats, 100, 100)
const events = numberOr(options.events, 1000, 10_000)
const registrations = numberOr(options.registrations, 100_000, 1_000_000)
const rounds = options.quick ? 20 : 200
/** Who registers for the stored events. */
const registrants = 20_000
/** Over how long people press, in milliseconds: as they would, and all at the same moment. */
const spans = [1000, 0]

const folder = mkdtempSync(join(tmpdir(), 'bench-events-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const figures: Figures = { rushes: [], looking: [] }
// The server's own clean-up ends the process with code 0 where nothing else holds it: failures end it first.
try {
  await onDatabase('SQLite', 1, async (name) => ({ dataDir: dataDir(name) }))
  if (options.postgres) {
    const postgres = await startPostgres({ durable: true })
    try {
      await onDatabase('PostgreSQL', 3, async (name) => ({
        dataDir: dataDir(`postgres-${name}`),
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
  processes: number,
  locationOf: (name: string) => Promise<StoreLocation>,
): Promise<void> {
  if (options.only !== 'stored') {
    for (const within of spans) {
      const location = await locationOf(`rush_${within}`)
      // Measured where all press at once: else it would be the second in which they do.
      const bare = within === 0 ? await locationOf('bare') : null
      figures.rushes.push(await timeRush(database, processes, location, within, bare))
    }
  }
  if (options.only === 'rush') return
  const store = await openStore(await locationOf('stored'))
  try {
    const began = performance.now()
    const house = await settlePeople(store, registrants)
    const ids = await storeEvents(store, house, { events, registrations, people: registrants })
    note({ database, filled: (performance.now() - began) / 1000 })
    const looks = await look(store, house, ids, rounds)
    figures.looking.push({ database, events, registrations, looks })
  } finally {
    await store.close()
  }
}

async function timeRush(
  database: string,
  processes: number,
  location: StoreLocation,
  within: number,
  into: StoreLocation | null,
): Promise<RushFigures> {
  const result = await rush(location, { processes, people, seats, within })
  const bare = into && (await timeBarePresses(location, result.event, into, processes))
  const { answered, rushed, settledAfter, deliveredAfter } = result
  const given = rushed.states.filter((state) => state === 'confirmed').length
  const said = (start: RegExp) => answered.filter((one) => start.test(one.said)).length
  const queued = said(/^已收到/)
  const figure = {
    ...{ database, processes, people, seats, within, queued, given, settledAfter, deliveredAfter, bare },
    acknowledged: answered.map(({ took }) => took),
    failed: answered.length - queued - said(/^(?:报名成功|名额已满)/),
    disorder:
      rushed.states.filter((state, at) => (state === 'confirmed') !== at < given).length +
      rushed.wrong.length,
    lost: people - rushed.states.length,
  }
  note({ ...figure, acknowledged: undefined })
  return figure
}

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

/** Progress goes to the other channel, so that the table can be redirected to a file. */
function note(what: object): void {
  const short = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(2)) : value
  process.stderr.write(`${JSON.stringify(what, short)}\n`)
}
