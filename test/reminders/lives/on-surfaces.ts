import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage, type SurfaceName } from '../../submissions/lives/stage.ts'
import { ReminderLife } from './reminder-life.ts'

/** Lives each life on every surface, all of them of one bot. */
export function liveOnSurfaces(lives: Record<string, (life: ReminderLife) => Promise<void>>): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterEach(() => expect(stage.errors).toEqual([]))
  afterAll(async () => {
    await stage.stop()
  })

  const surfaces: SurfaceName[] = ['web', 'Slack', 'Feishu', 'terminal']
  for (const [name, live] of Object.entries(lives)) {
    describe(name, () => {
      test.each(surfaces)('on %s', async (surface) => {
        await live(new ReminderLife(stage, await stage.moveTo(surface), surface))
      })
    })
  }
}
