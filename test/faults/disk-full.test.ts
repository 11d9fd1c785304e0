import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { freshLocation } from '../store/each-database.ts'
import { nothingWrong } from './counts.ts'
import { openScene } from './scene.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** What the process may still write beyond what is there, in bytes. */
const room = 300_000

test('on a full disk nothing is acknowledged, presses are refused plainly, and all goes on once there is room', async () => {
  const location = await freshLocation('sqlite', cleanUps)
  const scene = await openScene({ location, way: 'keyed' })
  cleanUps.push(() => scene.close())
  const { traffic } = scene
  const sizes = ['kexie.db', 'kexie.db-wal'].map(
    async (file) => (await stat(join(location.dataDir, file))).size,
  )
  const largest = Math.max(...(await Promise.all(sizes)))
  const house = await scene.start(null, Math.ceil((largest + room) / 512))

  // Speaks until the disk is full and everything new has been refused for a while.
  let before = 0
  for (let stuck = 0; stuck < 5; ) {
    if (stuck === 0) traffic.speak()
    await wait(100)
    const kept = traffic.messages.size + traffic.presses.size
    stuck = kept === before ? stuck + 1 : 0
    before = kept
  }
  expect(before).toBeGreaterThan(0)
  expect(traffic.refusals.unacknowledged).toBeGreaterThan(0)
  expect(traffic.refusals.plain).toBeGreaterThan(0)
  expect(house.errors()).toMatch(/SQLITE_(?:FULL|IOERR)/)
  // It has not ended by itself, and can be stopped in the ordinary way.
  expect(scene.houses).toContain(house)
  house.signal('SIGTERM')
  expect(await house.ended).toBe('0')

  await scene.start()
  traffic.speak()
  await scene.settle()
  expect(await scene.count()).toMatchObject({ ...nothingWrong, uncertain: 0 })
})
