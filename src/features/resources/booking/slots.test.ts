import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fits, type Slot } from './slots.ts'

const at = (hour: number) => `2026-03-05T${String(hour).padStart(2, '0')}:00:00.000Z`
const slot = (from: number, to: number, people = 10): Slot => ({
  ...{ starts_at: at(from), ends_at: at(to), people },
})

test('one that ends when the other begins is beside it', () => {
  expect(fits(slot(9, 10), [slot(10, 11), slot(8, 9)], null)).toBe(true)
  expect(fits(slot(9, 10), [slot(9, 10)], null)).toBe(false)
  expect(fits(slot(9, 12), [slot(10, 11)], null)).toBe(false)
})

test('people count at one time, not over the day', () => {
  const taken = [slot(9, 10, 30), slot(10, 11, 30)]
  expect(fits(slot(9, 11, 20), taken, 50)).toBe(true)
  expect(fits(slot(9, 11, 21), taken, 50)).toBe(false)
})

const drawn = fc
  .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length, people]) => slot(from, Math.min(23, from + length), people))

test('whatever is taken in by the rule never goes beyond what may be there at once, and is refused only where it would', () => {
  const together = fc.option(fc.integer({ min: 1, max: 60 }))
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 25 }), together, (wishes, most) => {
      const taken: Slot[] = []
      const there = (slots: readonly Slot[], hour: number) =>
        slots.filter(({ starts_at, ends_at }) => starts_at <= at(hour) && at(hour) < ends_at)
      const isWell = (slots: readonly Slot[]) =>
        Array.from({ length: 24 }, (_, hour) => there(slots, hour)).every((now) =>
          most === null ? now.length <= 1 : now.reduce((sum, { people }) => sum + people, 0) <= most,
        )
      for (const wish of wishes) {
        const isTaken = fits(wish, taken, most)
        // Counted hour by hour, which the rule does not do.
        expect(isTaken).toBe(isWell([...taken, wish]))
        if (isTaken) taken.push(wish)
      }
    }),
  )
})
