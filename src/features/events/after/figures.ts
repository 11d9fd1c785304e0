import { enqueue, enqueueEdit } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { addressOf } from '../../../people/address.ts'
import { can } from '../../../people/can.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import { figuresCard } from './after-cards.ts'
import { attendanceOf } from './attendance.ts'

const messageOf = (event: string, person: string) => `event figures ${event} ${person}`

/** Tells the organiser how many came, once; nobody who holds the office no longer. */
export async function tellFigures(trx: Trx, context: EventsContext, event: Event, now: Date): Promise<void> {
  const { id, created_by: person, organisation } = event.row
  const actor = await actorOf(trx, person, dayInChina(now))
  if (!can(actor, 'event.view', await placeOf(trx, organisation))) return
  const to = await addressOf(trx, person)
  if (!to) return
  const card = await cardFor(trx, context, event, person, now)
  await enqueue(trx, { id: messageOf(id, person), to, card, lane: 'confirmation', now })
}

/** What was told is brought up to date: somebody's check-in became known later, or was taken back. */
export async function renewFigures(trx: Trx, context: EventsContext, event: Event, now: Date): Promise<void> {
  const { id, created_by: person } = event.row
  const card = await cardFor(trx, context, event, person, now)
  await enqueueEdit(trx, { of: messageOf(id, person), card, now })
}

async function cardFor(trx: Trx, context: EventsContext, event: Event, person: string, now: Date) {
  const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
  const url = `${context.publicUrl()}/console/events/${event.row.id}/attendance`
  return figuresCard(event, await attendanceOf(trx, event), { language, url, now })
}
