import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { Life } from './life.ts'
import { openStage, type Stage } from './stage.ts'

type OpenLife = () => Promise<Life>

/** Runs a kind's suite on every surface, all of them of one bot. */
export function describeOnSurfaces(kinds: Record<string, (open: OpenLife) => void>): void {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage()
  })
  afterEach(() => expect(stage.errors).toEqual([]))
  afterAll(async () => {
    await stage.stop()
  })

  for (const [kind, suite] of Object.entries(kinds)) {
    for (const name of ['web', 'Slack', 'Feishu', 'terminal'] as const) {
      describe(`${kind}, ${name}`, () => {
        suite(async () => new Life(stage, await stage.moveTo(name), kind))
      })
    }
  }
}
