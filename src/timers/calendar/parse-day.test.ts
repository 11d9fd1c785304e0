import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayIn, dayOf, isDay, lastDayOfMonth, monthOf, weekdayOf, yearOf } from './day.ts'
import { parseDay } from './parse-day.ts'
import { parseTimeOfDay } from './parse-time-of-day.ts'

/** A Monday. */
const today = '2026-11-23'

describe('a day in words', () => {
  test.each([
    ['2026-12-01', '2026-12-01'],
    ['2026/12/1', '2026-12-01'],
    ['2026.12.1', '2026-12-01'],
    ['20261201', '2026-12-01'],
    ['2026年12月1日', '2026-12-01'],
    ['２０２６年１２月１日', '2026-12-01'],
    ['2026 年 12 月 1 日', '2026-12-01'],
    ['26年12月1号', '2026-12-01'],
    ['二〇二六年十二月二十一日', '2026-12-21'],
    ['明年1月5日', '2027-01-05'],
    ['去年12月31日', '2025-12-31'],
    ['12月1日', '2026-12-01'],
    ['12月1号', '2026-12-01'],
    ['12/1', '2026-12-01'],
    ['十一月二十三日', '2026-11-23'],
    ['11月22日', '2027-11-22'],
    ['1月5日', '2027-01-05'],
    ['25号', '2026-11-25'],
    ['31日', '2026-12-31'],
    ['1号', '2026-12-01'],
    ['下个月3号', '2026-12-03'],
    ['本月30日', '2026-11-30'],
    ['今天', '2026-11-23'],
    ['明天', '2026-11-24'],
    ['后天', '2026-11-25'],
    ['大后天', '2026-11-26'],
    ['昨天', '2026-11-22'],
    ['三天后', '2026-11-26'],
    ['10天以后', '2026-12-03'],
    ['周五', '2026-11-27'],
    ['周一', '2026-11-23'],
    ['星期天', '2026-11-29'],
    ['本周五', '2026-11-27'],
    ['这周日', '2026-11-29'],
    ['下周五', '2026-12-04'],
    ['下周一', '2026-11-30'],
    ['下个星期日', '2026-12-06'],
    ['下下周二', '2026-12-08'],
    ['上周五', '2026-11-20'],
    ['月底', '2026-11-30'],
    ['本月底', '2026-11-30'],
    ['下月底', '2026-12-31'],
    ['年底', '2026-12-31'],
    ['明年底', '2027-12-31'],
    ['12月1日（周二）', '2026-12-01'],
    ['2026-12-01 星期二', '2026-12-01'],
    ['tomorrow', '2026-11-24'],
    ['Friday', '2026-11-27'],
    ['next Friday', '2026-12-04'],
    ['this friday', '2026-11-27'],
    ['Dec 1', '2026-12-01'],
    ['December 1st, 2027', '2027-12-01'],
    ['1 December', '2026-12-01'],
    ['3rd of Jan', '2027-01-03'],
    ['in 3 days', '2026-11-26'],
    ['end of next month', '2026-12-31'],
  ])('%s is %s', (text, day) => {
    expect(parseDay(text, today)).toBe(day)
  })

  test.each([
    '',
    '什么时候',
    '2026-02-29',
    '2月30日',
    '13月1日',
    '2026-13-01',
    '0月1日',
    '32号',
    '0号',
    '12月1日（周三）',
    '2026年',
    '12月',
    '12月1日到5日',
    '请假12月1日',
    '9点',
    '周八',
    '1234567',
    '-1天后',
  ])('%s is none', (text) => {
    expect(parseDay(text, today)).toBeNull()
  })

  test('from a Sunday, next week begins tomorrow', () => {
    expect(parseDay('下周一', '2026-11-29')).toBe('2026-11-30')
    expect(parseDay('本周一', '2026-11-29')).toBe('2026-11-23')
    expect(parseDay('周日', '2026-11-29')).toBe('2026-11-29')
  })

  test('29 February is one in leap years alone', () => {
    expect(parseDay('2月29日', '2027-03-10')).toBe('2028-02-29')
    expect(parseDay('2月29日', '2028-02-29')).toBe('2028-02-29')
    expect(parseDay('2月29日', '2028-03-01')).toBeNull()
    expect(parseDay('月底', '2028-02-10')).toBe('2028-02-29')
    expect(parseDay('下月底', '2027-01-31')).toBe('2027-02-28')
  })

  test('looking back, a day without its year is the last such day', () => {
    const back = (text: string) => parseDay(text, today, { until: today })
    expect(back('12月1日')).toBe('2025-12-01')
    expect(back('11月23日')).toBe('2026-11-23')
    expect(back('31号')).toBe('2026-10-31')
    expect(back('周五')).toBe('2026-11-20')
    expect(back('2026-12-01')).toBe('2026-12-01')
  })

  test('the second of two days is counted from the first', () => {
    const later = (text: string, from: string) => parseDay(text, today, { from })
    expect(later('5日', '2026-12-01')).toBe('2026-12-05')
    expect(later('1月2日', '2026-12-30')).toBe('2027-01-02')
    expect(later('周三', '2026-11-30')).toBe('2026-12-02')
    expect(later('下周三', '2026-11-30')).toBe('2026-12-02')
  })

  const days = fc.integer({ min: 0, max: 90_000 }).map((n) => addDays('1950-01-01', n))

  test('every day is read back from every way of writing it', () => {
    fc.assert(
      fc.property(days, days, (day, now) => {
        const [year, month, date] = [yearOf(day), monthOf(day), Number(day.slice(8))]
        expect(isDay(day)).toBe(true)
        for (const text of [day, `${year}/${month}/${date}`, `${year}年${month}月${date}日`]) {
          expect(parseDay(text, now)).toBe(day)
        }
      }),
    )
  })

  test('a day without its year is the first on or after today, within a year', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        (now, month, day) => {
          const read = parseDay(`${month}月${day}日`, now) ?? ''
          expect([monthOf(read), Number(read.slice(8))]).toEqual([month, day])
          expect(read >= now && read < addDays(now, 366)).toBe(true)
        },
      ),
    )
  })

  test('a weekday of next week stands in the week after that of today', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 6 }), (now, weekday) => {
        const read = parseDay(`下周${'一二三四五六'[weekday - 1]}`, now) ?? ''
        expect(weekdayOf(read)).toBe(weekday)
        const monday = addDays(now, 8 - weekdayOf(now))
        expect(read >= monday && read <= addDays(monday, 6)).toBe(true)
      }),
    )
  })

  test('whatever is typed is a real day or none', () => {
    const piece = fc.constantFrom(...'0129年月日号周星期一下个上本天后底/-. ', '12', '2026', 'Dec', 'next')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const read = parseDay(pieces.join(''), today)
        expect(read === null || isDay(read)).toBe(true)
      }),
    )
  })
})

describe('days', () => {
  test('exist or not', () => {
    expect(dayOf(2024, 2, 29)).toBe('2024-02-29')
    expect(dayOf(2023, 2, 29)).toBeNull()
    expect(isDay('2026-04-31')).toBe(false)
    expect(isDay('2026-4-3')).toBe(false)
  })

  test('months end on their last day', () => {
    expect(lastDayOfMonth('2026-01-31', 1)).toBe('2026-02-28')
    expect(lastDayOfMonth('2026-12-05', 2)).toBe('2027-02-28')
    expect(lastDayOfMonth('2026-01-05', -1)).toBe('2025-12-31')
  })

  test('begin at midnight where they are', () => {
    expect(dayIn('Asia/Shanghai', new Date('2026-04-30T16:00:00Z'))).toBe('2026-05-01')
    expect(dayIn('America/New_York', new Date('2026-04-30T03:59:59Z'))).toBe('2026-04-29')
  })
})

describe('a time of the day in words', () => {
  test.each([
    ['14:30', '14:30'],
    ['１４：３０', '14:30'],
    ['9:05', '09:05'],
    ['0:00', '00:00'],
    ['9点', '09:00'],
    ['9时30分', '09:30'],
    ['9点5分', '09:05'],
    ['九点整', '09:00'],
    ['下午3点半', '15:30'],
    ['下午三点一刻', '15:15'],
    ['下午 3:20', '15:20'],
    ['下午14点', '14:00'],
    ['上午11点三刻', '11:45'],
    ['晚上8点', '20:00'],
    ['晚8点', '20:00'],
    ['中午12点', '12:00'],
    ['中午1点', '13:00'],
    ['中午', '12:00'],
    ['下午12点', '12:00'],
    ['凌晨2点', '02:00'],
    ['凌晨12点', '00:00'],
    ['9:00am', '09:00'],
    ['9 a.m.', '09:00'],
    ['3pm', '15:00'],
    ['12am', '00:00'],
    ['12:30 PM', '12:30'],
    ['at 15:00', '15:00'],
  ])('%s is %s', (text, time) => {
    expect(parseTimeOfDay(text)).toBe(time)
  })

  test.each([
    '',
    '24:00',
    '25点',
    '9:60',
    '晚上12点',
    '上午14点',
    '13pm',
    '0am',
    '下午',
    '9',
    '12月1日',
    '9点到10点',
  ])('%s is none', (text) => {
    expect(parseTimeOfDay(text)).toBeNull()
  })

  test('every minute is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
        expect(parseTimeOfDay(time)).toBe(time)
        expect(parseTimeOfDay(`${hour}点${minute}分`)).toBe(time)
      }),
    )
  })
})
