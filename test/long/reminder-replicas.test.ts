import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { seededRandom } from '../../bench/seeded-random.ts'
import { type Living, openVendor, startLiving } from '../faults/reminders/living.ts'
import { layOut, outcomeOf, story } from '../faults/reminders/story.ts'
import { freshLocation } from '../store/each-database.ts'
import { startPostgres } from '../store/postgres-server.ts'

/** To the last step. */
const phases = story.slice(0, 8).filter(({ press }) => !press)
/** What the clocks show around the moment, in milliseconds: back and forth, and at last after all leases. */
const stepped = [0, -3_600_000, 20_000, -60_000, 40_000]
const afterLeases = [130_000, 260_000, 390_000]

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function durable() {
  // What was committed has to survive the crash.
  const postgres = await startPostgres({ durable: true })
  cleanUps.push(() => postgres.stop())
  const dataDir = await mkdtemp(join(tmpdir(), 'kexie-data-'))
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }))
  return { postgres, location: { dataDir, databaseUrl: postgres.url } }
}

/** Nobody is killed and no clock steps back: what is to come of it. */
async function liveWhole() {
  const location = await freshLocation('postgres', cleanUps)
  await layOut(location)
  const vendor = await openVendor()
  cleanUps.push(() => vendor.close())
  const living = await startLiving({ location, vendor: vendor.url, now: phases[0]!.at, runs: false })
  for (const { at } of phases) await living.tell({ type: 'live', now: at })
  living.kill()
  await living.ended
  return outcomeOf(location, vendor)
}

/** @param crashes at which moments the database crashes and is started again under those that run. */
async function play(replicas: number, crashes: readonly number[], seed: number) {
  const random = seededRandom(seed)
  const { postgres, location } = await durable()
  await layOut(location)
  const vendor = await openVendor()
  cleanUps.push(() => vendor.close())
  const start = (now: string) => startLiving({ location, vendor: vendor.url, now, runs: true })
  const houses: Living[] = []
  for (let n = 0; n < replicas; n += 1) houses.push(await start(phases[0]!.at))
  let kills = 0
  for (const [index, { at }] of phases.entries()) {
    const moment = (offset: number) => new Date(Date.parse(at) + offset).toISOString()
    const setClocks = (offset: () => number) =>
      Promise.all(houses.map((house) => house.tell({ type: 'clock', now: moment(offset()) })))
    for (let step = 0; step < 4; step += 1) {
      await setClocks(() => stepped[Math.floor(random() * stepped.length)]!)
      await wait(random() * 600)
    }
    if (crashes.includes(index)) {
      await postgres.crash()
      await wait(1500)
      await postgres.restart()
    } else {
      const dying = Math.floor(random() * replicas)
      houses[dying]!.kill()
      await houses[dying]!.ended
      kills += 1
      houses[dying] = await start(moment(0))
    }
    for (const offset of afterLeases) {
      await setClocks(() => offset)
      await wait(2000)
    }
  }
  for (const house of houses) house.kill()
  await Promise.all(houses.map(({ ended }) => ended))
  return { kills, repeats: vendor.repeats, outcome: await outcomeOf(location, vendor) }
}

test.each([
  { replicas: 2, crashes: [] },
  { replicas: 5, crashes: [] },
  { replicas: 1, crashes: [0, 3] },
  { replicas: 2, crashes: [0, 2, 3] },
])(
  'reminders by $replicas processes whose clocks step, some killed, the database crashing at $crashes',
  async (way) => {
    const whole = await liveWhole()
    const { outcome, ...counts } = await play(way.replicas, way.crashes, 7 + way.replicas)
    console.log(JSON.stringify({ ...way, ...counts, told: outcome.told.length }))
    const { sends: _sends, ...came } = outcome
    const { sends: _others, ...expected } = whole
    expect(came).toEqual(expected)
  },
)
