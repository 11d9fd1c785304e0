import type { Button } from '../../../chat/card.ts'
import { incomingKey } from '../../../chat/keys.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { type OwnRegistration, ownRegistrations } from '../lists/own-registrations.ts'
import { askerOf } from '../lists/visible.ts'
import { acceptPresses } from '../presses/accept.ts'
import type { Deed } from '../presses/press.ts'
import { findEvent, registersWith } from '../records.ts'
import { chooseCard, type OwnDeed } from './choose-card.ts'
import { datesText } from './dates-text.ts'
import { eventToRegister, needsInvitation } from './open-register.ts'
import { receivedCard, sentenceCard } from './receipt-card.ts'

/** What is typed about one's own registration: 报名, 取消报名, 接受名额, 放弃名额, 申请取消, each with a number or without. */
export function registrationCommands(context: EventsContext): Command[] {
  const own = (
    words: Command['words'],
    states: OwnRegistration['registration']['state'][],
    deed: OwnDeed,
  ): Command => ({
    words,
    pattern: withNumber(words),
    run: (turn) => aboutOwn(turn, context, states, deed),
  })
  const register = {
    'zh-CN': ['报名', '我要报名', '报名参加', '我要参加', '参加'],
    en: ['register', 'register for', 'sign up', 'sign me up for'],
  }
  return [
    {
      // Without a number the list of what is to come says it.
      words: { 'zh-CN': [], en: [] },
      pattern: withNumber(register),
      run: (turn) => registerTyped(turn, context),
    },
    own(
      {
        'zh-CN': ['取消报名', '退出报名', '退出候补', '撤回报名'],
        en: ['cancel registration', 'cancel my registration'],
      },
      ['requested', 'confirmed', 'waiting', 'offered'],
      'cancel',
    ),
    own({ 'zh-CN': ['接受名额'], en: ['accept seat'] }, ['offered'], 'accept-offer'),
    own({ 'zh-CN': ['放弃名额', '不要名额'], en: ['decline seat'] }, ['offered'], 'decline-offer'),
    own(
      { 'zh-CN': ['申请取消', '申请取消报名', '活动请假'], en: ['ask to leave'] },
      ['confirmed'],
      'ask-to-leave',
    ),
  ]
}

/** The words, and the number of an event after them; compared as dispatch folds what is said. */
function withNumber(words: Command['words']): RegExp {
  const all = Object.values(words).flat().join('|')
  return new RegExp(`^(?:${all})[\\s:：,，]*${numberPattern}$`)
}

async function registerTyped(turn: Turn, { store }: EventsContext): Promise<void> {
  const { message, language } = turn
  const number = eventNumberIn(message.text) ?? ''
  await turn.commit(async (trx, say) => {
    const now = await store.now(trx)
    const { event, registering } = await eventToRegister(trx, number, { language, now })
    const person = (await findPersonByAccount(trx, message.account))?.id ?? null
    await needsInvitation(trx, { event, registering }, message.account, now)
    const asks = registering.questions.length > 0 || registering.row.most_guests > 0 || person === null
    if (asks) {
      const open: Button = {
        ...{ label: translate(language, 'registration:command.open'), action: 'events.register-form' },
        ...{ value: { event: event.row.id }, opens: 'beside', style: 'primary' },
      }
      const card = sentenceCard(language, 'registration:command.asks', {
        when: await datesText(trx, event, language, now),
      })
      const blocks = [...card.blocks, { type: 'buttons' as const, buttons: [open] }]
      return void (await sayAlone(turn, say, { ...card, title: eventHeadline(event.row), blocks }))
    }
    const reply = await sayAlone(turn, say, receivedCard(eventHeadline(event.row), language))
    await press(trx, turn, registering.row.id, { type: 'register', guests: 0, answers: null }, reply, now)
  })
}

/** Does it where it is clear about which event, else lists what it could be about. */
async function aboutOwn(
  turn: Turn,
  { store }: EventsContext,
  states: OwnRegistration['registration']['state'][],
  deed: OwnDeed,
): Promise<void> {
  const { message, language } = turn
  const number = eventNumberIn(message.text)
  await turn.commit(async (trx, say) => {
    const now = await store.now(trx)
    const asker = await askerOf(trx, message.account)
    const { own } = await ownRegistrations(trx, asker, { states }, { size: 50, now })
    const event = number === null ? null : await findEvent(trx, number)
    const registered = event && registersWith(event)
    const meant = number === null ? own : own.filter(({ registration }) => registration.event === registered)
    // A series that is registered for together is one entry.
    const choices = meant.filter(
      ({ registration }, at) => meant.findIndex((one) => one.registration.id === registration.id) === at,
    )
    const [only] = choices
    if (!only) {
      const key =
        number === null ? `registration:command.none-${deed}` : 'registration:refused.not-registered'
      return void (await sayAlone(turn, say, sentenceCard(language, key, {}, 'refusal')))
    }
    const isPast = only.registration.state === 'confirmed' && only.event.row.cancel_until <= now.toISOString()
    const needsForm = deed === 'ask-to-leave' || (deed === 'cancel' && isPast)
    // What a word without number would take away is shown first.
    const isSure = choices.length === 1 && (number !== null || deed === 'accept-offer')
    if (!isSure || needsForm) {
      await sayAlone(turn, say, chooseCard(choices, deed, turn.language, now))
      return
    }
    const reply = await sayAlone(turn, say, receivedCard(eventHeadline(only.event.row), language))
    await press(trx, turn, only.registration.event, { type: deed }, reply, now)
  })
}

async function press(
  trx: Trx,
  { message, language }: Turn,
  event: string,
  deed: Deed,
  reply: string,
  now: Date,
): Promise<void> {
  const { account } = message
  const who = { type: 'account' as const, account, name: '' }
  const by = { account, person: null }
  const key = incomingKey(message)
  await acceptPresses(trx, [{ key, event, press: { deed, who, by, team: null, language, reply } }], now)
}
