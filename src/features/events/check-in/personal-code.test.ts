import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from './base32.ts'
import {
  type CodeEvent,
  eventTag,
  isGenuine,
  personalCode,
  readPersonalCode,
  shortCode,
  shortCodePattern,
  shortTag,
} from './personal-code.ts'

const event: CodeEvent = {
  id: '6f0d2f1c-43f4-4f0e-9a55-6a3f3a3c7f10',
  secret: 'geheim',
  starts_at: '2026-03-13T06:00:00.000Z',
  ends_at: '2026-03-13T08:00:00.000Z',
}
/** Another date of the same series, which has a secret of its own. */
const nextDate = { ...event, id: randomUUID(), secret: 'anders' }
const registration = randomUUID()

describe('a personal code', () => {
  test('is read as it was made, and expires an hour after the event', () => {
    const code = personalCode(event, registration)
    const read = readPersonalCode(code)!
    expect(read).toMatchObject({ registration, tag: eventTag(event.id) })
    expect(read.expiresAt).toEqual(new Date('2026-03-13T09:00:00Z'))
    expect(isGenuine(read, event)).toBe(true)
  })

  test('fits a QR code of version 3 (61 characters of the alphanumeric mode, at level M)', () => {
    expect(personalCode(event, registration)).toMatch(/^[A-Z\d]+$/)
    expect(personalCode(event, registration).length).toBeLessThanOrEqual(61)
  })

  test('is taken as a phone’s keyboard writes it', () => {
    const code = personalCode(event, registration)
    expect(isGenuine(readPersonalCode(` ${code.toLowerCase().replace(/.{8}/g, '$& ')} `)!, event)).toBe(true)
  })

  test('of another date, or with another event’s secret, is not genuine', () => {
    const read = readPersonalCode(personalCode(event, registration))!
    expect(isGenuine(read, nextDate)).toBe(false)
    expect(isGenuine(read, { ...event, secret: 'anders' })).toBe(false)
    expect(isGenuine(readPersonalCode(personalCode(nextDate, registration))!, event)).toBe(false)
  })

  test('changes where the event moves', () => {
    const moved = { ...event, ends_at: '2026-03-13T09:00:00.000Z' }
    expect(personalCode(moved, registration)).not.toBe(personalCode(event, registration))
  })

  test('of whatever registration is read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uuid(), fc.stringMatching(/^[\w-]{1,40}$/)), (id) => {
        // 16 bytes are a UUID.
        fc.pre(id.length !== 16)
        const read = readPersonalCode(personalCode(event, id))!
        expect(read.registration).toBe(id)
        expect(isGenuine(read, event)).toBe(true)
      }),
    )
  })

  test('of what is no id is none, for no database takes every byte', () => {
    for (const id of ['\0', 'a\0b', ' ', '\ufffd', 'x'.repeat(65)])
      expect(readPersonalCode(personalCode(event, id))).toBeNull()
  })

  test('with any character changed, left out or added is not taken', () => {
    const code = personalCode(event, registration)
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
    fc.assert(
      fc.property(
        fc.nat(code.length - 1),
        letter,
        fc.constantFrom('change', 'drop', 'add'),
        (at, by, how) => {
          const rest = code.slice(how === 'add' ? at : at + 1)
          const altered = code.slice(0, at) + (how === 'drop' ? '' : by) + rest
          fc.pre(altered !== code)
          const read = readPersonalCode(altered)
          expect(read !== null && isGenuine(read, event)).toBe(false)
        },
      ),
    )
  })

  test('is never found in what people type', () => {
    fc.assert(fc.property(fc.string(), (text) => readPersonalCode(text) === null))
    expect(readPersonalCode('K1')).toBeNull()
    expect(readPersonalCode('K1ABC')).toBeNull()
  })
})

describe('a short code', () => {
  test('has ten letters that nobody mistakes, the first three of the event', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const code = shortCode(event, id)
        expect(code).toMatch(shortCodePattern)
        expect(code).not.toMatch(/[01OIL]/)
        expect(code.startsWith(shortTag(event.id))).toBe(true)
      }),
    )
  })

  test('differs between people, dates and times', () => {
    const codes = [
      shortCode(event, registration),
      shortCode(event, randomUUID()),
      shortCode(nextDate, registration),
      shortCode({ ...event, ends_at: '2026-03-13T09:00:00.000Z' }, registration),
    ]
    expect(new Set(codes).size).toBe(4)
  })
})

test('base 32 gives back every row of bytes, and takes no other writing of it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(Buffer.from(bytes))
    }),
  )
  // RFC 4648, section 10.
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI')
  expect(fromBase32('MZXW6YTBOJ')).toBeNull()
})
