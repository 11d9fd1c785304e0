import { randomUUID } from 'node:crypto'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import { accountKey } from '../../../chat/keys.ts'
import type { Click } from '../../../conversation/feature.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { findPersonByAccount, readPerson } from '../../../people/people.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { findEvent, isActive } from '../records.ts'
import { sentenceCard } from './receipt-card.ts'
import { sealPublic } from './sealed-cards.ts'

/** 不是我要报的: whoever was registered by another takes it back, whatever the deadline, and the other is told. */
export async function notMine(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, action, now, language } = click
  const row = await trx
    .selectFrom('event_registration')
    .selectAll()
    .where('id', '=', action.value.registration ?? '')
    .executeTakeFirst()
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  const isTheirs =
    row && (row.person === null ? row.account === accountKey(action.account) : row.person === person)
  const event = isTheirs ? await findEvent(trx, row.event) : null
  if (!row || !event || row.registered_by === null || !isActive(row))
    throw new PlainError('registration:refused.not-registered')
  if (event.row.starts_at <= now.toISOString()) throw new PlainError('registration:refused.over')
  const refusal = await changeSeats(trx, context, row.event, [{ type: 'cancel', id: row.id }], {
    by: person,
    now,
  })
  if (refusal !== null) throw new PlainError(`registration:refused.${refusal}`)
  const to = await addressOf(trx, row.registered_by)
  if (to) {
    const theirs = (await readPerson(trx, row.registered_by))?.language ?? 'zh-CN'
    const card = sentenceCard(theirs, 'registration:not-mine.told', { name: row.name })
    const titled = { ...card, title: eventHeadline(event.row) }
    const kept = await sealPublic(trx, context, [row], titled, theirs)
    await enqueue(trx, { id: randomUUID(), to, card: kept, lane: 'confirmation', now })
  }
  return { toast: translate(language, 'registration:not-mine.done') }
}
