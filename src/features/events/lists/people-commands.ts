import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Account } from '../../../chat/incoming.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click, Command } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { mayDo } from '../check-in/organiser.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { findEvent, registersWith } from '../records.ts'
import { eventToManage } from './asked-event.ts'
import { answerReader } from './list-commands.ts'
import { listEvents } from './list-events.ts'
import { listPage } from './list-pages.ts'
import { listRegistrations, registrationFigures } from './list-registrations.ts'
import { type PeopleView, peopleCard, peopleViews } from './people-card.ts'
import { type Asker, askerOf } from './visible.ts'

/** Names on one page. */
const size = 15

/** 谁报了名, 谁没来, 候补名单: what organisers ask about an event, with its number or without. */
export function peopleCommands(context: EventsContext): Command[] {
  const command = (view: PeopleView, words: Command['words']): Command => {
    const all = Object.values(words).flat()
    const before = `(?:${all.join('|')})[\\s:：]*(?:${numberPattern})?`
    return {
      words,
      pattern: new RegExp(`^(?:${before}|${numberPattern}[\\s:：]*(?:的)?(?:${all.join('|')}))$`),
      run: (turn) =>
        answerReader(turn, context, (trx, { asker, now }) => {
          const { language, message } = turn
          const reader = { asker, account: message.account, language, now }
          return askedPeople(trx, context, eventNumberIn(message.text), view, reader)
        }),
    }
  }
  return [
    command('all', {
      'zh-CN': ['谁报了名', '谁报名了', '谁报名', '报名名单', '报名情况', '名单'],
      en: ['who registered', 'registrations'],
    }),
    command('absent', {
      'zh-CN': ['谁没来', '谁没到', '未签到名单', '缺席名单'],
      en: ['who is absent', 'absent'],
    }),
    command('present', { 'zh-CN': ['谁来了', '签到名单', '签到情况'], en: ['who came'] }),
    command('waiting', { 'zh-CN': ['候补名单', '谁在候补'], en: ['waiting list'] }),
    command('again', { 'zh-CN': ['谁没再确认', '未再确认名单'], en: ['who has not confirmed again'] }),
  ]
}

interface Reader {
  asker: Exclude<Asker, 'house'>
  /** For a link into the console, which is kept; null: what only reads makes none. */
  account: Account | null
  language: Language
  now: Date
}

async function askedPeople(
  trx: Trx,
  context: EventsContext,
  number: string | null,
  view: PeopleView,
  reader: Reader,
): Promise<Card> {
  if (number !== null) return peoplePage(trx, context, { event: number, view, after: null }, reader)
  // Without a number it is clear where there is but one, to come or under way.
  const may = { may: 'event.view' as const }
  const { events } = await listEvents(trx, context, reader.asker, may, { size: 2 })
  const [only, other] = events
  if (!only || other) {
    const asked = { list: 'managed' as const, wish: null, after: null }
    return listPage(trx, context, asked, reader)
  }
  return peoplePage(trx, context, { event: only.event.row.id, view, after: null }, reader)
}

/** 名单, another part of it, or its next page. */
export async function showPeople(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const { event = '', show = '', after } = action.value
  const view = Object.hasOwn(peopleViews, show) ? (show as PeopleView) : 'all'
  const asker = await askerOf(trx, action.account)
  const reader = { asker, account: null, language, now }
  const card = await peoplePage(trx, context, { event, view, after: after ?? null }, reader)
  return show === '' ? { beside: card, besideAlone: true } : { replace: card }
}

async function peoplePage(
  trx: Trx,
  context: EventsContext,
  asked: { event: string; view: PeopleView; after: string | null },
  { asker, account, language, now }: Reader,
): Promise<Card> {
  const { person } = asker
  const event = await eventToManage(trx, asked.event, { person, action: 'event.view', now })
  if (event.row.state === 'draft') throw new PlainError('announcing:refused.not-published')
  const page = { size, ...(asked.after === null ? {} : { after: asked.after }) }
  const { registrations, next } = await listRegistrations(trx, event, peopleViews[asked.view], page)
  const asking = (await findEvent(trx, registersWith(event))) ?? event
  return peopleCard(
    { ...event, questions: asking.questions },
    { figures: await registrationFigures(trx, event), registrations, view: asked.view, next },
    {
      ...{ language, now, url: `${context.publicUrl()}/console/events/${event.row.id}/registrations` },
      signIn: account === null ? null : ((await context.consoleLink?.(trx, account)) ?? null),
      mayManage: await mayDo(trx, event, person, 'event.manage', now),
    },
  )
}
