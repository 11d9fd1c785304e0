import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { createCirculationPort } from '../../src/features/circulation/port.ts'
import { openStore, type Store, type StoreLocation } from '../../src/store/store.ts'
import { settlePeople } from '../events/rush/people.ts'
import { freshLocation } from '../store/each-database.ts'
import type { CirculationProcess } from './circulation/circulation-process.ts'

const script = new URL('./circulation/circulation-process.ts', import.meta.url).pathname
const begun = new Date('2026-03-03T01:00:00Z')
/** After the leases of a process that has died. */
const later = '2026-03-03T01:05:00.000Z'
/** More than two lots of 500 cards. */
const count = 1100
const origin = 'probe:all'
const port = createCirculationPort()

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Runs until it ends; true where it was killed. */
async function run(options: CirculationProcess): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(options)])
    expect(JSON.parse(stdout)).toEqual([])
    return false
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return true
    throw error
  }
}

async function withStore<T>(location: StoreLocation, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(location, { clock: () => begun, databaseClock: () => begun })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** One matter for everybody of a house, which nobody has got yet. */
async function settle(location: StoreLocation): Promise<void> {
  await withStore(location, async (store) => {
    const { root, cadre } = await settlePeople(store, count)
    const audience = { chats: [], people: [], members: [{ organisation: root, role: null, below: true }] }
    await store.transaction((trx) =>
      port.begin(trx, { origin, organisation: root, audience }, { by: cadre, now: begun }),
    )
  })
}

/** How many cards were put into the outbox, for how many, and what the counting says. */
function countAll(location: StoreLocation) {
  return withStore(location, async (store) => {
    const rows = await store.db
      .selectFrom('outbox')
      .select(['state', 'address'])
      .where('operation', '=', 'send')
      .execute()
    const { all } = await port.figures(store.db, origin)
    const waiting = rows.filter(({ state }) => state === 'waiting')
    return {
      cards: rows.length,
      people: new Set(rows.map(({ address }) => JSON.stringify(address))).size,
      waiting: waiting.length,
      state: (await port.find(store.db, origin))?.row.state,
      stopped: all.stopped,
    }
  })
}

test('a process that is killed at any step of a broadcast leaves nobody out and writes to nobody twice', async () => {
  for (const step of ['claimed', 'handled', 'committed'] as const) {
    const location = await freshLocation('sqlite', cleanUps)
    await settle(location)
    // While it is found out who they are, and then with some of their cards laid.
    for (const time of [1, 2]) {
      expect(
        await run({ location, at: time === 1 ? begun.toISOString() : later, kill: { step, time } }),
      ).toBe(true)
    }
    await run({ location, at: '2026-03-03T01:10:00.000Z', kill: null })
    expect({ step, ...(await countAll(location)) }).toEqual({
      ...{ step, cards: count, people: count, waiting: count, state: 'sent', stopped: 0 },
    })
  }
}, 60_000)

test('two replicas that send one broadcast, one of which dies in the midst, write to each once', async () => {
  const location = await freshLocation('postgres', cleanUps)
  await settle(location)
  await Promise.all([
    run({ location, at: begun.toISOString(), kill: { step: 'handled', time: 2 } }),
    run({ location, at: begun.toISOString(), kill: null }),
  ])
  await run({ location, at: later, kill: null })
  expect(await countAll(location)).toEqual({
    ...{ cards: count, people: count, waiting: count, state: 'sent', stopped: 0 },
  })
}, 60_000)

test('what was stopped while its process was gone stays stopped after the next start', async () => {
  const location = await freshLocation('sqlite', cleanUps)
  await settle(location)
  expect(await run({ location, at: begun.toISOString(), kill: { step: 'committed', time: 2 } })).toBe(true)
  const half = await countAll(location)
  expect(half).toMatchObject({ cards: 500, waiting: 500, state: 'sending' })
  const left = await withStore(location, (store) => store.transaction((trx) => port.stop(trx, origin, begun)))
  expect(left).toBe(count)
  await run({ location, at: later, kill: null })
  expect(await countAll(location)).toMatchObject({ cards: 500, waiting: 0, state: 'stopped', stopped: count })
}, 60_000)
