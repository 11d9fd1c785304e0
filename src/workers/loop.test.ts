import { expect, test, vi } from 'vitest'
import { createLoop } from './loop.ts'

const hour = 3_600_000

test('works at once, again while there is more, and when woken', async () => {
  const rounds: number[] = []
  const third = Promise.withResolvers<void>()
  const fourth = Promise.withResolvers<void>()
  const loop = createLoop({
    name: 'test',
    every: hour,
    logger: { error: () => expect.unreachable() },
    async round() {
      rounds.push(rounds.length + 1)
      if (rounds.length === 3) third.resolve()
      if (rounds.length === 4) fourth.resolve()
      return rounds.length < 3
    },
  })
  loop.start()
  loop.start()
  await third.promise
  loop.wake()
  await fourth.promise
  await loop.stop()
  expect(rounds).toEqual([1, 2, 3, 4])
})

test('a round that fails is logged, and the loop goes on', async () => {
  const logged: object[] = []
  const second = Promise.withResolvers<void>()
  let rounds = 0
  const loop = createLoop({
    name: 'test',
    every: hour,
    logger: {
      error: (details) => {
        logged.push(details)
        loop.wake()
      },
    },
    async round() {
      rounds += 1
      if (rounds === 1) throw new Error('the database is away')
      second.resolve()
      return false
    },
  })
  loop.start()
  await second.promise
  await loop.stop()
  expect(logged).toEqual([expect.objectContaining({ loop: 'test' })])
})

test('stopping waits for the round under way and begins no other', async () => {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  let ended = 0
  const loop = createLoop({
    name: 'test',
    every: hour,
    logger: { error: () => expect.unreachable() },
    async round() {
      begun.resolve()
      await end.promise
      ended += 1
      return true
    },
  })
  loop.start()
  await begun.promise
  const stopped = loop.stop()
  expect(ended).toBe(0)
  end.resolve()
  await stopped
  expect(ended).toBe(1)
})

test('rests after a round, however often it is woken meanwhile, but not when it is stopped', async () => {
  vi.useFakeTimers()
  try {
    let rounds = 0
    const round = async () => {
      rounds += 1
      return false
    }
    const logger = { error: () => expect.unreachable() }
    const loop = createLoop({ name: 'test', every: hour, rest: 50, logger, round })
    loop.start()
    await vi.advanceTimersByTimeAsync(0)
    loop.wake()
    loop.wake()
    await vi.advanceTimersByTimeAsync(49)
    expect(rounds).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(rounds).toBe(2)
    await vi.advanceTimersByTimeAsync(60)
    loop.wake()
    await vi.advanceTimersByTimeAsync(0)
    expect(rounds).toBe(3)
    await loop.stop()
    expect(rounds).toBe(3)
  } finally {
    vi.useRealTimers()
  }
})
