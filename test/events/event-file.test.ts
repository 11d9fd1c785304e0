import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draftOf } from '../../src/features/events/making/draft-of.ts'
import type { EventDraft } from '../../src/features/events/making/keep-event.ts'
import { makeEvents } from '../../src/features/events/making/make-events.ts'
import { readEventFile } from '../../src/features/events/making/read-event-file.ts'
import { templateOf, writeEventFile } from '../../src/features/events/making/write-event-file.ts'
import { toEvent } from '../../src/features/events/records.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { explainError } from '../../src/messages/translate.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { lecture } from './event-drafts.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'

let house: EventsHouse
let close: () => Promise<void>
beforeEach(async () => {
  house = await openEventsHouse(async (options) => {
    const opened = await openTestStore(options)
    close = opened.close
    return opened
  })
})
afterEach(async () => {
  await house.stop()
  await close()
})

const read = (text: string, mayMake = true) =>
  readEventFile(text, {
    ...{ db: house.store.db, kinds: house.context.kinds, language: 'zh-CN', now: house.time.now },
    mayMake: async () => mayMake,
  })

const refusal = async (text: string, mayMake = true) => {
  try {
    await read(text, mayMake)
    return ''
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    return explainError(error, 'zh-CN')
  }
}

const short = `kind: lecture
title: 机器人讲座
organisation: 华北重工/一分公司
starts: 2026-03-13 14:00
ends: 2026-03-13 16:00
`

describe('a file of events', () => {
  test('may be as short as what the kind does not say', async () => {
    const [entry] = await read(short)
    expect(entry?.drafts).toMatchObject([
      {
        ...{
          title: '机器人讲座',
          organisation: house.people.branch,
          timeZone: 'Asia/Shanghai',
          capacity: 100,
        },
        ...{ startsAt: new Date('2026-03-13T06:00:00Z'), closesAt: new Date('2026-03-13T06:00:00Z') },
        ...{ cancelUntil: new Date('2026-03-12T06:00:00Z'), reminders: [1440, 60], mode: 'first-come' },
      },
    ])
  })

  test('may hold several, as documents or as a list, and a series', async () => {
    const item = short.trimEnd().replaceAll('\n', '\n    ')
    const list = `events:\n  - ${item}\n  - ${item}\n`
    expect(await read(list)).toHaveLength(2)
    expect(await read(`${short}---\n${short}`)).toHaveLength(2)
    const [series] = await read(`${short}series: { repeat: weekly, times: 4, shared: true }\n`)
    expect(series).toMatchObject({ isShared: true })
    expect(series?.drafts.map(({ startsAt }) => startsAt.toISOString().slice(0, 10))).toEqual([
      ...['2026-03-13', '2026-03-20', '2026-03-27', '2026-04-03'],
    ])
  })

  test.each([
    [short.replace('ends: 2026-03-13 16:00', 'ends: 2026-03-13 13:00'), '第 5 行：结束时间须晚于开始时间。'],
    [short.replace('2026-03-13 14:00', '2026-02-30 14:00'), '第 4 行：没有“2026-02-30 14:00”这个时刻'],
    [short.replace('lecture', 'salon'), '第 1 行：没有“salon”这种活动类型。'],
    [short.replace('一分公司', '乌有'), '第 3 行：您不能以这个单位的名义办活动。'],
    [`${short}zone: Mars/Phobos\n`, '第 6 行：没有“Mars/Phobos”这个时区'],
    [`${short}reserved:\n  二分公司: 10\n  乌有: 3\n`, '第 8 行：没有找到单位“乌有”'],
    [`${short}registration:\n  guests: 2.5\n`, '第 7 行：请填 0 到 20 之间的整数。'],
    [`${short}questions:\n  - label: 甲\n  - label: ''\n`, '第 8 行：有一行没有写问题。'],
    [`${short}link: ftp://x\n`, '第 6 行：请填写完整的网址'],
    [`${short}\n${short}`, '第 7 行的“kind”重复'],
    [`${short}wrong: 1\n`, 'wrong'],
    [`${short}title: [\n`, '不是正确的 YAML'],
    [`${short}series: { repeat: list, days: [2026-02-31] }\n`, '第 6 行：“2026-02-31”不是日期'],
    ['', '文件中没有活动'],
    ['- 1\n- 2\n', '2 处问题'],
  ])('%j is refused with its lines', async (text, words) => {
    expect(await refusal(text)).toContain(words)
  })

  test('names all that is wrong, and takes nothing', async () => {
    const said = await refusal(`${short}zone: x\n---\n${short.replace('16:00', '12:00')}`)
    expect(said).toContain('2 处问题')
    expect(said).toMatch(/第 6 行.*\n第 12 行/)
  })

  test('for an organisation of others is refused as if that were not there', async () => {
    expect(await refusal(short, false)).toBe(await refusal(short.replace('一分公司', '乌有')))
  })

  test('of a template is right for every kind', async () => {
    for (const kind of house.context.kinds.all()) {
      const [entry] = await read(templateOf(kind, '华北重工', '2026-03-20'))
      expect(entry?.drafts[0]?.kind).toBe(kind.name)
    }
  })

  test('that was written of events is read as them', async () => {
    const { group, branch, workshop, 吴主席: by = '' } = house.people
    const words = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll(/[\p{C}\p{Z}]/gu, 'x'))
    const minute = fc.integer({ min: 0, max: 500 }).map((minutes) => minutes * 60_000)
    await fc.assert(
      fc.asyncProperty(
        ...([
          words,
          words,
          minute,
          minute,
          fc.boolean(),
          fc.option(fc.integer({ min: 20, max: 500 })),
        ] as const),
        fc.uniqueArray(fc.integer({ min: 5, max: 43_200 }), { maxLength: 5 }),
        fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/New_York'),
        async (title, description, later, before, flag, capacity, minutes, timeZone) => {
          const startsAt = new Date(Date.UTC(2026, 3, 15) + later)
          const draft: EventDraft = lecture(group, {
            ...{ title: `讲座${title}`, description, startsAt, timeZone, capacity, hasWaitingList: flag },
            endsAt: new Date(startsAt.getTime() + 3_600_000 + before),
            closesAt: new Date(startsAt.getTime() - before),
            cancelUntil: new Date(startsAt.getTime() - before),
            opensAt: flag ? new Date(startsAt.getTime() - 86_400_000 - before) : null,
            audience: { organisations: flag ? [branch!] : [], roles: flag ? ['liaison'] : [], public: !flag },
            reserved: capacity === null ? [] : [{ organisation: workshop!, seats: 3 }],
            priority: [
              { organisation: branch!, points: 3 },
              { role: 'leader', points: 5 },
            ],
            questions: [
              { name: 'paper', label: `论文${title}`, type: 'text', required: flag, options: [] },
              { name: 'how', label: '形式', type: 'select', required: false, options: ['口头', '张贴'] },
            ],
            reminders: minutes.sort((a, b) => b - a),
            hours: flag ? 1.5 : null,
          })
          const made = await house.store.transaction((trx) =>
            makeEvents(trx, house.context, [draft], { isShared: false, by, now: house.time.now }),
          )
          const text = await writeEventFile(house.store.db, made)
          const [entry] = await read(text)
          expect(entry?.drafts).toEqual([await draftOf(house.store.db, made[0]!)])
        },
      ),
      { numRuns: 40 },
    )
  })

  test('of a series stands for all its days', async () => {
    const { 吴主席: by = '' } = house.people
    const [entry] = await read(`${short}series: { repeat: weekly, times: 3, shared: true }\n`)
    await house.store.transaction((trx) =>
      makeEvents(trx, house.context, entry!.drafts, { isShared: true, by, now: house.time.now }),
    )
    const rows = await house.store.db.selectFrom('event_entry').selectAll().orderBy('starts_at').execute()
    const text = await writeEventFile(house.store.db, [toEvent(rows[0]!)])
    expect(await read(text)).toEqual([entry])
  })
})
