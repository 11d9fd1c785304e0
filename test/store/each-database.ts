import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, inject } from 'vitest'
import { type Blobs, openBlobs } from '../../src/store/blobs.ts'
import type { DialectName } from '../../src/store/connections.ts'
import { openStore, type Store, type StoreLocation, type StoreOptions } from '../../src/store/store.ts'

export interface OpenedStore {
  store: Store
  blobs: Blobs
  /** Where it lives, to open it a second time or in another process. */
  location: StoreLocation
}

/** A fresh, empty database each call, or the one at `at` once more. Closed and cleared after the test. */
export type Open = (options?: { at?: StoreLocation } & StoreOptions) => Promise<OpenedStore>

/** Runs a suite on every database, each test on a fresh one. */
export function describeEachDatabase(name: string, suite: (open: Open, dialect: DialectName) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${name} (${dialect})`, () => {
      const cleanUps: (() => Promise<void>)[] = []
      afterEach(async () => {
        // Last opened, first closed: a database can only be dropped when nobody is connected to it.
        for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
      })
      suite(async ({ at, ...options } = {}) => {
        const location = at ?? (await freshLocation(dialect, cleanUps))
        const store = await openStore(location, options)
        cleanUps.push(() => store.close())
        return { store, blobs: openBlobs(store, location), location }
      }, dialect)
    })
  }
}

/**
 * A place with a database in which nothing is, and how to clear it.
 * @param migrated Whether its tables are there. Default true.
 */
export async function freshLocation(
  dialect: DialectName,
  cleanUps: (() => Promise<void>)[],
  { migrated = true } = {},
): Promise<StoreLocation> {
  const dataDir = await mkdtemp(join(inject('runFolder'), 'kexie-data-'))
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }))
  if (dialect === 'sqlite') {
    const template = migrated && (await fetchText(`${inject('databaseBroker')}/sqlite`))
    if (template) await copyFile(join(template, 'kexie.db'), join(dataDir, 'kexie.db'))
    return { dataDir }
  }
  const broker = inject('databaseBroker')
  const databaseUrl = await fetchText(`${broker}/make/${migrated ? 'migrated' : 'empty'}`)
  cleanUps.push(async () => void (await fetchText(`${broker}/drop${new URL(databaseUrl).pathname}`)))
  return { dataDir, databaseUrl }
}

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))))
    }).on('error', reject)
  })
}
