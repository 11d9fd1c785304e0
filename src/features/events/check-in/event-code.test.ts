import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  eventCode,
  eventCodeUntil,
  eventLinkCode,
  holdsEventCode,
  holdsLinkCode,
  holdsTicket,
  signTicket,
} from './event-code.ts'

const event = { id: 'a', secret: 'geheim' }
const other = { id: 'b', secret: 'anders' }
const now = new Date('2026-03-13T06:00:10Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('the code of an event', () => {
  test('is six digits, and gives way to the next after 30 s', () => {
    expect(eventCode(event, now)).toMatch(/^\d{6}$/)
    expect(eventCodeUntil(now)).toEqual(new Date('2026-03-13T06:00:30Z'))
    expect(eventCode(event, later(19))).toBe(eventCode(event, now))
    expect(eventCode(event, later(20))).not.toBe(eventCode(event, now))
  })

  test('holds while it is shown and as long again, and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), (seconds) => {
        const shown = Math.floor(later(seconds).getTime() / 30_000) - Math.floor(now.getTime() / 30_000)
        fc.pre(shown < 0 || shown > 1)
        expect(holdsEventCode(event, eventCode(event, now), later(seconds))).toBe(false)
      }),
    )
    expect(holdsEventCode(event, eventCode(event, now), later(49))).toBe(true)
    expect(holdsEventCode(event, eventCode(event, now), later(50))).toBe(false)
  })

  test('behind the QR code holds as long, and digits do not stand in for it', () => {
    const code = eventLinkCode(event, now)
    expect(code).toMatch(/^[\w-]{10}$/)
    expect(holdsLinkCode(event, code, later(49))).toBe(true)
    expect(holdsLinkCode(event, code, later(50))).toBe(false)
    expect(holdsLinkCode(other, code, now)).toBe(false)
    expect(holdsLinkCode(event, eventCode(event, now), now)).toBe(false)
  })

  test('of another event does not hold', () => {
    expect(holdsEventCode(other, eventCode(event, now), now)).toBe(false)
    expect(holdsEventCode(event, '', now)).toBe(false)
  })
})

describe('the ticket of whoever scanned it', () => {
  const ticket = signTicket(event, 'person p', now)

  test('holds for ten minutes', () => {
    expect(holdsTicket(event, 'person p', ticket, later(600))).toBe(true)
    expect(holdsTicket(event, 'person p', ticket, later(601))).toBe(false)
  })

  test('is nobody else’s, and of no other event', () => {
    expect(holdsTicket(event, 'person q', ticket, now)).toBe(false)
    expect(holdsTicket(other, 'person p', ticket, now)).toBe(false)
  })

  test('cannot be prolonged', () => {
    const [until = '', mac = ''] = ticket.split('.')
    expect(holdsTicket(event, 'person p', `${Number(until) + 60}.${mac}`, now)).toBe(false)
    expect(holdsTicket(event, 'person p', '', now)).toBe(false)
  })
})
