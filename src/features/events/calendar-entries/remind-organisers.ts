import type { Conversation } from '../../../chat/incoming.ts'
import { conversationKey } from '../../../chat/keys.ts'
import type { ActionHandler } from '../../../conversation/feature.ts'
import { enqueue, enqueueMany } from '../../../delivery/outbox.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { withSeats } from '../lists/seat-figures.ts'
import { type Event, findEvent, registersWith } from '../records.ts'
import { needsOrganiser, organisersOf } from '../registering/organisers.ts'
import { groupReminderCard, organisersReminderCard } from './reminder-cards.ts'

/** Tells the organisers the day before how many are expected, and offers to remind the groups. */
export async function remindOrganisers(
  trx: Trx,
  context: EventsContext,
  event: Event,
  now: Date,
): Promise<void> {
  const [view] = await withSeats(trx, [event])
  if (!view) return
  const figures = { ...(await countExpected(trx, event)), groups: (await groupsOf(trx, event)).length }
  const url = `${context.publicUrl()}/console/events/${event.row.id}`
  for (const person of await organisersOf(trx, event, now)) {
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
    const card = organisersReminderCard(view, figures, url, language, now)
    const id = `remind-organiser:${event.row.id}:${event.row.starts_at}:${person}`
    await enqueue(trx, { id, to, card, lane: 'reminder', now })
  }
}

/** The organiser's button: each group in which the event was announced is reminded of it, once. */
export const remindGroups: ActionHandler = {
  reads: false,
  async run({ action, trx, language, now }) {
    const event = await findEvent(trx, action.value.event ?? '')
    if (!event) throw new PlainError('registration:refused.no-such-event')
    await needsOrganiser(trx, action.account, event, now)
    if (event.row.state !== 'published' || event.row.starts_at <= now.toISOString()) {
      throw new PlainError('events:remind.too-late')
    }
    const groups = await groupsOf(trx, event)
    const [view] = await withSeats(trx, [event])
    if (view && groups.length > 0) {
      await enqueueMany(
        trx,
        groups.map((conversation) => ({
          id: `remind-group:${event.row.id}:${event.row.starts_at}:${conversationKey(conversation)}`,
          to: { type: 'conversation', conversation },
          card: groupReminderCard(view, 'zh-CN', now),
          lane: 'broadcast',
          now,
        })),
      )
    }
    return { toast: translate(language, 'events:remind.groups-told', { groups: groups.length }) }
  },
}

async function countExpected(db: Reads, event: Event) {
  const row = await db
    .selectFrom('event_registration')
    .select(({ fn, eb }) => [
      fn.countAll<number | string>().as('registrations'),
      fn.sum<number | string | null>(eb('guests', '+', 1)).as('people'),
      fn
        .sum<number | string | null>(
          eb.case().when('arrangement', '<', event.row.arrangement).then(1).else(0).end(),
        )
        .as('unconfirmed'),
    ])
    .where('event', '=', registersWith(event))
    .where('state', '=', 'confirmed')
    .executeTakeFirstOrThrow()
  return {
    registrations: Number(row.registrations),
    people: Number(row.people ?? 0),
    unconfirmed: Number(row.unconfirmed ?? 0),
  }
}

/** Where the event was announced; a group with several cards once. */
async function groupsOf(db: Reads, { row }: Event): Promise<Conversation[]> {
  const cards = await db
    .selectFrom('event_card')
    .select('conversation')
    .where('event', '=', row.id)
    .where('replaced', '=', 0)
    .orderBy('sent_at')
    .execute()
  const groups = cards.map(({ conversation }) => JSON.parse(conversation) as Conversation)
  return [...new Map(groups.map((one) => [conversationKey(one), one])).values()]
}
