import { expect, test } from 'vitest'
import { describeEachDatabase } from '../store/each-database.ts'
import { nothingWrong } from './counts.ts'
import { openScene } from './scene.ts'
import { steps } from './steps.ts'

/** Killing at every step takes long where leases have to run out: docs/faults.md says how all of them are tried. */
const tried = {
  sqlite: steps,
  postgres: ['intake:stored', 'intake:worked', 'delivery:delivered', 'timer:handled'],
}

describeEachDatabase('processes that are killed', (open, dialect) => {
  test('lose nothing and do nothing twice, at whichever step it is', async () => {
    const { location } = await open()
    const scene = await openScene({ location, way: 'keyed' })
    try {
      for (const [index, step] of tried[dialect].entries()) {
        await scene.killAt({ step, passing: 1 })
        if (index === 10) await scene.rest()
      }
      await scene.start()
      scene.traffic.speak()
      await scene.settle()
      const counts = await scene.count()
      expect(counts).toMatchObject({ ...nothingWrong, uncertain: 0 })
      // Each step was passed with something on its way.
      expect(counts.acknowledged).toBeGreaterThanOrEqual(4 * (tried[dialect].length + 1))
    } finally {
      await scene.close()
    }
  }, 180_000)
})
