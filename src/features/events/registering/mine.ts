import type { Mine, Whose } from '../../../conversation/feature.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline } from '../lists/event-texts.ts'
import { managedBy } from '../lists/visible.ts'

/** Items that one section shows. */
const mostShown = 5

/** Events whose requests wait for somebody to decide. */
export async function requestsToDecide({ db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const theirs = await managedBy(db, { person, account: null }, ['event.manage'], dayInChina(now))
  const rows = await db
    .selectFrom('event_entry')
    .innerJoin('event_seats', 'event_seats.event', 'event_entry.id')
    .select(['event_entry.id', 'event_entry.number', 'event_entry.title', 'event_seats.requested'])
    .where('event_entry.state', '=', 'published')
    .where('event_entry.mode', '=', 'approval')
    .where('event_entry.starts_at', '>', now.toISOString())
    .where('event_seats.requested', '>', 0)
    .where((where) => theirs(where))
    .orderBy('event_entry.starts_at')
    .orderBy('event_entry.id')
    .execute()
  if (rows.length === 0) return []
  const say = (key: 'title' | 'open' | 'more') => translate(language, `registration:mine.${key}`)
  return [
    {
      kind: 'to-do',
      title: say('title'),
      count: rows.length,
      items: rows.slice(0, mostShown).map(({ id, requested, ...row }) => ({
        title: eventHeadline(row),
        state: translate(language, 'registration:requests.count', { count: requested }),
        buttons: [{ label: say('open'), action: 'events.requests', value: { event: id }, opens: 'beside' }],
      })),
      more: say('more'),
    },
  ]
}
