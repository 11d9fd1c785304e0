import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import type { Account } from '../../src/chat/incoming.ts'
import type { Language } from '../../src/chat/language.ts'
import { createLeaveFeature } from '../../src/features/leave/leave-feature.ts'
import { explainError } from '../../src/messages/translate.ts'
import { addMembership } from '../../src/people/memberships.ts'
import { createOrganisation } from '../../src/people/organisations.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import { cardToText } from '../../src/platforms/text/render-card.ts'
import { setOwnDay } from '../../src/timers/calendar/own-days.ts'
import { readWorkCalendar } from '../../src/timers/calendar/work-calendar.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const start = new Date('2026-11-23T02:00:00Z')
const account = (user: string): Account => ({ platform: 'web', installation: 'web', user })

async function openHouse(open: Open) {
  let time = start
  const { store } = await open({ clock: () => time, databaseClock: () => time })
  const feature = createLeaveFeature({ store })
  const person = await store.transaction(async (trx) => {
    const organisation = await createOrganisation(trx, { name: '一厂', kind: 'enterprise', parent: null })
    const made = await createPerson(trx, { name: '张三' })
    await addMembership(trx, { person: made.id, organisation: organisation.id, role: 'staff' })
    await setOwnDay(trx, organisation.id, { day: '2026-12-03', working: false, name: '厂庆' })
    await linkAccount(trx, account('zhang'), made.id, start)
    const other = await createPerson(trx, { name: '李四' })
    await linkAccount(trx, account('li'), other.id, start)
    return made.id
  })
  const base = (user: string) => ({
    id: 'm',
    account: account(user),
    conversation: { platform: 'web', installation: 'web', chat: 'c', thread: '' },
    at: time,
  })
  let last: Card = { tone: 'info', blocks: [] }
  return {
    store,
    person,
    goTo(instant: string) {
      time = new Date(instant)
    },
    /** What is said to whom, as text; a refusal as its message. */
    async say(text: string, { user = 'zhang', language = 'zh-CN' as Language, group = false } = {}) {
      const said = text.toLowerCase()
      const command =
        feature.commands.find(({ words }) => Object.values(words).flat().includes(said)) ??
        feature.commands.find(({ pattern }) => pattern?.test(said))
      const cards: string[] = []
      try {
        await command!.run({
          message: { ...base(user), type: 'message', text, language, group },
          language,
          signal: new AbortController().signal,
          commit: (work) =>
            store.transaction(async (trx) => {
              cards.length = 0
              await work(trx, async (card, options) => {
                cards.push(`${options?.to ? 'alone: ' : ''}${cardToText(card, { buttons: 'none' })}`)
                if (!options?.to || group)
                  last = card.blocks.some(({ type }) => type === 'buttons') ? card : last
                return 'said'
              })
            }),
          edit: async () => {},
        })
      } catch (error) {
        return explainError(error, language)
      }
      return cards.join('\n---\n')
    },
    /** Presses the first button of the last card that had one. */
    async press(user = 'zhang'): Promise<string> {
      const button = last.blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))[0]!
      const handler = feature.actions[button.action.replace('leave.', '')]!
      try {
        const answer: Acknowledgement = await store.transaction((trx) =>
          handler.run({
            action: {
              ...base(user),
              type: 'action',
              language: 'zh-CN',
              action: button.action,
              value: button.value,
            },
            language: 'zh-CN',
            trx,
            now: time,
            say: async () => 'said',
            openForm: async () => ({}),
          }),
        )
        return cardToText(answer.replace!, { buttons: 'none' })
      } catch (error) {
        return explainError(error, 'zh-CN')
      }
    },
    leave: () =>
      store.db.selectFrom('person_leave').select(['first_day', 'last_day', 'entered_by']).execute(),
  }
}

describeEachDatabase('leave entered in chat', (open) => {
  test('is shown with its working days and counts once confirmed', async () => {
    const house = await openHouse(open)
    const shown = await house.say('请假 12月1日到12月5日')
    expect(shown).toContain('12月1日周二至12月5日周六，共 5 天，其中工作日 3 天')
    expect(shown).not.toContain('暂定')
    expect(await house.leave()).toEqual([])
    expect(await house.press()).toContain('已登记请假：12月1日周二至12月5日周六')
    expect(await house.press()).toContain('已登记')
    expect(await house.leave()).toEqual([
      { first_day: '2026-12-01', last_day: '2026-12-05', entered_by: house.person },
    ])
    const scope = { organisation: null, person: house.person }
    const { leave } = await readWorkCalendar(house.store.db, scope, '2026-11-23')
    expect(leave).toEqual([{ first: '2026-12-01', last: '2026-12-05' }])
  })

  test('of a year without published days says that it is provisional', async () => {
    const house = await openHouse(open)
    expect(await house.say('休假 2027-02-01 至 2027-02-10')).toContain('暂定')
    expect(await house.say('leave Dec 1 to Dec 5', { language: 'en' })).toContain('3 are working days')
  })

  test('that is past, overlapping or the wrong way round is refused', async () => {
    const house = await openHouse(open)
    await house.say('我下周一请假')
    await house.press()
    expect(await house.say('请假 2026-11-20')).toContain('已经过去')
    expect(await house.say('请假 11月29日到12月2日')).toContain('2026-11-30 至 2026-11-30')
    expect(await house.say('请假 2026-12-05 到 2026-12-01')).toContain('晚于')
    expect(await house.say('请假 2026-12-05 到 2028-12-01')).toContain('366')
    expect(await house.say('请假三天')).toContain('请写明请假的日期')
    expect(await house.say('请假')).toContain('例如')
  })

  test('guests are told to sign in, and nobody confirms for another', async () => {
    const house = await openHouse(open)
    expect(await house.say('请假 12月1日', { user: 'nobody' })).toContain('还没有登录')
    expect(await house.say('我的请假', { user: 'nobody' })).toContain('还没有登录')
    await house.say('请假 12月1日')
    expect(await house.press('li')).toContain('只能由本人确认')
    expect(await house.press('nobody')).toContain('只能由本人确认')
    expect(await house.leave()).toEqual([])
  })

  test('the word of the button, typed, says where to press and is no question', async () => {
    const house = await openHouse(open)
    await house.say('请假 12月1日')
    expect(await house.say('确认')).toContain('请点上一条消息里的“确认”')
    expect(await house.leave()).toEqual([])
  })

  test('a card that was confirmed too late says so', async () => {
    const house = await openHouse(open)
    await house.say('明天请假')
    house.goTo('2026-11-25T02:00:00Z')
    expect(await house.press()).toContain('已经过去')
  })

  test('before a group it is said to the person alone', async () => {
    const house = await openHouse(open)
    const said = await house.say('明天请假', { group: true })
    expect(said).toMatch(/^alone: .*确认后才生效/)
    expect(said).toMatch(/---\n已单独发给您/)
    // So is why it was refused: it may tell when somebody is away.
    await house.press()
    const refused = await house.say('请假到周五', { group: true })
    expect(refused).toMatch(/^alone: .*重叠[^-]*---\n已单独/s)
  })

  test('销假: what is to come is taken back, what is under way ends with yesterday', async () => {
    const house = await openHouse(open)
    expect(await house.say('销假')).toContain('目前没有请假')
    await house.say('请假 12月1日到12月5日')
    await house.press()
    expect(await house.say('我的请假')).toContain('12月1日周二至12月5日周六')
    expect(await house.press('li')).toContain('已经结束或取消')
    expect(await house.press()).toContain('已取消请假')
    expect(await house.leave()).toEqual([])
    expect(await house.press()).toContain('已经结束或取消')
    await house.say('请假 12月1日到12月5日')
    await house.press()
    house.goTo('2026-12-03T02:00:00Z')
    await house.say('销假')
    expect(await house.press()).toContain('从今天起恢复上班')
    expect(await house.leave()).toMatchObject([{ first_day: '2026-12-01', last_day: '2026-12-02' }])
  })
})
