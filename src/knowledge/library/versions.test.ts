import fc from 'fast-check'
import { expect, test } from 'vitest'
import { versionInForce } from './versions.ts'

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2026-02-${String(number).padStart(2, '0')}`)
const versions = fc
  .array(fc.option(day), { maxLength: 6 })
  .map((days) => days.map((effective, index) => ({ effective, version: index + 1 })))

test('what holds is in effect, and nothing in effect is later', () => {
  fc.assert(
    fc.property(versions, day, (all, today) => {
      const inEffect = all.filter(({ effective }) => effective === null || effective <= today)
      const found = versionInForce(all, today)
      expect(found === null).toBe(inEffect.length === 0)
      if (!found) return
      expect(inEffect).toContain(found)
      for (const other of inEffect) {
        const order = (other.effective ?? '').localeCompare(found.effective ?? '')
        expect(order < 0 || (order === 0 && other.version <= found.version)).toBe(true)
      }
    }),
  )
})

test('it does not depend on the order in which versions are looked at', () => {
  fc.assert(
    fc.property(versions, day, (all, today) => {
      expect(versionInForce(all.toReversed(), today)).toEqual(versionInForce(all, today))
    }),
  )
})

test('as time goes on a document never goes back to an older date', () => {
  fc.assert(
    fc.property(versions, day, day, (all, one, other) => {
      const [earlier, later] = [one, other].sort() as [string, string]
      const dateOn = (today: string) => versionInForce(all, today)?.effective ?? ''
      expect(dateOn(later) >= dateOn(earlier)).toBe(true)
    }),
  )
})
