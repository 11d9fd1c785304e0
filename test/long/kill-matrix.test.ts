import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { seededRandom } from '../../bench/seeded-random.ts'
import { nothingWrong } from '../faults/counts.ts'
import { openScene, type Scene, type SceneOptions } from '../faults/scene.ts'
import { steps, type Way, ways } from '../faults/steps.ts'
import { freshLocation } from '../store/each-database.ts'

const passings = [1, 3]
const randomKills = 50
/** After so many kills everything may come to its end. */
const inARow = 6

/** Plays on a fresh database, then lets all come to its end and holds it against docs/delivery.md. */
async function play(
  name: string,
  dialect: 'sqlite' | 'postgres',
  way: Way,
  work: (scene: Scene) => Promise<number>,
  fate?: SceneOptions['fate'],
): Promise<void> {
  const cleanUps: (() => Promise<void>)[] = []
  const location = await freshLocation(dialect, cleanUps)
  const scene = await openScene({ location, way, ...(fate ? { fate } : {}) })
  try {
    const kills = await work(scene)
    await scene.start()
    scene.traffic.speak()
    await scene.settle(180_000)
    const counts = await scene.count()
    console.log(JSON.stringify({ name, dialect, way, kills, ...counts }))
    expect(counts).toMatchObject(nothingWrong)
    if (way !== 'at-most-once') expect(counts.uncertain).toBe(0)
  } finally {
    await scene.close()
    for (const cleanUp of cleanUps) await cleanUp()
  }
}

for (const dialect of ['sqlite', 'postgres'] as const) {
  for (const way of ways) {
    test.concurrent(`killed at each step several times (${dialect}, ${way})`, async () => {
      await play('each step', dialect, way, async (scene) => {
        const kills = passings.flatMap((passing) => steps.map((step) => ({ step, passing })))
        for (const [index, kill] of kills.entries()) {
          await scene.killAt(kill)
          if (index % inARow === inARow - 1) await scene.rest()
        }
        return kills.length
      })
    })

    test.concurrent(`killed at any moment, by a vendor that breaks off at times (${dialect}, ${way})`, async () => {
      const random = seededRandom(dialect.length * 10 + way.length)
      const fate = () => (random() < 0.03 ? 'cut' : 'on')
      await play(
        'any moment',
        dialect,
        way,
        async (scene) => {
          for (let kill = 0; kill < randomKills; kill++) {
            const house = await scene.start()
            scene.traffic.speak()
            await wait(random() * 600)
            house.signal('SIGKILL')
            await house.ended
            if (kill % inARow === inARow - 1) await scene.rest()
          }
          return randomKills
        },
        fate,
      )
    })
  }
}
