import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Click, Command, Turn } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { eventCard } from './event-card.ts'
import { readEventView } from './event-view.ts'
import type { ListName } from './list-cards.ts'
import { listPage } from './list-pages.ts'
import { readWish, type Wish } from './read-wish.ts'
import { type Asker, askerOf, findVisible } from './visible.ts'

/** 近期活动, 我的报名, 我管理的活动, an event by its number, and 「下周关于机器人的讲座」. */
export function listCommands(context: EventsContext): Command[] {
  const list = (name: ListName, words: Command['words']): Command => ({
    words,
    run: (turn) => sayList(turn, context, name, null),
  })
  return [
    list('coming', {
      'zh-CN': ['近期活动', '活动', '有什么活动', '最近活动', '活动列表', '报名', '我要报名', '查活动'],
      en: ['events', 'upcoming events', 'register'],
    }),
    list('own', {
      'zh-CN': ['我的报名', '我报名的活动', '我的活动', '我报了哪些活动'],
      en: ['my registrations', 'my events'],
    }),
    list('managed', {
      'zh-CN': ['我组织的活动', '我管理的活动', '活动管理'],
      en: ['events i manage', 'manage events'],
    }),
    {
      words: { 'zh-CN': [], en: [] },
      pattern: new RegExp(`^(?:(?:查看|看|活动|event)[\\s:：]*)?${numberPattern}$`),
      run: (turn) => sayEvent(turn, context),
    },
    {
      words: { 'zh-CN': [], en: [] },
      // What it is about says `fits`: the kinds are data.
      pattern: /^.{2,80}$/u,
      fits: async (turn) => readWish(turn.message.text, context.kinds, turn.message.at) !== null,
      async run(turn) {
        const wish = readWish(turn.message.text, context.kinds, turn.message.at)
        await sayList(turn, context, 'found', wish)
      },
    },
  ]
}

async function sayList(turn: Turn, context: EventsContext, list: ListName, wish: Wish | null): Promise<void> {
  await answerReader(turn, context, async (trx, reader) =>
    listPage(trx, context, { list, wish, after: null }, { ...reader, language: turn.language }),
  )
}

function sayEvent(turn: Turn, context: EventsContext): Promise<void> {
  const number = eventNumberIn(turn.message.text) ?? ''
  return answerReader(turn, context, async (trx, reader) =>
    shownTo(trx, context, number, { ...reader, language: turn.language }),
  )
}

/** As `answerAlone`, by what whoever asks may see. */
export function answerReader(
  turn: Turn,
  context: EventsContext,
  make: (trx: Trx, reader: { asker: Exclude<Asker, 'house'>; now: Date }) => Promise<Card>,
): Promise<void> {
  return answerAlone(turn, context, async (trx, now) =>
    make(trx, { asker: await askerOf(trx, turn.message.account), now }),
  )
}

/** 查看详情: the card of the event for whoever pressed. */
export async function showEvent(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const asker = await askerOf(trx, action.account)
  const card = await shownTo(trx, context, action.value.event ?? '', { asker, language, now })
  return { beside: card, besideAlone: true }
}

/** The card of an event by id or number, for whoever may see it. Throws PlainError for others. */
export async function shownTo(
  trx: Trx,
  context: EventsContext,
  idOrNumber: string,
  reader: { asker: Exclude<Asker, 'house'>; language: Turn['language']; now: Date },
): Promise<Card> {
  const event = await findVisible(trx, reader.asker, idOrNumber, dayInChina(reader.now))
  if (!event) throw new PlainError('announcing:refused.no-such-event')
  const view = await readEventView(trx, context, event, reader)
  return eventCard(view, { where: 'alone', language: reader.language, now: reader.now })
}
