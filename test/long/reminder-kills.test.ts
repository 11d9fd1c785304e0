import { afterEach, expect, test } from 'vitest'
import { type Living, openVendor, startLiving } from '../faults/reminders/living.ts'
import { itemOf, layOut, outcomeOf, story } from '../faults/reminders/story.ts'
import { freshLocation } from '../store/each-database.ts'

/** In the order in which a matter passes them: after each death the next process goes on to the next. */
const workSteps = [
  ...['timer:claimed', 'timer:handled', 'timer:committed'],
  ...['delivery:claimed', 'platform:sending', 'vendor:received', 'vendor:shown', 'delivery:delivered'],
  'delivery:recorded',
]
const pressSteps = ['intake:answer-worked', 'intake:answer-committed']
/** Longer than the leases of timers (120 s) and deliveries (60 s) of what has died, where a start does not free them. */
const afterLeases = 125_000

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Lives through the story, killed at each step that is passed so often; null: never killed. */
async function play(dialect: 'sqlite' | 'postgres', passing: number | null) {
  const location = await freshLocation(dialect, cleanUps)
  await layOut(location)
  const vendor = await openVendor()
  cleanUps.push(() => vendor.close())
  const kills: Record<string, number> = {}
  const errors: string[] = []
  let total = 0
  let now = new Date(story[0]!.at)
  const start = () => startLiving({ location, vendor: vendor.url, now: now.toISOString(), runs: false })
  let living: Living = await start()

  /** Does it with a process that is to die at the step; true where it died. */
  async function dyingAt(step: string | null, work: () => Promise<{ errors: string[] } | null>) {
    const kill = step === null ? null : { step, passing: passing! }
    await living.tell({ type: 'arm', kill: step?.startsWith('vendor:') ? null : kill })
    vendor.killAt = kill && step!.startsWith('vendor:') ? { kill, living } : null
    const done = await work()
    errors.push(...(done?.errors ?? []))
    vendor.killAt = null
    if (done) return false
    await living.ended
    total += 1
    if (dialect === 'postgres') now = new Date(now.getTime() + afterLeases)
    living = await start()
    return true
  }
  const live = () => living.tell({ type: 'live', now: now.toISOString() })

  for (const phase of story) {
    now = new Date(phase.at)
    const died: string[] = []
    if (phase.press) {
      const { user, title, action, value } = phase.press
      const item = await itemOf(location, user, title)
      await living.tell({ type: 'clock', now: now.toISOString() })
      const press = () => living.tell({ type: 'press', user, action, value: { item, ...value } })
      for (const step of passing === 1 ? pressSteps : []) if (await dyingAt(step, press)) died.push(step)
      await dyingAt(null, press)
    }
    for (const step of passing === null ? [] : workSteps) if (await dyingAt(step, live)) died.push(step)
    await dyingAt(null, live)
    kills[phase.name] = died.length
  }
  living.kill()
  await living.ended
  const outcome = await outcomeOf(location, vendor)
  return { kills, total, repeats: vendor.repeats, errors, outcome }
}

for (const dialect of ['sqlite', 'postgres'] as const) {
  test(`reminders, killed at each step from the run to day 13 (${dialect})`, async () => {
    const whole = await play(dialect, null)
    expect(whole.errors).toEqual([])
    expect(whole.outcome).toMatchObject({ stuck: [], failed: [] })
    for (const passing of [1, 2]) {
      const { outcome, errors, ...counts } = await play(dialect, passing)
      console.log(JSON.stringify({ dialect, passing, ...counts }))
      expect(errors).toEqual([])
      expect(outcome).toEqual(whole.outcome)
    }
  })
}
