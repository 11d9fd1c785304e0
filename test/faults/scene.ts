import { setTimeout as wait } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import type { Card } from '../../src/chat/card.ts'
import { openStore, type StoreLocation } from '../../src/store/store.ts'
import type { Tables } from '../../src/store/tables.ts'
import { type Counts, countEffects, type Effect } from './counts.ts'
import { type HouseProcess, startHouse } from './house-process.ts'
import type { Kill, Way } from './steps.ts'
import { createTraffic, type Traffic } from './traffic.ts'
import { type Fate, startVendor, type Vendor, type VendorStep } from './vendor.ts'
import { textOf } from './vendor-platform.ts'

export interface SceneOptions {
  location: StoreLocation
  way: Way
  /** What the vendor does with a call, beside what kills ask for. Default: it goes on. */
  fate?: (step: VendorStep) => Fate
}

/** A vendor, the people who speak through it, a database, and the processes between. */
export interface Scene {
  readonly traffic: Traffic
  readonly vendor: Vendor
  /** Those that run. */
  readonly houses: readonly HouseProcess[]
  /** Starts a process. What is sent goes to any of those that run. */
  start(kill?: Kill | null, blocks?: number): Promise<HouseProcess>
  /** Starts a process that is to end at a step, speaks until it has, and clears it away. */
  killAt(kill: Kill): Promise<void>
  /**
   * Has a process live until all is done, and ends it. Now and then: what was claimed by ten or more that died is
   * rightly given up.
   */
  rest(): Promise<void>
  /** Resolves when everything was acknowledged and nothing waits anywhere. */
  settle(within?: number): Promise<void>
  count(): Promise<Counts>
  /** Ends what runs. */
  close(): Promise<void>
}

/**
 * How long a claim holds, in milliseconds. On PostgreSQL what a dead process held is free after that; on SQLite a start
 * has to free it, so that it would not be free in time otherwise.
 */
const leases = { postgres: 1500, sqlite: 600_000 }
/** How long a process is waited for that is to end at a step. */
const deathWithin = 60_000
/** How soon more is said to one that did not pass the step often enough yet. */
const speakEvery = 500

export async function openScene({ location, way, fate }: SceneOptions): Promise<Scene> {
  const store = await openStore(location)
  await store.transaction(async (trx) => {
    const counter = store.dialect === 'postgres' ? 'serial primary key' : 'integer primary key autoincrement'
    await sql`create table effect (position ${sql.raw(counter)}, kind text, name text)`.execute(trx)
  })
  const lease = leases[store.dialect]
  const houses: HouseProcess[] = []
  /** The one that the vendor kills, and when. */
  let vendorKill: { house: HouseProcess; kill: Kill; passings: number } | null = null
  const vendor = await startVendor(way, (step) => {
    if (vendorKill?.kill.step === step) {
      vendorKill.passings += 1
      if (vendorKill.passings === vendorKill.kill.passing) {
        vendorKill.house.signal('SIGKILL')
        return 'cut'
      }
    }
    return fate?.(step) ?? 'on'
  })
  const traffic = createTraffic(async () => {
    const running = [...houses]
    const house = running[Math.floor(Math.random() * running.length)]
    return house ? house.ready : null
  })

  async function start(kill: Kill | null = null, blocks?: number): Promise<HouseProcess> {
    const house = startHouse({ location, vendor: vendor.url, way, kill, lease }, blocks)
    houses.push(house)
    house.ended.then(() => houses.splice(houses.indexOf(house), 1))
    if (kill?.step.startsWith('vendor:')) vendorKill = { house, kill, passings: 0 }
    // One that is to die may do so before it listens.
    if ((await house.ready) === null && !kill) throw new Error(`it did not start: ${house.errors()}`)
    return house
  }

  async function settle(within = 30_000): Promise<void> {
    const until = performance.now() + within
    await traffic.acknowledged(within)
    for (;;) {
      const waits = await countWaiting(store.db)
      if (waits === 0) return
      if (performance.now() > until) throw new Error(`${waits} rows wait still`)
      await wait(50)
    }
  }

  return {
    traffic,
    vendor,
    houses,
    start,
    settle,

    async rest() {
      const house = await start()
      await settle(120_000)
      house.signal('SIGTERM')
      const end = await house.ended
      if (end !== '0') throw new Error(`it did not stop: ${end} ${house.errors()}`)
    },

    async killAt(kill) {
      const house = await start(kill)
      const giveUpAt = performance.now() + deathWithin
      let end: string | undefined
      while (end === undefined && performance.now() < giveUpAt) {
        traffic.speak()
        end = await Promise.race([house.ended, wait(speakEvery, undefined)])
      }
      if (end === 'SIGKILL') return
      throw new Error(`${kill.step} was not passed ${kill.passing} times: ${end} ${house.errors()}`)
    },

    async count() {
      const { rows } = await sql<Effect>`select kind, name from effect order by position`.execute(store.db)
      const uncertain = await store.db
        .selectFrom('outbox')
        .select('card')
        .where('state', '=', 'uncertain')
        .execute()
      const failed = await countFailed(store.db)
      return countEffects({
        ...{ effects: rows, failed, traffic, shown: vendor.shown },
        uncertain: uncertain.map(({ card }) => textOf(JSON.parse(card!) as Card)),
      })
    },

    async close() {
      traffic.stop()
      const ending = houses.map(({ ended }) => ended)
      for (const house of houses) house.signal('SIGKILL')
      await Promise.all(ending)
      await vendor.close()
      await store.close()
    },
  }
}

const queues = ['inbox', 'outbox', 'event', 'timer'] as const

async function countWaiting(db: Kysely<Tables>): Promise<number> {
  return count(db, "state = 'waiting'")
}

/** What was given up: of these faults none should come to that. */
async function countFailed(db: Kysely<Tables>): Promise<number> {
  return count(db, "state in ('failed', 'dead')")
}

async function count(db: Kysely<Tables>, condition: string): Promise<number> {
  let total = 0
  for (const queue of queues) {
    const { rows } = await sql<{ rows: number }>`
      select count(*) as rows from ${sql.table(queue)} where ${sql.raw(condition)}`.execute(db)
    total += Number(rows[0]!.rows)
  }
  return total
}

/** Resolves when it is so; rejects where that takes longer than a minute. */
export async function until(isSo: () => boolean): Promise<void> {
  const latest = performance.now() + 60_000
  while (!isSo()) {
    if (performance.now() > latest) throw new Error(`it never came to ${isSo}`)
    await wait(20)
  }
}
