import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startPostgres } from '../store/postgres-server.ts'
import { nothingWrong } from './counts.ts'
import { openScene, until } from './scene.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

test('PostgreSQL that crashes and comes back: the process goes on by itself, nothing is lost or twice', async () => {
  // What was committed has to survive the crash.
  const postgres = await startPostgres({ durable: true })
  cleanUps.push(() => postgres.stop())
  const dataDir = await mkdtemp(join(tmpdir(), 'kexie-data-'))
  cleanUps.push(() => rm(dataDir, { recursive: true, force: true }))
  const scene = await openScene({ location: { dataDir, databaseUrl: postgres.url }, way: 'looked-up' })
  cleanUps.push(() => scene.close())
  const { traffic } = scene
  const house = await scene.start()

  for (let crash = 0; crash < 3; crash++) {
    const before = traffic.messages.size
    for (let time = 0; time < 3; time++) traffic.speak()
    await until(() => traffic.messages.size > before)
    await postgres.crash()
    const { unacknowledged, plain } = traffic.refusals
    traffic.speak()
    await until(() => traffic.refusals.plain > plain && traffic.refusals.unacknowledged > unacknowledged)
    await postgres.restart()
    traffic.speak()
    await scene.settle()
  }
  expect(scene.houses).toEqual([house])
  expect(await scene.count()).toMatchObject({ ...nothingWrong, acknowledged: 60, uncertain: 0 })
}, 60_000)
