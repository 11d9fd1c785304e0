import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { freshLocation } from '../store/each-database.ts'
import { nothingWrong } from './counts.ts'
import { openScene, type Scene, until } from './scene.ts'
import type { Way } from './steps.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

async function openOnPostgres(way: Way): Promise<Scene> {
  const scene = await openScene({ location: await freshLocation('postgres', cleanUps), way })
  cleanUps.push(() => scene.close())
  return scene
}

test('of three processes two are killed in the middle: the third takes over what they held', async () => {
  const scene = await openOnPostgres('looked-up')
  const dying = [
    await scene.start({ step: 'intake:worked', passing: 2 }),
    await scene.start({ step: 'delivery:delivered', passing: 3 }),
  ]
  const last = await scene.start()
  const ended = Promise.all(dying.map((house) => house.ended))
  let over = false
  ended.then(() => {
    over = true
  })
  for (let time = 0; !over && time < 100; time++) {
    scene.traffic.speak()
    await wait(100)
  }
  expect(await ended).toEqual(['SIGKILL', 'SIGKILL'])
  scene.traffic.speak()
  await scene.settle()
  expect(scene.houses).toEqual([last])
  expect(await scene.count()).toMatchObject({ ...nothingWrong, uncertain: 0 })
})

test('one that stands still until its leases are somebody else’s does nothing twice when it goes on', async () => {
  const scene = await openOnPostgres('keyed')
  const still = await scene.start()
  for (let time = 0; time < 4; time++) scene.traffic.speak()
  await until(() => scene.vendor.shown.length > 0)
  still.signal('SIGSTOP')
  await scene.start()
  const shown = scene.vendor.shown.length
  // How far the first one came before it stood still is chance: there has to be enough to say for the other.
  for (let time = 0; time < 4; time++) scene.traffic.speak()
  await until(() => scene.vendor.shown.length > shown + 8)
  still.signal('SIGCONT')
  scene.traffic.speak()
  await scene.settle()
  expect(scene.houses).toContain(still)
  expect(await scene.count()).toMatchObject({ ...nothingWrong, acknowledged: 36, uncertain: 0 })
  // Where it stood still in the middle of a transaction, the database waits 10 s before it takes the locks away.
}, 90_000)
