import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { libraryTable } from '../../../timers/calendar/library-tables.ts'
import { defaultCalendar } from '../../../timers/calendar/work-calendar.ts'
import type { OwnQuestion } from '../records.ts'
import { instantIn, localIn, readZone } from './local-time.ts'
import { plainLine, plainLines } from './plain-line.ts'
import { nearbyOf, readOrganisations, readPriority, readReserved } from './read-organisations.ts'
import { readQuestions, typedQuestions } from './read-questions.ts'
import { readReminders, typedReminders } from './read-reminders.ts'
import { daysOfSeries, readDays, type SeriesRule } from './series-days.ts'

const keyOf = (read: object) =>
  'problem' in read ? (read.problem as { key: string }).key.split('.')[1] : null

describe('own questions, one a line,', () => {
  test.each<[string, Partial<OwnQuestion>]>([
    ['论文题目', { label: '论文题目', type: 'text', required: false }],
    ['* 论文题目', { label: '论文题目', required: true }],
    ['论文题目 ＊', { label: '论文题目', required: true }],
    ['2、论文题目', { label: '论文题目' }],
    ['报告形式：口头/张贴', { label: '报告形式', type: 'select', options: ['口头', '张贴'] }],
    ['报告形式: 口头 ／ 张贴*', { type: 'select', options: ['口头', '张贴'], required: true }],
    ['带什么（多选）：电脑/样品', { label: '带什么', type: 'multi-select', options: ['电脑', '样品'] }],
    ['需要住宿？是/否', { label: '需要住宿？', type: 'checkbox' }],
    ['需要住宿（是/否）', { label: '需要住宿', type: 'checkbox' }],
    ['Lodging? yes/no', { label: 'Lodging?', type: 'checkbox' }],
    ['人数（数字）', { label: '人数', type: 'number' }],
    ['到达(date)', { label: '到达', type: 'date' }],
    ['简介（多行）', { label: '简介', type: 'long-text' }],
    ['车次（往返）', { label: '车次（往返）', type: 'text' }],
    ['备注：如有请写', { label: '备注：如有请写', type: 'text' }],
  ])('%s', (line, expected) => {
    const read = readQuestions(line)
    expect('questions' in read && read.questions).toMatchObject([expected])
  })

  test.each([
    ['甲\n甲', 'question-twice'],
    ['*', 'question-empty'],
    ['多选（多选）', 'question-options'],
    ['问：一/一', 'question-option-twice'],
    ['问：一/', 'question-options'],
    ['长'.repeat(101), 'question-long'],
    [Array.from({ length: 21 }, (_, at) => `问${at}`).join('\n'), 'questions-many'],
  ])('%j is refused', (text, key) => {
    expect(keyOf(readQuestions(text))).toBe(key)
  })

  test('keep their names, and with them the answers, where their words stay', () => {
    const first = readQuestions('甲\n乙')
    if (!('questions' in first)) throw new Error()
    const second = readQuestions('丙\n乙\n甲：一/二', first.questions)
    if (!('questions' in second)) throw new Error()
    expect(second.questions.map(({ name, label }) => [name, label])).toEqual([
      ['q3', '丙'],
      ['q2', '乙'],
      ['q4', '甲'],
    ])
  })

  test('any text is read or refused, and what was read is read again as it is shown', () => {
    const piece = fc.oneof(
      fc.constantFrom('论文', '*', '：', '/', '（多选）', '？是/否', '\n', '(date)', '1.', ' '),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const read = readQuestions(pieces.join(''))
        if ('problem' in read) return
        const again = readQuestions(typedQuestions(read.questions), read.questions)
        expect('questions' in again || 'problem' in again).toBe(true)
        expect(new Set(read.questions.map(({ name }) => name)).size).toBe(read.questions.length)
      }),
    )
    const plain = readQuestions(
      '论文题目*\n形式：口头/张贴\n带什么（多选）：甲/乙*\n住宿？是/否\n人数（数字）\n到达（日期）',
    )
    if (!('questions' in plain)) throw new Error()
    expect(readQuestions(typedQuestions(plain.questions), plain.questions)).toEqual(plain)
  })
})

describe('reminders', () => {
  test.each([
    ['1天、2小时', [1440, 120]],
    ['提前30分钟, 1 week', [10_080, 30]],
    ['1 day; 90 min', [1440, 90]],
    ['不提醒', []],
    ['', []],
  ])('%s', (text, reminders) => {
    expect(readReminders(text)).toEqual({ reminders })
  })

  test.each([
    ['明天', 'reminders-unclear'],
    ['1分钟', 'reminders-range'],
    ['31天', 'reminders-range'],
    ['1天,2天,3天,4天,5天,6天', 'reminders-many'],
  ])('%s is refused', (text, key) => {
    expect(keyOf(readReminders(text))).toBe(key)
  })

  test('are read again as they are shown', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 5, max: 43_200 }), { maxLength: 5 }),
        fc.constantFrom('zh-CN' as const, 'en' as const),
        (minutes, language) => {
          const reminders = minutes.sort((a, b) => b - a)
          expect(readReminders(typedReminders(reminders, language))).toEqual({ reminders })
        },
      ),
    )
  })
})

test.each([
  ['Asia/Shanghai', 'Asia/Shanghai'],
  ['asia/shanghai', 'Asia/Shanghai'],
  ['北京时间', 'Asia/Shanghai'],
  ['Mars/Phobos', null],
  ['+08:00', null],
  ['东八区', null],
  ['', null],
  ['../../etc/passwd', null],
])('the zone %s', (typed, zone) => {
  expect(readZone(typed)).toBe(zone)
})

test('a time over which the clocks leap is none', () => {
  expect(instantIn('Europe/Berlin', '2026-03-29', '02:30')).toBeNull()
  expect(instantIn('Asia/Shanghai', '2026-03-13', '14:00')?.toISOString()).toBe('2026-03-13T06:00:00.000Z')
  expect(localIn('Europe/Berlin', new Date('2026-07-01T12:00:00Z'))).toEqual({
    day: '2026-07-01',
    time: '14:00',
  })
})

test('what cannot be seen is left out', () => {
  expect(plainLine(' 讲\u200b座\u202e\n第一\u0000讲 ')).toBe('讲座 第一讲')
  expect(plainLines('一\r\n\u200b二\u202e')).toBe('一\n二')
})

describe('the days of a series', () => {
  const calendar = defaultCalendar(libraryTable)
  const rule: SeriesRule = { repeat: 'weekly', first: '2026-03-13', times: null, last: null, days: [] }
  const days = (changed: Partial<SeriesRule>) => {
    const read = daysOfSeries({ ...rule, ...changed }, calendar)
    return 'days' in read ? read.days : keyOf(read)
  }

  test.each<[Partial<SeriesRule>, unknown]>([
    [{ times: 3 }, ['2026-03-13', '2026-03-20', '2026-03-27']],
    [{ last: '2026-03-27' }, ['2026-03-13', '2026-03-20', '2026-03-27']],
    [{ repeat: 'fortnightly', times: 2 }, ['2026-03-13', '2026-03-27']],
    [{ repeat: 'monthly', first: '2026-01-31', times: 3 }, ['2026-01-31', '2026-02-28', '2026-03-31']],
    // 4 to 6 April 2026 are days off.
    [{ repeat: 'workdays', first: '2026-04-02', times: 3 }, ['2026-04-02', '2026-04-03', '2026-04-07']],
    [
      { repeat: 'list', days: ['2026-03-18', '2026-03-16', '2026-03-16'] },
      ['2026-03-13', '2026-03-16', '2026-03-18'],
    ],
    [{ repeat: 'list', days: ['2026-03-12'] }, 'series-before'],
    [{ repeat: 'list' }, 'series-short'],
    [{}, 'series-end'],
    [{ times: 1 }, 'series-short'],
    [{ times: 61 }, 'series-long'],
    [{ last: '2026-03-12' }, 'series-last'],
    [{ last: '2199-01-01' }, 'series-long'],
  ])('%j', (changed, expected) => {
    expect(days(changed)).toEqual(expected)
  })

  test('as they are typed', () => {
    expect(readDays('3月20日\n2026-03-27、4月1日', '2026-03-02')).toEqual({
      days: ['2026-03-20', '2026-03-27', '2026-04-01'],
    })
    expect(keyOf(readDays('某天', '2026-03-02'))).toBe('series-day')
  })
})

describe('organisations', () => {
  const of = (path: string) => ({
    ...{
      id: `id ${path}`,
      path,
      name: path.split('/').at(-1)!,
      kind: 'branch' as const,
      parent: null,
      depth: 0,
    },
  })
  const all = ['甲', '甲/一', '甲/一/车间', '甲/二', '甲/二/车间', '乙', '乙/三'].map(of)
  const near = nearbyOf(all, 'id 甲/一')

  test('are those of the house', () => {
    expect(readOrganisations('一、甲/二', near)).toEqual({ ids: ['id 甲/一', 'id 甲/二'] })
    expect(keyOf(readOrganisations('三', near))).toBe('organisation-unknown')
    expect(keyOf(readOrganisations('车间', near))).toBe('organisation-ambiguous')
    expect(readOrganisations('二/车间', near)).toEqual({ ids: ['id 甲/二/车间'] })
  })

  test('have seats kept for them', () => {
    expect(readReserved('一：10\n甲/二 5个', near)).toEqual({
      reserved: [
        { organisation: 'id 甲/一', seats: 10 },
        { organisation: 'id 甲/二', seats: 5 },
      ],
    })
    expect(keyOf(readReserved('一', near))).toBe('reserved-unclear')
  })

  test('go first on the waiting list', () => {
    expect(readPriority('一：10\n联络员：5\n二、leader +20', near)).toEqual({
      priority: [
        { organisation: 'id 甲/一', points: 10 },
        { role: 'liaison', points: 5 },
        { organisation: 'id 甲/二', role: 'leader', points: 20 },
      ],
    })
    expect(keyOf(readPriority('一：很多', near))).toBe('priority-unclear')
  })
})
