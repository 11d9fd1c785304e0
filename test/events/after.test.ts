import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { attendanceOf } from '../../src/features/events/after/attendance.ts'
import { keepFeedback } from '../../src/features/events/after/feedback.ts'
import { feedbackOf } from '../../src/features/events/after/feedback-figures.ts'
import {
  addMaterials,
  linksTo,
  materialsOf,
  openMaterial,
} from '../../src/features/events/after/materials.ts'
import { checkIn, undoCheckIn } from '../../src/features/events/check-in/attend.ts'
import { keepEnd } from '../../src/features/events/making/keep-end.ts'
import { type Event, findEvent, type RegistrationRow } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic, textOf } from './registered.ts'

const end = '2026-03-13T08:00:00.000Z'
const slides = { name: '课件.pdf', type: 'application/pdf', size: 3, blob: 'x' }

describeEachDatabase('after an event', (open) => {
  let house: EventsHouse
  let event: Event

  beforeEach(async () => {
    house = await openEventsHouse(open)
    event = await house.event({ hours: 1.5, closesAt: new Date('2026-03-12T09:00:00Z') })
    await house.store.transaction((trx) => keepEnd(trx, event, house.time.now))
    house.time.now = new Date('2026-03-13T06:10:00Z')
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const letIn = async (registration: RegistrationRow, at = '2026-03-13T06:10:00Z') => {
    const current = (await findEvent(house.store.db, event.row.id))!
    return house.store.transaction((trx) =>
      checkIn(trx, house.context, current, registration, {
        ...{ how: 'by-hand', by: house.people.吴主席 ?? null, at: new Date(at), now: house.time.now },
      }),
    )
  }
  const hours = () =>
    house.store.db.selectFrom('event_hours').select(['person', 'hours']).orderBy('person').execute()

  test('who was there gets hours, thanks and the question how it was, once; who was not gets nothing', async () => {
    await letIn(await registered(house, event, '张三'))
    await registered(house, event, '陈晨')
    await letIn(await registered(house, event, '访客'))
    await house.waitUntil(end)
    expect(await hours()).toEqual([{ person: house.people.张三, hours: 1.5 }])
    expect(house.cardsOf('张三').map(({ title }) => title)).toEqual(['感谢参加'])
    expect(textOf(house.cardsOf('张三'))).toContain('1.5 学时')
    expect(textOf(house.cardsOf('访客'))).not.toContain('学时')
    expect(house.cardsOf('陈晨')).toEqual([])
    await house.waitUntil('2026-03-14T08:00:00.000Z')
    expect(house.cardsOf('张三')).toHaveLength(1)
  })

  test('more than a batch are all thanked', async () => {
    for (let at = 0; at < 205; at += 1) await letIn(await registered(house, event, `guest-${at}`))
    await house.waitUntil(end)
    const sent = await house.store.db
      .selectFrom('outbox')
      .select('id')
      .where('id', 'like', 'event thanks %')
      .execute()
    expect(sent).toHaveLength(205)
  })

  test('figures go to the organiser, by organisation, and follow what becomes known later', async () => {
    await letIn(await registered(house, event, '张三', { guests: 2 }))
    const late = await registered(house, event, '陈晨')
    await letIn(await registeredPublic(house, event, '王芳', { created_at: '2026-03-13T05:59:00.000Z' }))
    await house.waitUntil(end)
    const figures = () => house.cardsOf('吴主席').filter(({ title }) => title === '活动出席情况')
    expect(textOf(figures())).toContain('报名 3 人，到场 2 人，缺席 1 人；随行 2 人；现场报名 1 人')
    const all = await attendanceOf(house.store.db, event)
    expect(all.organisations).toMatchObject([
      { name: '一分公司', registered: 2, came: 1, absent: 1, guests: 2, walkIns: 0 },
      { name: '', registered: 1, came: 1, absent: 0, walkIns: 1 },
    ])
    await letIn(late)
    await house.settle()
    expect(textOf(figures())).toContain('到场 3 人，缺席 0 人')
    expect(figures()).toHaveLength(1)
    // Entered later from paper counts as well.
    expect((await hours()).map(({ person }) => person)).toContain(house.people.陈晨)
    const row = (await findEvent(house.store.db, event.row.id))!
    await house.store.transaction((trx) =>
      undoCheckIn(trx, house.context, row, late, {
        ...{ by: house.people.吴主席 ?? '', at: house.time.now, now: house.time.now },
      }),
    )
    expect((await hours()).map(({ person }) => person)).not.toContain(house.people.陈晨)
  })

  test('the question how it was can be asked for, by those who were there, until they have answered', async () => {
    await letIn(await registered(house, event, '张三'))
    await registered(house, event, '陈晨')
    const asks = async (name: string, words: string) => textOf(await house.type(name, words))
    expect(await asks('张三', '评价活动 HD-2026-0001')).toContain('活动还没有结束')
    await house.waitUntil(end)
    expect(await asks('陈晨', '评价活动')).toContain('您目前没有待评价的活动')
    expect(await asks('陈晨', '评价活动 hd2026-1')).toContain('签到参加的人员才能评价')
    for (const words of ['评价活动 HD-2026-0009', '评价活动 HD-2026-99999999'])
      expect(await asks('张三', words)).toContain('没有找到这场活动')
    const [card] = await house.type('张三', '评价活动')
    expect(textOf([card])).toContain('HD-2026-0001')
    await house.fillIn('张三', await house.click('张三', buttonOf(card, '评价活动')), { rating: '4' })
    expect(await asks('张三', '评价活动')).toContain('您目前没有待评价的活动')
    expect(await asks('张三', '评价活动 HD-2026-0001')).toContain('您已评价过')
  })

  describe('hours', () => {
    test('are shown by year, corrected by organisers, and stay so', async () => {
      await letIn(await registered(house, event, '张三'))
      await house.waitUntil(end)
      expect(textOf(await house.type('张三', '我的学时'))).toContain('2026 年：1.5 学时')
      expect(textOf(await house.type('吴主席', '学时 HD-2026-0001 张三 2.25'))).toContain('记为 2.25')
      expect(textOf(await house.type('张三', '我的学时'))).toContain('2026 年：2.25 学时')
      expect(textOf(await house.type('吴主席', '学时 HD-2026-0001 张三 2.3'))).toContain('0.25 为单位')
      expect(textOf(await house.type('张三', '学时 HD-2026-0001 张三 50'))).toContain('无权办理')
      expect(textOf(await house.type('陈晨', '我的学时'))).toContain('还没有学时记录')
    })
  })

  describe('feedback', () => {
    const form = async (name: string, values: Record<string, string>) => {
      const button = buttonOf(house.cardsOf(name).at(-1), '评价活动')
      return house.fillIn(name, await house.click(name, button), values)
    }

    test('is taken once, of those who were there, when it is over', async () => {
      await letIn(await registered(house, event, '张三'))
      const early = house.click('张三', { action: 'events.feedback', value: { event: event.row.id } })
      await expect(early).rejects.toMatchObject({ key: 'check-in:feedback.not-yet' })
      await house.waitUntil(end)
      await form('张三', { rating: '4', comment: '案例很好', signed: 'yes' })
      const again = house.click('张三', { action: 'events.feedback', value: { event: event.row.id } })
      await expect(again).rejects.toMatchObject({ key: 'check-in:feedback.given' })
      const absent = house.click('陈晨', { action: 'events.feedback', value: { event: event.row.id } })
      await expect(absent).rejects.toMatchObject({ key: 'check-in:feedback.not-there' })
      const figures = await feedbackOf(house.store.db, event)
      expect(figures).toEqual({ count: 1, shown: null, signed: [{ comment: '案例很好', name: '张三' }] })
      const shown = textOf(await house.type('吴主席', '活动反馈 HD-2026-0001'))
      expect(shown).toContain('满 5 份后显示')
      expect(textOf(await house.type('张三', '活动反馈 HD-2026-0001'))).toContain('无权办理')
    })

    test('is shown from five on, without names and in no order of time', async () => {
      const comments = ['丙', '甲', '戊', '乙', '丁']
      for (const [at, comment] of comments.entries()) {
        const { id } = await registered(house, event, `guest-${at}`)
        await house.store.transaction((trx) =>
          keepFeedback(trx, event, id, { rating: at + 1, comment, signed: false, now: house.time.now }),
        )
      }
      const { shown, signed } = await feedbackOf(house.store.db, event)
      expect(shown).toMatchObject({ average: 3, byRating: [1, 1, 1, 1, 1] })
      expect(shown?.comments).toEqual([...comments].sort())
      expect(signed).toEqual([])
    })
  })

  describe('feedback that is signed in part', () => {
    const rate = async (count: number, signed: boolean, prefix: string) => {
      for (let at = 0; at < count; at += 1) {
        const { id } = await registered(house, event, `${prefix}-${at}`)
        await house.store.transaction((trx) =>
          keepFeedback(trx, event, id, { rating: 4, comment: prefix, signed, now: house.time.now }),
        )
      }
    }
    const isShown = async () => (await feedbackOf(house.store.db, event)).shown !== null

    test('gives no figures from which one who did not sign could be worked out', async () => {
      await rate(4, true, '署名')
      await rate(1, false, '匿名甲')
      // Four ratings stand by name in the exported list: the fifth would be what is left of the average.
      expect(await isShown()).toBe(false)
      const card = textOf(await house.type('吴主席', '活动反馈 HD-2026-0001'))
      expect(card).toContain('未署名的满 5 份后显示')
      expect(card).not.toContain('匿名甲')
      await rate(3, false, '匿名乙')
      expect(await isShown()).toBe(false)
      await rate(1, false, '匿名丙')
      expect(await isShown()).toBe(true)
    })

    test('is shown where all of five signed', async () => {
      await rate(4, true, '署名')
      expect(await isShown()).toBe(false)
      await rate(1, true, '也署名')
      expect(await isShown()).toBe(true)
    })
  })

  describe('materials', () => {
    const blob = () => house.blobs.put(new TextEncoder().encode('abc'))

    test('of before the end come with the thanks, later ones at once, to those who were there', async () => {
      await letIn(await registered(house, event, '张三'))
      await registered(house, event, '陈晨')
      const by = { by: house.people.吴主席 ?? '', now: house.time.now }
      const file = { ...slides, blob: await blob() }
      await house.store.transaction((trx) => addMaterials(trx, event, [file], by))
      await house.waitUntil(end)
      expect(textOf(house.cardsOf('张三'))).toContain('课件.pdf')
      const used = await house.store.db.selectFrom('blob_use').selectAll().execute()
      expect(used).toEqual([{ hash: file.blob, used_by: `event ${event.row.id}` }])
      const opened = await house.click('吴主席', {
        action: 'events.add-materials',
        value: { event: event.row.id },
      })
      expect(opened.form?.fields.map(({ name }) => name)).toEqual(['files'])
      const denied = house.click('张三', { action: 'events.add-materials', value: { event: event.row.id } })
      await expect(denied).rejects.toMatchObject({ key: 'check-in:refused.no-event' })
      expect(house.cardsOf('陈晨')).toEqual([])
    })

    test('a link is one person’s, for one file and a month', async () => {
      const own = await registered(house, event, '张三')
      const absent = await registered(house, event, '陈晨')
      await letIn(own)
      const by = { by: house.people.吴主席 ?? '', now: house.time.now }
      const file = { ...slides, blob: await blob() }
      await house.store.transaction((trx) => addMaterials(trx, event, [file], by))
      await house.waitUntil(end)
      const materials = await materialsOf(house.store.db, event.row.id)
      const [link] = linksTo(house.context, event, own.id, materials, house.time.now)
      const [id = '', registration = '', token = ''] = link!.url.split('/').slice(-3)
      const opening = (given: object, now = house.time.now) =>
        openMaterial(house.store.db, { id, registration, token, ...given }, now)
      expect(await opening({})).toMatchObject({ name: '课件.pdf', blob: file.blob })
      const none = { key: 'check-in:materials.no-link' }
      await expect(opening({ registration: absent.id })).rejects.toMatchObject(none)
      const [until = '', mac = ''] = token.split('.')
      await expect(opening({ token: `${Number(until) + 1}.${mac}` })).rejects.toMatchObject(none)
      await expect(opening({ token: '' })).rejects.toMatchObject(none)
      const later = opening({}, new Date('2026-04-13T08:00:00Z'))
      await expect(later).rejects.toMatchObject({ key: 'check-in:materials.expired' })
    })
  })
})
