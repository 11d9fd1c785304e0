import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { StoreLocation } from '../src/store/store.ts'
import { startPostgres } from '../test/store/postgres-server.ts'

/** A place for a database of this name in which nothing is. */
export type LocationOf = (name: string) => Promise<StoreLocation>

/**
 * Runs a benchmark in a folder that goes with the process, and ends the process.
 * @param atEnd What else is cleared away, such as processes that it started; default: nothing.
 */
export async function runBenchmark(
  name: string,
  work: (folder: string) => Promise<void>,
  atEnd: () => void = () => {},
): Promise<never> {
  const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`))
  process.once('exit', () => {
    atEnd()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  // The server's own clean-up ends the process with code 0 where nothing else holds it: failures end it first.
  try {
    await work(folder)
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
  process.exit(0)
}

/** Measures on SQLite, then on a PostgreSQL server of its own where that is wanted. */
export async function onEachDatabase(
  folder: string,
  { postgres }: { postgres: boolean },
  measure: (database: 'SQLite' | 'PostgreSQL', locationOf: LocationOf) => Promise<void>,
): Promise<void> {
  const dataDir = (name: string) => {
    const path = join(folder, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  await measure('SQLite', async (name) => ({ dataDir: dataDir(name) }))
  if (!postgres) return
  const server = await startPostgres({ durable: true })
  try {
    await measure('PostgreSQL', async (name) => ({
      dataDir: dataDir(`postgres-${name}`),
      databaseUrl: await freshDatabase(server.url, name),
    }))
  } finally {
    await server.stop()
  }
}

/** What PostgreSQL's own housekeeping does within a minute or two of so many rows. Without effect on SQLite. */
export async function keepHouse({ databaseUrl }: StoreLocation): Promise<void> {
  if (databaseUrl === undefined) return
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('vacuum analyze')
  } finally {
    await client.end()
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
