import { describe, expect, test } from 'vitest'
import { audienceText, momentText, placeText, seatsText, statusOf, whenOf, whereOf } from './event-texts.ts'

const now = new Date('2026-03-02T01:00:00Z')
const lecture = {
  starts_at: '2026-03-13T06:00:00.000Z',
  ends_at: '2026-03-13T08:00:00.000Z',
  time_zone: 'Asia/Shanghai',
}

describe('when it is', () => {
  test('with the weekday, in the zone of the event', () => {
    expect(whenOf(lecture, 'zh-CN', now)).toBe('3月13日（周五）14:00–16:00')
    expect(whenOf(lecture, 'en', now)).toBe('Fri 13 Mar, 14:00–16:00')
  })

  test('another zone is named', () => {
    expect(whenOf({ ...lecture, time_zone: 'Europe/Berlin' }, 'zh-CN', now)).toBe(
      '3月13日（周五）07:00–09:00（Europe/Berlin 时间）',
    )
  })

  test('days that differ are both said', () => {
    expect(whenOf({ ...lecture, ends_at: '2026-03-14T04:00:00.000Z' }, 'zh-CN', now)).toBe(
      '3月13日（周五）14:00–3月14日（周六）12:00',
    )
  })

  test('a year that is not the reader’s is said', () => {
    expect(momentText('2027-03-13T06:00:00.000Z', lecture, 'zh-CN', now)).toBe('2027年3月13日（周六）14:00')
  })
})

test('where it is', () => {
  expect(whereOf({ place: '三楼', link: '' }, 'zh-CN')).toBe('三楼')
  expect(whereOf({ place: '', link: 'https://a.example' }, 'zh-CN')).toBe('线上')
  expect(whereOf({ place: '', link: '' }, 'zh-CN')).toBe('地点待定')
  expect(placeText({ place: '', link: '' }, 'zh-CN')).toBe('待定')
  expect(placeText({ place: '三楼', link: '' }, 'zh-CN')).toBe('三楼')
  expect(whereOf({ place: '三楼', link: 'https://a.example' }, 'zh-CN')).toBe('三楼，可线上参加')
})

describe('how it stands', () => {
  const row = { ...lecture, state: 'published' as const }
  const registering = {
    opens_at: '2026-03-01T00:00:00.000Z',
    closes_at: '2026-03-12T09:00:00.000Z',
    capacity: 2,
    has_waiting_list: 1 as const,
  }
  const seats = (taken: number, waiting = 0) => ({ taken, waiting })

  test.each([
    ['open', seats(1), '2026-03-02T01:00:00Z'],
    ['waiting-list', seats(2), '2026-03-02T01:00:00Z'],
    ['waiting-list', seats(1, 1), '2026-03-02T01:00:00Z'],
    ['not-open', seats(0), '2026-02-28T01:00:00Z'],
    ['closed', seats(0), '2026-03-12T09:00:00Z'],
    ['under-way', seats(2), '2026-03-13T06:00:00Z'],
    ['over', seats(2), '2026-03-13T08:00:00Z'],
  ])('%s', (status, held, at) => {
    expect(statusOf(row, registering, held, new Date(at))).toBe(status)
  })

  test('without a waiting list it is full; without a limit never', () => {
    expect(statusOf(row, { ...registering, has_waiting_list: 0 }, seats(2), now)).toBe('full')
    expect(statusOf(row, { ...registering, capacity: null }, seats(9), now)).toBe('open')
  })

  test('what the organisers said goes before the time', () => {
    expect(statusOf({ ...row, state: 'cancelled' }, registering, seats(2), now)).toBe('cancelled')
    expect(statusOf({ ...row, state: 'draft' }, registering, seats(2), now)).toBe('draft')
  })
})

test('how many seats are left', () => {
  const say = (capacity: number | null, taken: number, waiting = 0, reservedLeft = 0) =>
    seatsText({ capacity }, { taken, waiting, reservedLeft }, 'zh-CN')
  expect(say(100, 88)).toBe('还剩 12 个名额（共 100 个）')
  expect(say(100, 88, 0, 5)).toBe('还剩 12 个名额（共 100 个），其中 5 个为有关单位预留')
  expect(say(100, 100, 3)).toBe('名额已满（共 100 个），候补 3 人')
  expect(say(null, 30)).toBe('名额不限，已报名 30 人')
})

test('who may come', () => {
  const names = new Map([['b', '一分公司']])
  const say = (changed: object) =>
    audienceText({ organisations: [], roles: [], public: false, ...changed }, names, 'zh-CN')
  expect(say({})).toBe('本系统全体人员')
  expect(say({ public: true, organisations: ['b'] })).toBe('面向社会公众')
  expect(say({ organisations: ['b', 'gone'] })).toBe('一分公司')
  expect(say({ organisations: ['b'], roles: ['liaison'] })).toBe('一分公司的联络员')
})
