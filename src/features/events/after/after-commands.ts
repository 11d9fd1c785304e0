import type { Card } from '../../../chat/card.ts'
import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { bareName, findPersonByAccount } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { eventFor } from '../check-in/organiser.ts'
import type { EventsContext } from '../context.ts'
import { eventNumberIn, numberPattern } from '../event-number.ts'
import { type Event, registersWith } from '../records.ts'
import { sentenceCard } from '../registering/receipt-card.ts'
import { feedbackCard, hoursCard } from './after-cards.ts'
import { feedbackOf } from './feedback-figures.ts'
import { correctHours, hoursByYear } from './hours.ts'
import { askToRate } from './rate-command.ts'

const feedback = new RegExp(`^(?:活动反馈|活动评价|event feedback)[\\s:：]*(${numberPattern})$`, 'i')
const rating = new RegExp(`^(?:评价活动|rate event)[\\s:：]*(${numberPattern})$`, 'i')
const correction = new RegExp(
  `^(?:学时|learning hours)[\\s:：]*(${numberPattern})\\s+(\\S.{0,58}?)\\s+(\\d{1,3}(?:\\.\\d{1,2})?)\\s*(?:学时|小时|hours)?$`,
  'i',
)

/** `我的学时`, `评价活动` with a number or without; of organisers `活动反馈 HD-2026-0003` and `学时 HD-2026-0003 张三 2.5`. */
export function afterCommands(context: EventsContext): Command[] {
  return [
    {
      words: { 'zh-CN': ['我的学时', '学时', '学时查询'], en: ['my hours', 'my learning hours'] },
      run: (turn) => answer(context, turn, ownHours),
    },
    {
      words: { 'zh-CN': ['评价活动', '我要评价'], en: ['rate event', 'rate an event'] },
      pattern: rating,
      run: (turn) => answer(context, turn, rate),
    },
    { words: { 'zh-CN': [], en: [] }, pattern: feedback, run: (turn) => answer(context, turn, showFeedback) },
    { words: { 'zh-CN': [], en: [] }, pattern: correction, run: (turn) => answer(context, turn, correct) },
  ]
}

interface Asked {
  trx: Trx
  account: Turn['message']['account']
  person: string | null
  text: string
  language: Turn['language']
  now: Date
}

function answer(context: EventsContext, turn: Turn, make: (asked: Asked) => Promise<Card>): Promise<void> {
  const { message, language } = turn
  const { account } = message
  return answerAlone(turn, context, async (trx, now) => {
    const person = (await findPersonByAccount(trx, account))?.id ?? null
    return make({ trx, account, person, text: message.text.normalize('NFKC').trim(), language, now })
  })
}

async function ownHours({ trx, person, language, now }: Asked): Promise<Card> {
  if (person === null) throw new PlainError('check-in:hours.sign-in-first')
  return hoursCard(await hoursByYear(trx, person), { language, now })
}

async function rate({ text, ...asked }: Asked): Promise<Card> {
  const [, number] = rating.exec(text) ?? []
  return askToRate({ ...asked, number: number === undefined ? null : eventNumberIn(number) })
}

async function showFeedback({ trx, person, text, language, now }: Asked): Promise<Card> {
  const [, number = ''] = feedback.exec(text) ?? []
  const event = await eventFor(trx, eventNumberIn(number) ?? '', person, 'event.view', now)
  return feedbackCard(event, await feedbackOf(trx, event), language)
}

async function correct({ trx, person, text, language, now }: Asked): Promise<Card> {
  const [, number = '', name = '', hours = ''] = correction.exec(text) ?? []
  const event = await eventFor(trx, eventNumberIn(number) ?? '', person, 'event.manage', now)
  const whom = await learnerOf(trx, event, bareName(name))
  await correctHours(trx, event.row.id, { person: whom, hours: Number(hours), now })
  return sentenceCard(language, 'check-in:hours.corrected', { name, hours, title: event.row.title })
}

/** Of those registered, the one person of this name. Throws PlainError where there is none, or several. */
async function learnerOf(trx: Trx, event: Event, name: string): Promise<string> {
  const rows = await trx
    .selectFrom('event_registration')
    .select('person')
    .where('event', '=', registersWith(event))
    .where('name', '=', name)
    .where('person', 'is not', null)
    .execute()
  const [found, other] = rows
  if (!found?.person) throw new PlainError('check-in:by-hand.nobody', { name, title: event.row.title })
  if (other) throw new PlainError('check-in:hours.several', { name })
  return found.person
}
