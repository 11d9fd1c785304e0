import { textTerms } from '../../../knowledge/search/text-terms.ts'
import { rootOf } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event } from '../records.ts'
import { keysOfAudience } from './audience-keys.ts'

/**
 * Has an event listed for those whom it is for, and found by its number, title, kind, organisers, place and description;
 * to be called in the transaction that makes it or changes any of them.
 */
export async function keepListed(
  trx: Trx,
  { store, kinds }: Pick<EventsContext, 'store' | 'kinds'>,
  { row, audience }: Pick<Event, 'row' | 'audience'>,
): Promise<void> {
  await trx.deleteFrom('event_audience').where('event', '=', row.id).execute()
  const keys = keysOfAudience(audience, await rootOf(trx, row.organisation)).map((key) => ({
    event: row.id,
    key,
  }))
  await trx.insertInto('event_audience').values(keys).execute()
  const kept = await trx
    .deleteFrom('event_text')
    .where('event', '=', row.id)
    .returning('seq')
    .executeTakeFirst()
  if (kept) await store.fullText.remove(trx, 'event_words', kept.seq)
  const kind = Object.values(kinds.byName(row.kind)?.title ?? { kind: row.kind })
  const texts = [row.number, row.title, ...kind, row.organisers, row.place, row.description]
  const { seq } = await trx
    .insertInto('event_text')
    .values({ event: row.id })
    .returning('seq')
    .executeTakeFirstOrThrow()
  await store.fullText.add(trx, 'event_words', seq, textTerms(texts.join('\n')))
}
