import { enqueue } from '../../delivery/outbox.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { translate } from '../../messages/translate.ts'
import { addressOf } from '../../people/address.ts'
import { zoneOf } from '../../people/directory.ts'
import type { Trx } from '../../store/store.ts'
import { isOnLeave } from '../../timers/calendar/leave.ts'
import { cancelTimer, setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import type { Library } from './cited-clause.ts'
import { handlingButtons, questionBlocks, textCard, timeOf } from './help-cards.ts'
import { activeReceivers, namesOf, peopleAbove, putTo } from './receivers.ts'
import {
  conversationOf,
  factsOf,
  type HelpRequest,
  isAskable,
  languageOfPerson,
  ownId,
  readRequest,
} from './requests.ts'

/** Working hours without a reply: until the receivers are reminded, and until those above are asked as well. */
const limits = { normal: { remind: 8, passOn: 16 }, urgent: { remind: 2, passOn: 4 } } as const

type Limit = keyof (typeof limits)['normal']

const kinds = { remind: 'help.remind', passOn: 'help.pass-on' } as const

/** Begins the time in which a reply is expected; a time that ran before begins anew. */
export async function startClock(
  trx: Trx,
  { id, urgent, lies_with, organisation }: HelpRequest,
  now: Date,
  which: readonly Limit[] = ['remind', 'passOn'],
): Promise<void> {
  for (const what of which) {
    await setTimer(trx, {
      id: ownId(id, what),
      kind: kinds[what],
      payload: { request: id },
      now,
      after: { workingHours: limits[urgent === 1 ? 'urgent' : 'normal'][what] },
      organisation: lies_with ?? organisation,
      person: null,
    })
  }
}

/** Nobody is reminded of what is settled. */
export async function stopClock(trx: Trx, request: string): Promise<void> {
  await cancelTimer(trx, ownId(request, 'remind'))
  await cancelTimer(trx, ownId(request, 'passOn'))
}

export function createTimers(library: Library): Record<string, TimerHandler> {
  return {
    [kinds.remind]: async (trx, { request = '' }, now) => remind(trx, await readRequest(trx, request), now),
    [kinds.passOn]: async (trx, { request = '' }, now) =>
      passOn(trx, library, await readRequest(trx, request), now),
  }
}

async function remind(trx: Trx, request: HelpRequest, now: Date): Promise<void> {
  if (!isAskable(request)) return
  const facts = await factsOf(trx, request)
  for (const { person, inOffice } of await activeReceivers(trx, request, now)) {
    // Who is on leave is left in peace; the question is passed on in its time.
    if (!inOffice || (await isOnLeave(trx, person, dayInChina(now)))) continue
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = await languageOfPerson(trx, person)
    const zone = await zoneOf(trx, person)
    const time = timeOf(request.asked_at, language, zone)
    const card = {
      tone: 'info' as const,
      title: translate(language, 'help:remind.title', { number: request.number }),
      blocks: [
        { type: 'note' as const, text: translate(language, 'help:remind.text', { time }) },
        ...questionBlocks({ ...facts, zone }, language),
        { type: 'buttons' as const, buttons: handlingButtons(request.id, language) },
      ],
    }
    const id = ownId(request.id, request.round, person, 'remind')
    await enqueue(trx, { id, to, card, lane: 'reminder', now })
  }
}

async function passOn(trx: Trx, library: Library, request: HelpRequest, now: Date): Promise<void> {
  if (!isAskable(request)) return
  const { liesWith, people } = await peopleAbove(trx, request, now)
  if (people.length === 0) return
  const passed: HelpRequest = {
    ...request,
    lies_with: liesWith,
    escalated_at: request.escalated_at ?? now.toISOString(),
  }
  await trx
    .updateTable('help_request')
    .set({ lies_with: passed.lies_with, escalated_at: passed.escalated_at })
    .where('id', '=', request.id)
    .execute()
  await putTo(trx, library, passed, people, { why: 'passed-on' }, now)
  // Told once, however often it is asked again.
  if (request.escalated_at !== null) return
  const { number, language } = request
  const receivers = await namesOf(trx, { ...request, people }, language)
  await enqueue(trx, {
    id: ownId(request.id, 'passed-on'),
    to: { type: 'conversation', conversation: conversationOf(request.conversation) },
    card: textCard(translate(language, 'help:answered.passed-on', { number, receivers })),
    lane: 'confirmation',
    now,
  })
}
