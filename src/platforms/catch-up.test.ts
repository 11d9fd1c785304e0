import { beforeEach, describe, expect, test } from 'vitest'
import { type Asked, type Asking, type CatchUpOptions, createCatchUp, type Failure } from './catch-up.ts'

class Vendor extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super('vendor')
    this.failure = failure
  }
}

let now = 0
/** Pauses, in milliseconds. */
let paused: number[]
let logged: string[]
/** Places in the order in which they were asked. */
let asked: string[]
let told: Promise<void>
beforeEach(() => {
  now = 0
  paused = []
  logged = []
  asked = []
  told = Promise.resolve()
})

const place = (key: string): Asked => ({ key, since: new Date(0) })
const keep = (_details: object, message: string) => logged.push(message)

function create(keys: string[], changes: Partial<CatchUpOptions<Asked>> = {}) {
  return createCatchUp<Asked>({
    places: async () => keys.map(place),
    async read({ key }, asking) {
      await asking(async () => asked.push(key))
      return { handed: 1, further: [] }
    },
    failureOf: (error) => (error instanceof Vendor ? error.failure : null),
    summarise: (error) => error as Error,
    pace: { most: 2, per: 60_000 },
    clock: () => new Date(now),
    logger: { info: keep, warn: keep, error: keep },
    pause: async (milliseconds) => {
      paused.push(milliseconds)
      await told
      now += milliseconds
    },
    ...changes,
  })
}

test('asks every place once, no faster than the vendor allows, and says how much it was', async () => {
  const catchUp = create(['a', 'b', 'c', 'd', 'e'])
  await Promise.all([catchUp.run(), catchUp.before('nowhere')])
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(paused.filter((milliseconds) => milliseconds > 1500)).toEqual([60_000, 60_000])
  expect(catchUp.fetched).toBe(5)
  expect(logged).toEqual(['what was said meanwhile was fetched'])
})

test('goes on to places that were found on the way, and asks none twice', async () => {
  const catchUp = create(['a', 'b'], {
    pace: { most: 100, per: 1000 },
    async read({ key }) {
      asked.push(key)
      return { handed: 0, further: key === 'a' ? ['a', 'b', 'c'].map(place) : [place('a')] }
    },
  })
  await catchUp.run()
  expect(asked).toEqual(['a', 'b', 'c'])
  expect(logged).toEqual([])
})

test('a second time without events is asked for too, after the first', async () => {
  const catchUp = create(['a'])
  await Promise.all([catchUp.run(), catchUp.run()])
  expect(asked).toEqual(['a', 'a'])
  await catchUp.run()
  expect(asked).toHaveLength(3)
})

describe('a call that fails', () => {
  const failing = (...errors: unknown[]) => ({
    async read({ key }: Asked, asking: Asking) {
      await asking(async () => {
        asked.push(key)
        const error = key === 'a' ? errors.shift() : undefined
        if (error) throw error
      })
      return { handed: 1, further: [] }
    },
    pace: { most: 100, per: 1000 },
  })
  const later = (wait?: number) => new Vendor({ is: 'later', wait })

  test('for coming too often is made again when the vendor says, or ever later', async () => {
    const catchUp = create(['a', 'b'], failing(later(7000), later(), later(3_600_000)))
    await catchUp.run()
    expect(asked).toEqual(['a', 'a', 'a', 'a', 'b'])
    expect(paused).toEqual([7000, 2000, 60_000])
    expect(logged).toEqual(['what was said meanwhile was fetched'])
  })

  test('for a chat that is gone is forgotten without a word', async () => {
    await create(['a', 'b'], failing(new Vendor({ is: 'gone' }))).run()
    expect(asked).toEqual(['a', 'b'])
    expect(logged).toEqual(['what was said meanwhile was fetched'])
  })

  test('for a missing right is told once, however many places there are', async () => {
    const refused = new Vendor({ is: 'refused', reason: 'missing_scope' })
    const catchUp = create(['a', 'b'], {
      read: async () => {
        throw refused
      },
    })
    await catchUp.run()
    await catchUp.run()
    expect(logged).toEqual(['what was said meanwhile cannot be asked for: a right is missing'])
  })

  test('otherwise is made three times, then given up, and the others go on', async () => {
    const broken = new Error('broken')
    const catchUp = create(['a', 'b'], failing(broken, broken, broken))
    await catchUp.run()
    expect(asked).toEqual(['a', 'a', 'a', 'b'])
    expect(logged).toEqual([
      'what was said meanwhile could not be fetched',
      'what was said meanwhile was fetched',
    ])
    expect(catchUp.fetched).toBe(1)
  })

  test('where nobody can tell where to ask ends nothing', async () => {
    const catchUp = create([], { places: () => Promise.reject(new Error('the database is away')) })
    await catchUp.run()
    await catchUp.before('a')
    expect(logged).toEqual(['nobody could tell where people spoke'])
  })
})

describe('what comes from a place meanwhile', () => {
  test('waits until what was missed there is handed on, which is asked for first', async () => {
    const gate = Promise.withResolvers<void>()
    told = new Promise(() => {})
    const catchUp = create(['a', 'b', 'c'], {
      pace: { most: 100, per: 1000 },
      async read({ key }) {
        if (key === 'a') await gate.promise
        asked.push(key)
        return { handed: 1, further: [] }
      },
    })
    const running = catchUp.run()
    const waited = catchUp.before('c').then(() => asked.push('live'))
    await new Promise(setImmediate)
    gate.resolve()
    await Promise.all([running, waited])
    expect(asked.indexOf('c')).toBe(1)
    expect(asked.indexOf('live')).toBeGreaterThan(1)
  })

  test('waits no longer than its sender does', async () => {
    const gate = Promise.withResolvers<void>()
    const catchUp = create(['a'], {
      async read() {
        await gate.promise
        return { handed: 1, further: [] }
      },
    })
    const running = catchUp.run()
    await catchUp.before('a')
    expect(paused).toEqual([1500])
    gate.resolve()
    await running
  })

  test('does not wait where nothing was missed', async () => {
    const catchUp = create(['a'])
    await catchUp.before('a')
    await catchUp.run()
    await catchUp.before('a')
    expect(paused).toEqual([])
  })
})

test('a stop ends it, waiting or not', async () => {
  told = new Promise(() => {})
  const catchUp = create(['a', 'b', 'c'])
  const running = catchUp.run()
  await new Promise(setImmediate)
  expect(paused).toEqual([60_000])
  catchUp.stop()
  await running
  expect(asked).toEqual(['a', 'b'])
})
