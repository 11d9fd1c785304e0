import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { cancelTimer, setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker, type TimerWorker } from '../../src/timers/timer-worker.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const start = Date.UTC(2026, 10, 23, 2)
const minute = 60_000
/** Longer than any lease and any pause between two tries of the few that are made here. */
const longAfter = 24 * 60

type Step =
  | { does: 'set'; id: number; inMinutes: number }
  | { does: 'cancel'; id: number }
  | { does: 'pass'; minutes: number }
  /** A worker looks once; or it dies at a point. */
  | { does: 'round'; worker: number; dies: 'never' | 'claimed' | 'handled' | 'committed' }
  /** Both at the same time. */
  | { does: 'both' }

const ids = fc.integer({ min: 0, max: 3 })
const workers = fc.integer({ min: 0, max: 1 })
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('set' as const),
        id: ids,
        inMinutes: fc.integer({ min: -5, max: 90 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const), id: ids }) },
    {
      weight: 3,
      arbitrary: fc.record({ does: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('round' as const),
        worker: workers,
        dies: fc.constantFrom('never', 'claimed', 'handled', 'committed'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('both' as const) }) },
  ),
  { minLength: 5, maxLength: 25 },
)

/** What a run leaves behind, in the transaction of the timer: an organisation named by the set that it was of. */
async function runsOf(store: Store): Promise<Map<string, string>> {
  const rows = await store.db.selectFrom('organisation_day').select(['day', 'name']).execute()
  return new Map(rows.map(({ day, name }) => [day, name]))
}

describeEachDatabase('whatever happens to timers', (open, dialect) => {
  test('each that was set runs once, at its time; none that was cancelled or moved away', async () => {
    let time = start
    const { store } = await open({
      clock: () => new Date(time),
      databaseClock: () => new Date(time),
    })
    await store.transaction((trx) =>
      trx.insertInto('organisation').values({ id: 'o', name: 'o', kind: 'group', parent: null }).execute(),
    )
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        await store.transaction(async (trx) => {
          await trx.deleteFrom('timer').execute()
          await trx.deleteFrom('organisation_day').execute()
        })
        /** By id: the number of the set that is waiting, and when it is due. */
        const waiting = new Map<string, { set: number; due: number }>()
        const mustRun = new Set<string>()
        const mayNotRun = new Set<string>()
        const due = new Map<string, number>()
        const early: string[] = []
        let sets = 0
        let dies: string = 'never'
        let tellOfDeath = () => {}
        const failures: string[] = []
        const createWorker = (): TimerWorker => {
          let dead = false
          return createTimerWorker({
            store,
            handlers: {
              'test.run': async (trx, { set = '' }, now) => {
                if (now.getTime() < due.get(set)!) early.push(set)
                // Twice would be the same key twice, an error.
                await trx
                  .insertInto('organisation_day')
                  .values({ organisation: 'o', day: set, working: 1, name: now.toISOString() })
                  .execute()
              },
            },
            logger: { error: (details) => failures.push(String((details as { err: unknown }).err)) },
            calendarFiles: null,
            random: () => 0,
            steps: async (step) => {
              if (dead || step !== dies) return
              dead = true
              dies = 'never'
              // Within the transaction a process cannot be left hanging: what it wrote is taken back at once.
              if (step === 'handled') throw new Error('died')
              tellOfDeath()
              await new Promise(() => {})
            },
          })
        }
        const running = [createWorker(), createWorker()]
        /** What has run since is no longer waiting. */
        const settle = async () => {
          const ran = await runsOf(store)
          for (const [id, { set }] of waiting) if (ran.has(String(set))) waiting.delete(id)
        }
        for (const step of given) {
          const now = new Date(time)
          if (step.does === 'set') {
            await settle()
            const id = `timer-${step.id}`
            const set = ++sets
            const before = waiting.get(id)
            if (before) {
              mustRun.delete(String(before.set))
              mayNotRun.add(String(before.set))
            }
            const at = new Date(time + step.inMinutes * minute)
            waiting.set(id, { set, due: at.getTime() })
            due.set(String(set), at.getTime())
            mustRun.add(String(set))
            await store.transaction((trx) =>
              setTimer(trx, { id, kind: 'test.run', payload: { set: String(set) }, now, at }),
            )
          } else if (step.does === 'cancel') {
            await settle()
            const id = `timer-${step.id}`
            const before = waiting.get(id)
            if (before) {
              mustRun.delete(String(before.set))
              mayNotRun.add(String(before.set))
              waiting.delete(id)
            }
            await store.transaction((trx) => cancelTimer(trx, id))
          } else if (step.does === 'pass') {
            time += step.minutes * minute
          } else if (step.does === 'both') {
            await Promise.all(running.map((worker) => worker.round()))
          } else {
            dies = step.dies
            const died = new Promise<void>((resolve) => {
              tellOfDeath = resolve
            })
            await Promise.race([running[step.worker]!.round(), died])
            if (step.dies !== 'never') running[step.worker] = createWorker()
            dies = 'never'
          }
        }
        time += longAfter * minute
        const last = createWorker()
        await last.idle()
        const ran = await runsOf(store)
        expect([...ran.keys()].sort()).toEqual([...mustRun].sort())
        expect([...ran.keys()].filter((set) => mayNotRun.has(set))).toEqual([])
        expect(early).toEqual([])
        expect(failures.filter((failure) => !failure.includes('died'))).toEqual([])
        time += longAfter * minute
        await last.idle()
        expect((await runsOf(store)).size).toBe(ran.size)
      }),
      { numRuns: dialect === 'sqlite' ? 50 : 15 },
    )
  })
})
