import { randomUUID } from 'node:crypto'
import type { Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Click, Feature, Turn } from '../../conversation/feature.ts'
import { sayAlone } from '../../conversation/say-alone.ts'
import { errorCard } from '../../messages/error-card.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { findPersonByAccount, type Person } from '../../people/people.ts'
import type { Store, Trx } from '../../store/store.ts'
import { type Day, dayIn, isDay } from '../../timers/calendar/day.ts'
import { checkLeave, endLeave, enterLeave, leaveOf } from '../../timers/calendar/leave.ts'
import { scopeOfPerson } from '../../timers/calendar/scope-of-person.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { countWorkingDays } from '../../timers/calendar/working-days.ts'
import { confirmCard, daysOf, ownLeaveCard, textCard } from './leave-cards.ts'
import { listMine } from './list-mine.ts'
import { leaveRequest, readLeaveRequest } from './read-request.ts'

/** Somebody known, on the day it is where they are. */
interface Asker {
  person: Person
  today: Day
}

/** Leave, entered by people themselves: time limits that count by their days then leave these out. */
export function createLeaveFeature({ store }: { store: Store }): Feature {
  /** Commits what is made for whoever is signed in; before a group it is said to them alone. */
  const answer = (turn: Turn, make: (trx: Trx, asker: Asker) => Promise<Card>) =>
    turn.commit(async (trx, say) => {
      const { language } = turn
      const asker = await askerOf(trx, turn.message.account, await store.now(trx))
      if (!asker) return void (await say(textCard(translate(language, 'calendar:leave.guest'))))
      const card = await make(trx, asker).catch((error: unknown) => {
        if (error instanceof PlainError) return errorCard(error, language)
        throw error
      })
      await sayAlone(turn, say, card)
    })

  const request = (turn: Turn) =>
    answer(turn, async (trx, { person, today }) => {
      const { language } = turn
      const asked = readLeaveRequest(turn.message.text, today)
      if (!asked) return usage(language)
      if (asked.first < today) throw new PlainError('calendar:leave.past')
      await checkLeave(trx, { person: person.id, ...asked })
      const calendar = await readWorkCalendar(trx, await scopeOfPerson(trx, person.id, today), today)
      const working = countWorkingDays(calendar, asked.first, asked.last)
      return confirmCard({ person: person.id, ...asked, working }, language, today)
    })

  const showOwn = (turn: Turn) =>
    answer(turn, async (trx, { person, today }) =>
      ownLeaveCard(await leaveOf(trx, person.id, today), turn.language, today),
    )

  /** What was asked for stands in the button alone, so that typing the word cannot say which days are meant. */
  const showButton = (turn: Turn) =>
    turn.commit(async (_trx, say) => {
      await say(textCard(translate(turn.language, 'calendar:leave.press')))
    })

  async function confirm({ action, trx, now, language }: Click): Promise<Acknowledgement> {
    const asker = await askerOf(trx, action.account, now)
    const { person, first = '', last = '' } = action.value
    // A card in a group may be pressed by anybody.
    if (!asker || asker.person.id !== person) throw new PlainError('calendar:leave.not-yours')
    if (!isDay(first) || !isDay(last)) throw new PlainError('chat:gone')
    if (first < asker.today) throw new PlainError('calendar:leave.past')
    const given = { id: randomUUID(), person, first, last, note: '', by: person }
    await enterLeave(trx, given, now)
    const days = daysOf(given, language, asker.today)
    return { replace: textCard(translate(language, 'calendar:leave.entered', { days })) }
  }

  async function end({ action, trx, now, language }: Click): Promise<Acknowledgement> {
    const asker = await askerOf(trx, action.account, now)
    const own = asker ? await leaveOf(trx, asker.person.id, asker.today) : []
    const leave = own.find(({ id }) => id === action.value.leave)
    if (!asker || !leave) throw new PlainError('calendar:leave.gone')
    await endLeave(trx, leave.id, asker.today)
    const days = daysOf(leave, language, asker.today)
    const key = leave.first < asker.today ? 'calendar:leave.cut-short' : 'calendar:leave.taken-back'
    return { replace: textCard(translate(language, key, { days })) }
  }

  return {
    name: 'leave',
    actions: { confirm: { reads: false, run: confirm }, end: { reads: false, run: end } },
    commands: [
      {
        words: {
          'zh-CN': ['我的请假', '我的休假', '查看请假', '请假记录', '销假', '取消请假', '结束休假'],
          en: ['my leave', 'end leave', 'cancel leave', 'end my leave', 'cancel my leave'],
        },
        run: showOwn,
      },
      {
        words: {
          'zh-CN': ['请假', '休假', '我要请假', '我想请假', '登记请假', '登记休假'],
          en: ['leave', 'request leave', 'enter leave'],
        },
        run: request,
      },
      { words: { 'zh-CN': [], en: [] }, pattern: leaveRequest, run: request },
      { words: { 'zh-CN': [], en: [] }, pattern: /^(?:确认|确定|确认请假|confirm)$/, run: showButton },
    ],
    forms: [],
    mine: listMine,
    timers: {},
    subscriptions: {},
  }
}

async function askerOf(trx: Trx, account: Turn['message']['account'], now: Date): Promise<Asker | null> {
  const person = await findPersonByAccount(trx, account)
  return person && { person, today: dayIn(person.timeZone, now) }
}

function usage(language: Turn['language']): Card {
  return textCard(translate(language, 'calendar:leave.usage'), translate(language, 'calendar:leave.how'))
}
