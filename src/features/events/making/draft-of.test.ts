import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedAlike, copyOf } from './draft-of.ts'
import type { EventDraft } from './keep-event.ts'
import { onDay } from './on-day.ts'

/** A lecture in Berlin on Friday 13 March 2026, two in the afternoon, before clocks go forward on the 29th. */
const lecture: EventDraft = {
  ...{
    kind: 'lecture',
    title: '讲座',
    organisation: 'o',
    organisers: '',
    description: '',
    place: '三楼',
    link: '',
  },
  ...{ startsAt: new Date('2026-03-13T13:00:00Z'), endsAt: new Date('2026-03-13T15:00:00Z') },
  ...{ timeZone: 'Europe/Berlin', audience: { organisations: [], roles: [], public: false }, capacity: 20 },
  ...{ reserved: [], opensAt: null, closesAt: new Date('2026-03-12T13:00:00Z'), mode: 'first-come' },
  ...{ cancelUntil: new Date('2026-03-11T13:00:00Z'), mostGuests: 0, hasWaitingList: true, offerHours: 4 },
  ...{ priority: [], questions: [], cost: '', contacts: '', materials: '', reminders: [60], online: false },
  ...{ hours: null, series: 's', registersWith: null, copiedFrom: null },
}

describe('a change that is made alike', () => {
  const later = onDay(lecture, 28)

  test('another day is the same time by the clocks there', () => {
    expect(later.startsAt.toISOString()).toBe('2026-04-10T12:00:00.000Z')
    expect(later.closesAt.toISOString()).toBe('2026-04-09T12:00:00.000Z')
  })

  test('of nothing changes nothing, whatever the other is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 400 }), fc.string(), fc.nat(), (days, place, capacity) => {
        const other = { ...onDay(lecture, days), place, capacity }
        expect(changedAlike(other, lecture, { ...lecture })).toEqual(other)
      }),
    )
  })

  test('of the time is by as much, of the rest to the same, and what was not changed stays', () => {
    const after = {
      ...lecture,
      ...{
        startsAt: new Date('2026-03-14T14:00:00Z'),
        endsAt: new Date('2026-03-14T16:00:00Z'),
        cost: '免费',
      },
    }
    const changed = changedAlike({ ...later, place: '五楼', registersWith: 'lead' }, lecture, after)
    expect(changed).toMatchObject({ place: '五楼', cost: '免费', registersWith: 'lead' })
    expect(changed.startsAt.toISOString()).toBe('2026-04-11T13:00:00.000Z')
    expect(changed.endsAt.toISOString()).toBe('2026-04-11T15:00:00.000Z')
  })

  test('never has an end before its beginning where the change had none', () => {
    const minutes = fc.integer({ min: 1, max: 5000 })
    fc.assert(
      fc.property(minutes, minutes, fc.integer({ min: 1, max: 200 }), (from, long, days) => {
        const startsAt = new Date(lecture.startsAt.getTime() + from * 60_000)
        const after = { ...lecture, startsAt, endsAt: new Date(startsAt.getTime() + (long + 60) * 60_000) }
        const changed = changedAlike(onDay(lecture, days), lecture, after)
        expect(changed.endsAt > changed.startsAt).toBe(true)
      }),
    )
  })
})

test('a copy closes as long before as before, and never in the past', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat({ max: 600 }), (days, hours) => {
      const now = new Date('2026-03-02T01:00:00Z')
      const startsAt = new Date(now.getTime() + days * 86_400_000)
      const endsAt = new Date(startsAt.getTime() + 7_200_000)
      const source = { ...lecture, closesAt: new Date(lecture.startsAt.getTime() - hours * 3_600_000) }
      const copy = copyOf(source, { startsAt, endsAt, timeZone: 'Europe/Berlin' }, { id: 'e', now })
      expect(copy.closesAt > now && copy.closesAt <= endsAt).toBe(true)
      expect(copy).toMatchObject({ series: null, registersWith: null, copiedFrom: 'e', capacity: 20 })
    }),
  )
})
