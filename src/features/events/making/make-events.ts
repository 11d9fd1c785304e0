import { randomUUID } from 'node:crypto'
import type { Trx } from '../../../store/store.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import { createEvent, type EventDraft } from './keep-event.ts'

/**
 * Adds an event, or all of a series, as drafts. Of a series that shares its registrations the first takes them for all.
 * @param drafts At least one; checked. @param by A person.
 */
export async function makeEvents(
  trx: Trx,
  context: EventsContext,
  drafts: readonly EventDraft[],
  { isShared, by, now }: { isShared: boolean; by: string; now: Date },
): Promise<Event[]> {
  const [first] = drafts
  const series = first && drafts.length > 1 ? await createSeries(trx, first.title, now) : null
  const events: Event[] = []
  for (const draft of drafts) {
    const registersWith = isShared ? (events[0]?.row.id ?? null) : null
    const event = await createEvent(trx, { ...draft, series, registersWith }, { by, now })
    await followEvent(trx, context, event, now)
    events.push(event)
  }
  return events
}

async function createSeries(trx: Trx, title: string, now: Date): Promise<string> {
  const id = randomUUID()
  await trx.insertInto('event_series').values({ id, title, created_at: now.toISOString() }).execute()
  return id
}

/** Takes a draft away, as if it had never been. Nobody is registered for it. */
export async function dropDraft(
  trx: Trx,
  { store }: Pick<EventsContext, 'store'>,
  { row }: Event,
): Promise<void> {
  const { id, series } = row
  await trx.updateTable('event_entry').set({ copied_from: null }).where('copied_from', '=', id).execute()
  const text = await trx.deleteFrom('event_text').where('event', '=', id).returning('seq').executeTakeFirst()
  if (text) await store.fullText.remove(trx, 'event_words', text.seq)
  await trx.deleteFrom('event_audience').where('event', '=', id).execute()
  await trx.deleteFrom('event_reserve').where('event', '=', id).execute()
  await trx.deleteFrom('event_gate').where('event', '=', id).execute()
  await trx.deleteFrom('event_seats').where('event', '=', id).execute()
  await trx.deleteFrom('event_history').where('event', '=', id).execute()
  await trx.deleteFrom('event_entry').where('id', '=', id).execute()
  if (series === null) return
  const left = await trx
    .selectFrom('event_entry')
    .select('id')
    .where('series', '=', series)
    .executeTakeFirst()
  if (!left) await trx.deleteFrom('event_series').where('id', '=', series).execute()
}
