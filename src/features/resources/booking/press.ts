import type { Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Click } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount } from '../../../people/people.ts'
import type { ResourcesContext } from '../context.ts'
import { type BookingRow, readBooking, readResource } from '../records.ts'
import { mayAnswer } from '../sight.ts'
import { sealedFor } from './asked.ts'
import { type BookingReader, bookingCard } from './booking-cards.ts'
import { factsOf } from './facts.ts'
import { settle } from './settle.ts'
import { refused } from './when.ts'

/** 同意, 接受, 取消: what a press alone does. */
export async function pressMove(
  click: Click,
  context: ResourcesContext,
  move: 'confirm' | 'accept' | 'give-up',
): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const person = (await findPersonByAccount(trx, action.account))?.id ?? ''
  const booking = await settle(trx, context, {
    ...{ booking: action.value.booking ?? '', move, doer: { person }, now },
  })
  const reader = move === 'confirm' ? 'keeper' : 'booker'
  const made = bookingCard(await factsOf(trx, context, booking, now), reader, language)
  const toast = translate(language, `resources:state.${booking.state}`)
  return { toast, replace: await sealedFor(trx, context, booking, made, language) }
}

/** 详情 of a booking, to whoever made it or answers for it. */
export async function openBooking(click: Click, context: ResourcesContext): Promise<Acknowledgement> {
  const { trx, now, action, language } = click
  const booking = await readBooking(trx, action.value.booking ?? '')
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  return { beside: await cardFor(trx, context, booking, { person, now, language }), besideAlone: true }
}

/** The booking as somebody may see it. Throws PlainError `resources:refused.not-yours`. */
export async function cardFor(
  trx: Click['trx'],
  context: ResourcesContext,
  booking: BookingRow,
  { person, now, language }: { person: string | null; now: Date; language: Click['language'] },
): Promise<Card> {
  const { row } = await readResource(trx, booking.resource)
  const isBooker = person !== null && booking.person === person
  const isKeeper = await mayAnswer(trx, row, person, dayInChina(now))
  if (!isBooker && !isKeeper) throw refused('not-yours')
  const reader: BookingReader = isBooker ? 'booker' : 'keeper'
  const made = bookingCard(await factsOf(trx, context, booking, now), reader, language)
  return sealedFor(trx, context, booking, made, language)
}
