import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkIn, undoCheckIn } from '../../src/features/events/check-in/attend.ts'
import { eventCode } from '../../src/features/events/check-in/event-code.ts'
import { judgeCode } from '../../src/features/events/check-in/judge-code.ts'
import { personalCode, shortCode } from '../../src/features/events/check-in/personal-code.ts'
import { setWalkIns } from '../../src/features/events/check-in/walk-ins.ts'
import type { Event } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { buttonOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic, textOf } from './registered.ts'

/** A quarter of an hour before the lecture. */
const before = '2026-03-13T05:45:00.000Z'

describeEachDatabase('checking in', (open) => {
  let house: EventsHouse
  let event: Event

  beforeEach(async () => {
    house = await openEventsHouse(open)
    event = await house.event()
    house.time.now = new Date(before)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const there = async () =>
    house.store.db.selectFrom('event_check_in').selectAll().orderBy('registration').execute()

  describe('codes at the door', () => {
    const judge = (text: string, at = before) => judgeCode(house.store.db, event, text, new Date(at))

    test('a personal code, long or short, is its registration', async () => {
      const { id } = await registered(house, event, '张三')
      for (const code of [personalCode(event.row, id), shortCode(event.row, id).toLowerCase()]) {
        expect(await judge(code)).toMatchObject({ type: 'registration', registration: { id } })
      }
    })

    test('of another event, or another date of the series, it is foreign and says which', async () => {
      const { id } = await registered(house, event, '张三')
      const next = await house.event({ title: '第二讲', registersWith: event.row.id })
      expect(await judge(personalCode(next.row, id))).toEqual({ type: 'foreign', title: '第二讲' })
      expect(await judge(shortCode(next.row, id))).toEqual({ type: 'foreign', title: '' })
      const other = await house.event({ title: '参观' })
      const elsewhere = await registered(house, other, '张三')
      expect(await judge(personalCode(other.row, elsewhere.id))).toEqual({ type: 'foreign', title: '参观' })
    })

    test('altered, expired and unreadable codes are told apart', async () => {
      const { id } = await registered(house, event, '张三')
      const code = personalCode(event.row, id)
      const altered = code.slice(0, 20) + (code[20] === 'A' ? 'B' : 'A') + code.slice(21)
      expect(await judge(altered)).toEqual({ type: 'altered' })
      expect(await judge(code, '2026-03-13T09:00:01Z')).toEqual({ type: 'expired' })
      expect(await judge('你好')).toEqual({ type: 'unreadable' })
      const short = shortCode(event.row, id)
      expect(await judge(short.slice(0, 9) + (short[9] === 'A' ? 'B' : 'A'))).toEqual({ type: 'altered' })
    })

    test('a code of before the event was moved is not taken', async () => {
      const { id } = await registered(house, event, '张三')
      const old = shortCode({ ...event.row, ends_at: '2026-03-13T07:00:00.000Z' }, id)
      expect(await judge(old)).toEqual({ type: 'altered' })
    })
  })

  describe('whoever is let in', () => {
    const letIn = async (name: string, changed: Parameters<typeof registered>[3] = {}, at = before) => {
      const registration = await registered(house, event, name, changed)
      const now = new Date(at)
      return house.store.transaction((trx) =>
        checkIn(trx, house.context, event, registration, { how: 'personal-code', by: null, at: now, now }),
      )
    }

    test.each(['requested', 'waiting', 'offered', 'cancelled'] as const)('not when %s', async (state) => {
      expect(await letIn('张三', { state })).toEqual({ type: 'refused', reason: state })
      expect(await there()).toEqual([])
    })

    test('not too early and not after the end', async () => {
      expect(await letIn('张三', {}, '2026-03-13T02:59:59Z')).toEqual({ type: 'refused', reason: 'not-yet' })
      expect(await letIn('陈晨', {}, '2026-03-13T09:00:01Z')).toEqual({ type: 'refused', reason: 'past' })
    })

    test('not with a registration of another event', async () => {
      const other = await house.event()
      const registration = await registered(house, other, '张三')
      const now = new Date(before)
      const answer = await house.store.transaction((trx) =>
        checkIn(trx, house.context, event, registration, { how: 'button', by: null, at: now, now }),
      )
      expect(answer).toEqual({ type: 'refused', reason: 'not-registered' })
    })

    test('once, by however many helpers at the same moment', async () => {
      const registration = await registered(house, event, '张三')
      const now = new Date(before)
      const answers = await Promise.all(
        ['李梅', '王强', '吴主席'].map((name) =>
          house.store.transaction((trx) =>
            checkIn(trx, house.context, event, registration, {
              ...{ how: 'by-hand', by: house.people[name] ?? null, at: now, now },
            }),
          ),
        ),
      )
      expect(answers.map(({ type }) => type).sort()).toEqual(['already', 'already', 'checked-in'])
      expect(await there()).toHaveLength(1)
    })

    test('again after it was taken back, but not by what was noted before that', async () => {
      const registration = await registered(house, event, '张三')
      const by = house.people.吴主席 ?? ''
      const letInAt = (at: string) =>
        house.store.transaction((trx) =>
          checkIn(trx, house.context, event, registration, {
            ...{ how: 'by-hand', by, at: new Date(at), now: new Date('2026-03-13T06:00:00Z') },
          }),
        )
      expect(await letInAt('2026-03-13T05:45:00Z')).toMatchObject({ type: 'checked-in' })
      const undone = await house.store.transaction((trx) =>
        undoCheckIn(trx, house.context, event, registration, {
          ...{ by, at: new Date('2026-03-13T05:50:00Z'), now: new Date('2026-03-13T06:00:00Z') },
        }),
      )
      expect(undone).toBe(true)
      expect(await letInAt('2026-03-13T05:46:00Z')).toEqual({ type: 'refused', reason: 'undone' })
      expect(await letInAt('2026-03-13T05:51:00Z')).toMatchObject({ type: 'checked-in' })
    })
  })

  describe('in chat', () => {
    test('the button lets in at an event online from half an hour before to the end, once', async () => {
      event = await house.event({ online: true })
      await registered(house, event, '张三')
      const press = (at: string) => {
        house.time.now = new Date(at)
        return house.click('张三', { action: 'events.check-in', value: { event: event.row.id } })
      }
      expect((await press('2026-03-13T05:29:59Z')).toast).toContain('还没到签到时间')
      expect((await press('2026-03-13T05:30:00Z')).toast).toContain('签到成功')
      expect((await press('2026-03-13T05:31:00Z')).toast).toContain('您已签到')
      expect((await press('2026-03-13T08:00:01Z')).toast).toContain('签到时间已过')
      expect(await there()).toMatchObject([{ how: 'button', by: null, at: '2026-03-13T05:30:00.000Z' }])
    })

    test('the button lets nobody in at an event in a hall', async () => {
      await registered(house, event, '张三')
      const pressed = house.click('张三', { action: 'events.check-in', value: { event: event.row.id } })
      await expect(pressed).rejects.toMatchObject({ key: 'check-in:refused.not-online' })
    })

    test('500 people press at once, and all are in', async () => {
      event = await house.event({ online: true, capacity: null })
      const names = Array.from({ length: 500 }, (_, at) => `guest-${at}`)
      for (const name of names) await registered(house, event, name)
      const toasts = await Promise.all(
        names.map((name) => house.click(name, { action: 'events.check-in', value: { event: event.row.id } })),
      )
      expect(toasts.every(({ toast }) => toast?.includes('签到成功'))).toBe(true)
      expect(await there()).toHaveLength(500)
    })

    test('the six digits on the screen let in whoever types them', async () => {
      await registered(house, event, '张三')
      const digits = eventCode(event.row, house.time.now)
      expect(textOf(await house.type('张三', `签到 ${digits}`))).toContain('签到成功')
      expect(await there()).toMatchObject([{ how: 'event-code' }])
    })

    test('digits of before are not taken, and ten wrong ones end it for an hour', async () => {
      await registered(house, event, '张三')
      const old = eventCode(event.row, new Date('2026-03-13T05:43:00Z'))
      expect(textOf(await house.type('张三', `签到 ${old}`))).toContain('不对或已更换')
      for (let at = 0; at < 9; at += 1) await house.type('张三', `签到 ${old}`)
      const right = eventCode(event.row, house.time.now)
      expect(textOf(await house.type('张三', `签到 ${right}`))).toContain('输错次数过多')
      expect(await there()).toEqual([])
    })

    test('whoever is not registered is told so, and may still check in with the ticket once they are', async () => {
      const digits = eventCode(event.row, house.time.now)
      const [card] = await house.type('张三', `签到 ${digits}`)
      expect(textOf(card)).toContain('没有找到')
      expect(buttonOf(card, '现在报名').value).toEqual({ event: event.row.id })
      await registered(house, event, '张三')
      house.time.now = new Date('2026-03-13T05:53:00Z')
      expect((await house.click('张三', buttonOf(card, '签到'))).toast).toContain('签到成功')
      await registered(house, event, '陈晨')
      const handedOn = house.click('陈晨', buttonOf(card, '签到'))
      await expect(handedOn).rejects.toMatchObject({ key: 'check-in:refused.not-online' })
    })

    test('at the door people register after the deadline, where the organisers let them', async () => {
      const register = async (name: string) => {
        await house.click(name, { action: 'events.register', value: { event: event.row.id } })
        await house.settle()
        const mine = house.store.db.selectFrom('event_registration').select('state')
        return mine.where('person', '=', house.people[name] ?? '').executeTakeFirst()
      }
      expect(await register('张三')).toBeUndefined()
      await house.store.transaction((trx) => setWalkIns(trx, event, true, house.time.now))
      expect(await register('张三')).toEqual({ state: 'confirmed' })
      house.time.now = new Date('2026-03-13T06:30:00Z')
      expect(await register('陈晨')).toEqual({ state: 'confirmed' })
      expect(await register('孙工')).toEqual({ state: 'waiting' })
      house.time.now = new Date('2026-03-13T08:00:00Z')
      expect(await register('卫工')).toBeUndefined()
    })

    test('one’s own code is shown, with the letters to be typed', async () => {
      const { id } = await registered(house, event, '张三')
      const shown = await house.click('张三', { action: 'events.my-code', value: { event: event.row.id } })
      expect(textOf(shown.beside)).toContain(`http://bot.example/c/${personalCode(event.row, id)}`)
      const [card] = await house.type('张三', '我的签到码 hd-2026-0001')
      expect(textOf(card)).toContain(shortCode(event.row, id).replace(/^.{5}/, '$& '))
      const refused = house.click('陈晨', { action: 'events.my-code', value: { event: event.row.id } })
      await expect(refused).rejects.toMatchObject({ key: 'check-in:refused.not-registered' })
    })

    test('签到 lists what one comes to now', async () => {
      await registered(house, event, '张三')
      expect(textOf(await house.type('张三', '签到'))).toContain('HD-2026-0001')
      expect(textOf(await house.type('陈晨', '签到'))).toContain('没有可以签到的活动')
    })

    test('organisers let in by name, and take it back', async () => {
      await registered(house, event, '张三')
      await registeredPublic(house, event, '王芳')
      const [card] = await house.type('吴主席', '签到 HD-2026-0001 张三')
      expect(textOf(card)).toContain('张三已签到')
      expect(textOf(await house.type('吴主席', '签到 HD-2026-0001 王芳'))).toContain('王芳已签到')
      expect(textOf(await house.type('吴主席', '签到 HD-2026-0001 赵六'))).toContain('没有“赵六”')
      expect(textOf(await house.type('张三', '签到 HD-2026-0001 王芳'))).toContain('无权办理')
      expect(textOf((await house.click('吴主席', buttonOf(card, '撤销签到'))).replace)).toContain('已撤销')
      expect((await there()).map(({ by }) => by)).toEqual([house.people.吴主席])
    })

    test('of several with one name the organiser chooses', async () => {
      await registered(house, event, '张三')
      const other = await registeredPublic(house, event, '张三')
      const [card] = await house.type('吴主席', '签到 HD-2026-0001 张三')
      await house.click('吴主席', {
        action: 'events.check-in-person',
        value: { event: event.row.id, registration: other.id },
      })
      expect(buttonOf(card, '张三 一分公司')).toBeDefined()
      expect((await there()).map(({ registration }) => registration)).toEqual([other.id])
    })
  })
})
