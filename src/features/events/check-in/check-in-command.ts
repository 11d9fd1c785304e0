import type { Button, Card } from '../../../chat/card.ts'
import { accountKey } from '../../../chat/keys.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { ownRegistrations } from '../lists/own-registrations.ts'
import { type Event, findEvent } from '../records.ts'
import { sentenceCard } from '../registering/receipt-card.ts'
import { sealPublic } from '../registering/sealed-cards.ts'
import { checkIn } from './attend.ts'
import { eventByCode } from './by-event-code.ts'
import { letInByHand } from './by-hand.ts'
import { answerCard, codeCard, waysCard } from './check-in-cards.ts'
import { checkInTime, isWithin } from './check-in-time.ts'
import { signTicket } from './event-code.ts'
import { mayDo } from './organiser.ts'
import { admittedTo, ownCodeOf } from './own-code.ts'
import { registrationOfAccount } from './registrations.ts'

const code = /^(?:签到|check ?in)[\s:：]*(\d{3})\s?(\d{3})$/i
const numbered = new RegExp(
  `^(签到|check ?in|(?:我的)?签到码|my code)[\\s:：]*(${numberPattern})(?:\\s+(.{1,60}))?$`,
  'i',
)

/** `签到`, `签到 123456`, `签到 HD-2026-0003`, `我的签到码`, and of organisers `签到 HD-2026-0003 张三`. */
export function checkInCommands(context: EventsContext): Command[] {
  return [
    {
      words: {
        'zh-CN': ['签到', '我要签到', '签到码', '我的签到码'],
        en: ['check in', 'checkin', 'my code', 'my check-in code'],
      },
      run: (turn) => answerAlone(turn, context, (trx, now) => ways(trx, turn, now)),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: code,
      run: (turn) => answerAlone(turn, context, (trx, now) => byCode(trx, context, turn, now)),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numbered,
      run: (turn) => answerAlone(turn, context, (trx, now) => byNumber(trx, context, turn, now)),
    },
  ]
}

/** What is typed, as patterns are compared with it. */
function typed({ message }: Turn): string {
  return message.text.normalize('NFKC').trim()
}

async function ways(trx: Trx, { message: { account }, language }: Turn, now: Date): Promise<Card> {
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  const whose = { person, account }
  const { own } = await ownRegistrations(trx, whose, { states: ['confirmed'] }, { size: 10, now })
  const events = own.map(({ event }) => event)
  const open = events.filter(
    ({ row }) => row.state === 'published' && isWithin(checkInTime(row, 'personal-code'), now),
  )
  return waysCard(open, language, now)
}

async function byCode(trx: Trx, context: EventsContext, turn: Turn, now: Date): Promise<Card> {
  const { language, message } = turn
  const { account } = message
  const [, first = '', last = ''] = code.exec(typed(turn)) ?? []
  const event = await eventByCode(trx, first + last, account, now)
  if (event === 'wrong') return sentenceCard(language, 'check-in:event-code.wrong', {}, 'refusal')
  if (event === 'too-many') return sentenceCard(language, 'check-in:event-code.too-many', {}, 'refusal')
  const registration = await registrationOfAccount(trx, event, account)
  const how = { how: 'event-code' as const, by: null, at: now, now }
  const answer = await checkIn(trx, context, event, registration, how)
  const isNew = answer.type === 'refused' && ['not-registered', 'cancelled'].includes(answer.reason)
  const ticket = signTicket(event.row, accountKey(account), now)
  const more = isNew ? registerButtons(event, ticket, language) : []
  return answerCard(event, answer, { language, now, more })
}

/** First the one, then the other; the ticket holds for ten minutes. */
function registerButtons({ row }: Event, ticket: string, language: Turn['language']): Button[] {
  const needsForm = row.questions !== '[]' || row.most_guests > 0
  return [
    {
      label: translate(language, 'check-in:button.register'),
      action: needsForm ? 'events.register-form' : 'events.register',
      value: { event: row.id },
      ...(needsForm ? { opens: 'beside' as const } : {}),
      style: 'primary',
    },
    {
      label: translate(language, 'check-in:button.check-in'),
      action: 'events.check-in',
      value: { event: row.id, ticket },
    },
  ]
}

async function byNumber(trx: Trx, context: EventsContext, turn: Turn, now: Date): Promise<Card> {
  const { language, message } = turn
  const { account } = message
  const [, verb = '', number = '', name = ''] = numbered.exec(typed(turn)) ?? []
  const event = await findEvent(trx, eventNumberIn(number) ?? '')
  const person = (await findPersonByAccount(trx, account))?.id ?? null
  if (name !== '') {
    if (!event || !(await mayDo(trx, event, person, 'event.check-in', now)) || person === null) {
      throw new PlainError('check-in:refused.no-event')
    }
    const { card, named } = await letInByHand(trx, context, event, { name, person, language, now })
    return sealPublic(trx, context, named, card, language)
  }
  const { event: own, registration } = await admittedTo(trx, eventNumberIn(number) ?? '', account, now)
  if (own.row.online === 1 && !/码|code/i.test(verb)) {
    const how = { how: 'button' as const, by: null, at: now, now }
    return answerCard(own, await checkIn(trx, context, own, registration, how), { language, now })
  }
  return codeCard(own, { ...(await ownCodeOf(trx, context, own, registration)), language, now })
}
