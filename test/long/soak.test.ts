import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { nothingWrong } from '../faults/counts.ts'
import type { HouseProcess } from '../faults/house-process.ts'
import { openScene, type Scene } from '../faults/scene.ts'
import { startPostgres } from '../store/postgres-server.ts'

const lasts = 180_000
/** By then whatever a process keeps at hand is there. */
const warm = 60_000
/** How much more a process may keep at the end than when it was warm, in bytes. */
const growth = 8_000_000

/** Somebody speaks all the time; `disturb` is what happens meanwhile, again and again. */
async function soak(scene: Scene, disturb: (since: number) => Promise<void>): Promise<void> {
  const begun = performance.now()
  const since = () => performance.now() - begun
  const speaking = setInterval(() => scene.traffic.speak(), 300)
  try {
    while (since() < lasts) await disturb(since())
  } finally {
    clearInterval(speaking)
  }
}

/** Every second one may finish what it has in hand, the others may not. */
async function end(house: HouseProcess, time: number): Promise<void> {
  house.signal(time % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
  expect(await house.ended).toBe(time % 2 === 0 ? 'SIGKILL' : '0')
}

async function memoryOf(house: HouseProcess): Promise<number> {
  const response = await fetch(`${await house.ready}/memory`)
  return Number(await response.text())
}

async function withFolder(work: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kexie-data-'))
  try {
    await work(dataDir)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

test.concurrent('minutes on SQLite, its process ended every few seconds', () =>
  withFolder(async (dataDir) => {
    const scene = await openScene({ location: { dataDir }, way: 'keyed' })
    try {
      let restarts = 0
      await soak(scene, async () => {
        const house = await scene.start()
        await wait(3000)
        await end(house, restarts)
        restarts += 1
      })
      await scene.start()
      await scene.settle(120_000)
      const counts = await scene.count()
      console.log(JSON.stringify({ name: 'soak', dialect: 'sqlite', restarts, ...counts }))
      expect(counts).toMatchObject({ ...nothingWrong, uncertain: 0 })
    } finally {
      await scene.close()
    }
  }))

test.concurrent('minutes on PostgreSQL, which crashes, with one process that stays and one that does not', () =>
  withFolder(async (dataDir) => {
    const postgres = await startPostgres({ durable: true })
    const scene = await openScene({ location: { dataDir, databaseUrl: postgres.url }, way: 'looked-up' })
    try {
      const staying = await scene.start()
      let restarts = 0
      let crashes = 0
      let before = 0
      await soak(scene, async (since) => {
        const house = await scene.start()
        await wait(3000)
        await end(house, restarts)
        restarts += 1
        if (before === 0 && since > warm) before = await memoryOf(staying)
        if (restarts % 15 === 0) {
          await postgres.crash()
          await wait(1000)
          await postgres.restart()
          crashes += 1
        }
      })
      await scene.settle(120_000)
      const grown = (await memoryOf(staying)) - before
      const counts = await scene.count()
      console.log(JSON.stringify({ name: 'soak', dialect: 'postgres', restarts, crashes, grown, ...counts }))
      expect(counts).toMatchObject({ ...nothingWrong, uncertain: 0 })
      expect(grown).toBeLessThan(growth)
      expect(scene.houses).toEqual([staying])
    } finally {
      await scene.close()
      await postgres.stop()
    }
  }))
