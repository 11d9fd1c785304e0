import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RateLimit } from './rate-limit.ts'

function limitAt(perMinute: number, mostKeys = 100) {
  const time = { seconds: 0 }
  const limit = new RateLimit(perMinute, mostKeys, () => new Date(time.seconds * 1000))
  return { limit, time }
}

describe('RateLimit', () => {
  it('lets so many through at once, then tells how long to wait', () => {
    const { limit, time } = limitAt(2)
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 30])
    time.seconds = 29
    expect(limit.take('a')).toBe(1)
    time.seconds = 30
    expect(limit.take('a')).toBe(0)
  })

  it('counts each key by itself', () => {
    const { limit } = limitAt(1)
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).toEqual([0, 0, 60])
  })

  it('takes nothing away when the clock is set back', () => {
    const { limit, time } = limitAt(2)
    time.seconds = 1000
    limit.take('a')
    time.seconds = 0
    expect(limit.take('a')).toBe(0)
  })

  it('never lets through more than a full bucket and what flows in, and waiting as told is enough', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }),
        (perMinute, pauses) => {
          const { limit, time } = limitAt(perMinute)
          let passed = 0
          for (const pause of pauses) {
            time.seconds += pause
            if (limit.take('a') === 0) passed += 1
          }
          expect(passed).toBeLessThanOrEqual(perMinute + (time.seconds / 60) * perMinute + 1e-6)
          const wait = limit.take('a')
          time.seconds += wait
          if (wait > 0) expect(limit.take('a')).toBe(0)
        },
      ),
    )
  })

  it('remembers a bounded number of keys, and under a flood forgets the oldest', () => {
    const { limit } = limitAt(1, 20)
    for (let i = 0; i < 100; i += 1) {
      limit.take(`guest ${i}`)
      expect(limit.size).toBeLessThanOrEqual(20)
    }
    expect(limit.take('guest 99')).toBeGreaterThan(0)
  })

  it('forgets the keys whose buckets are full again first', () => {
    const { limit, time } = limitAt(1, 3)
    limit.take('long ago')
    time.seconds = 50
    for (const key of ['a', 'b']) limit.take(key)
    time.seconds = 70
    limit.take('d')
    expect(limit.take('a')).toBeGreaterThan(0)
  })
})
