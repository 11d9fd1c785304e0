import { expect, test } from 'vitest'
import { createPerson } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { markStale } from '../../src/timers/calendar/stale.ts'
import { setTimers } from '../../src/timers/set-timer.ts'
import type { TimerStep } from '../../src/timers/steps.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import type { TimerBatch } from '../../src/timers/timers.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { after, monday, openAt, rowOf, set } from './timer-house.ts'

const names = (count: number) => Array.from({ length: count }, (_, n) => `b${String(n).padStart(4, '0')}`)

function setBatch(store: Store, ids: readonly string[], at: Date, counted = false): Promise<void> {
  const countedFor = { organisation: null, provisional: false }
  return store.transaction((trx) =>
    setTimers(
      trx,
      ids.map((id) => ({
        ...{ id, kind: 'test.batch', payload: { name: id }, now: monday, at },
        ...(counted ? { countedFor } : {}),
      })),
    ),
  )
}

/** A worker of a kind that runs together and of one that does not. */
function workerWith(store: Store, batch: Partial<TimerBatch> = {}) {
  const steps: TimerStep[] = []
  const runs: string[][] = []
  const alone: string[] = []
  const logged: string[] = []
  const worker = createTimerWorker({
    store,
    handlers: {
      'test.batch': {
        ...batch,
        async runAll(trx, timers, now) {
          await batch.runAll?.(trx, timers, now)
          runs.push(timers.map(({ payload }) => payload.name!))
        },
      },
      'test.note': async (_trx, { name = '' }) => void alone.push(name),
    },
    logger: { error: (_details, message) => logged.push(message) },
    calendarFiles: null,
    random: () => 0,
    steps: (step) => void steps.push(step),
  })
  return { worker, steps, runs, alone, logged }
}

describeEachDatabase('timers that run together', (open, dialect) => {
  test('are claimed by the five hundred and run in one transaction, while others have their turn', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, steps, runs, alone } = workerWith(store)
    await setBatch(store, names(1201), after(1))
    for (let n = 0; n < 25; n++) await set(store, `note ${n}`, { at: after(2) })
    goTo(after(3))
    await worker.round()
    // One round of each: neither waits for the end of the other.
    expect([runs.map((run) => run.length), alone.length]).toEqual([[500], 20])
    expect(steps.slice(-3)).toEqual(['claimed', 'handled', 'committed'])
    await worker.idle()
    expect(runs.map((run) => run.length)).toEqual([500, 500, 201])
    expect(alone).toHaveLength(25)
    expect(new Set(runs.flat()).size).toBe(1201)
    expect(await rowOf(store, 'b0000')).toMatchObject({ state: 'done', lease_owner: null })
  })

  test('leave nothing of those that fail, which hold up none of the others and are tried again', async () => {
    const { store, goTo } = await openAt(open)
    let broken = true
    const { worker, runs, logged } = workerWith(store, {
      async runAll(trx, timers) {
        for (const { payload } of timers) await createPerson(trx, { name: payload.name! })
        if (broken && timers.some(({ payload }) => payload.name === 'b0005')) throw new Error('bad')
      },
    })
    await setBatch(store, names(20), after(1))
    goTo(after(1))
    await worker.idle()
    expect(runs.flat().toSorted()).toEqual(names(20).filter((name) => name !== 'b0005'))
    const people = () => store.db.selectFrom('person').select('name').orderBy('name').execute()
    expect(await people()).toHaveLength(19)
    expect(logged).toEqual(['a timer failed and will be tried again'])
    broken = false
    goTo(after(2))
    await worker.idle()
    expect(await people()).toHaveLength(20)
  })

  test('run alone once they were claimed in vain several times, and are given up after ten', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, runs, logged } = workerWith(store)
    await setBatch(store, names(4), after(1))
    const tried = (id: string, attempts: number) =>
      store.transaction((trx) => trx.updateTable('timer').set({ attempts }).where('id', '=', id).execute())
    await tried('b0002', 3)
    await tried('b0003', 10)
    goTo(after(1))
    await worker.idle()
    expect(runs).toEqual([['b0000', 'b0001'], ['b0002']])
    expect(logged).toEqual(['a timer was given up'])
  })

  test('are counted again by their kind before they run, and keep their time where it leaves them', async () => {
    const { store, goTo } = await openAt(open)
    const recounted: string[] = []
    const { worker, runs } = workerWith(store, {
      async recount(trx, timers, now) {
        recounted.push(...timers.map(({ id }) => id))
        const later = { kind: 'test.batch', payload: { name: 'b0000' }, now, at: after(9) }
        await setTimers(trx, [{ id: 'b0000', ...later }])
      },
    })
    await setBatch(store, names(2), after(1), true)
    await setBatch(store, ['fixed'], after(1))
    await store.transaction((trx) => markStale(trx, { tables: true }))
    goTo(after(2))
    await worker.idle()
    expect(recounted).toEqual(['b0000', 'b0001'])
    expect(runs.flat().toSorted()).toEqual(['b0001', 'fixed'])
    goTo(after(9))
    await worker.idle()
    expect(runs.flat()).toContain('b0000')
  })

  test('run once by two workers side by side', async () => {
    const { store, goTo } = await openAt(open)
    const [one, other] = [workerWith(store), workerWith(store)]
    await setBatch(store, names(dialect === 'postgres' ? 2000 : 600), after(1))
    goTo(after(1))
    await Promise.all([one.worker.idle(), other.worker.idle()])
    const ran = [...one.runs, ...other.runs].flat()
    expect([ran.length, new Set(ran).size]).toEqual(dialect === 'postgres' ? [2000, 2000] : [600, 600])
    expect([...one.logged, ...other.logged]).toEqual([])
  })

  test('come back at once behind what was due before them; no time is taken that is no text of four figures', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, runs } = workerWith(store, {
      async runAll(trx, timers, now) {
        // Those that never find anything to do, set anew to a time that has long passed.
        const again = timers.filter(({ id }) => id !== 'waits' && runs.length < 3)
        await setTimers(
          trx,
          again.map(({ id, payload }) => ({ id, kind: 'test.batch', payload, now, at: after(-1000) })),
        )
      },
    })
    await setBatch(store, names(500), after(1))
    await setBatch(store, ['waits'], after(2))
    goTo(after(3))
    await worker.round()
    await worker.round()
    expect(runs[1]).toContain('waits')
    for (const at of ['+012025-03-03T01:00:00.000Z', '-000001-03-03T01:00:00.000Z']) {
      await expect(setBatch(store, ['far'], new Date(at))).rejects.toThrow(RangeError)
    }
  })
})
