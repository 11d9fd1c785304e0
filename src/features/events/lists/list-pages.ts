import type { Kysely } from 'kysely'
import type { Button, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click } from '../../../conversation/feature.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Tables } from '../../../store/tables.ts'
import type { EventsContext } from '../context.ts'
import { eventsCard, type ListName, ownCard } from './list-cards.ts'
import { type EventFilters, type EventList, listEvents } from './list-events.ts'
import { ownAmong, ownRegistrations } from './own-registrations.ts'
import type { Wish } from './read-wish.ts'
import { searchEvents } from './search-events.ts'
import { type Asker, askerOf } from './visible.ts'

/** More would be a long way to scroll. */
const size = 6

/** Which page of which list, as the button that opens it says. */
export interface AskedPage {
  list: ListName
  wish: Wish | null
  /** Null: the first. */
  after: string | null
}

interface Reader {
  asker: Exclude<Asker, 'house'>
  language: Language
  now: Date
}

/** One page of a list as somebody may read it. */
export async function listPage(
  db: Kysely<Tables>,
  context: EventsContext,
  { list, wish, after }: AskedPage,
  { asker, language, now }: Reader,
): Promise<Card> {
  const from = after === null ? {} : { after }
  const options = (next: string | null) => ({
    ...{ list, language, now },
    more: next === null ? null : moreButton({ list, wish, after: next }, language),
  })
  if (list === 'own') {
    const { own, next } = await ownRegistrations(db, asker, {}, { size, now, ...from })
    return ownCard(own, options(next))
  }
  const { events, next } = await eventsOf(db, context, asker, { list, wish }, { size, ...from })
  const own = await ownAmong(
    db,
    asker,
    events.map(({ event }) => event),
  )
  return eventsCard(events, context, { own, isGuest: asker.person === null }, options(next))
}

function eventsOf(
  db: Kysely<Tables>,
  context: EventsContext,
  asker: Asker,
  { list, wish }: Pick<AskedPage, 'list' | 'wish'>,
  page: { size: number; after?: string },
): Promise<EventList> {
  if (list === 'managed') return listEvents(db, context, asker, { when: 'all', may: 'event.manage' }, page)
  const filters: EventFilters = {
    ...(wish && wish.kinds.length > 0 ? { kinds: wish.kinds } : {}),
    ...(wish?.from ? { from: wish.from } : {}),
    ...(wish?.until ? { until: wish.until } : {}),
  }
  return wish === null || wish.text === ''
    ? listEvents(db, context, asker, filters, page)
    : searchEvents(db, context, asker, wish.text, page, filters)
}

/** The next page, in place of the one that was shown. */
export async function turnPage(click: Click, context: EventsContext): Promise<Acknowledgement> {
  const { trx, now, language, action } = click
  const asker = await askerOf(trx, action.account)
  const { list = '', after = null, text = '', kinds = '', from = '', until = '' } = action.value
  const day = (instant: string) => {
    if (instant !== '' && Number.isNaN(Date.parse(instant))) throw new PlainError('events:no-page')
    return instant === '' ? null : new Date(instant)
  }
  const known = ['coming', 'found', 'managed', 'own'] as const
  const asked: AskedPage = {
    list: known.find((name) => name === list) ?? 'coming',
    wish: { kinds: kinds === '' ? [] : kinds.split(','), from: day(from), until: day(until), text },
    after,
  }
  return { replace: await listPage(trx, context, asked, { asker, language, now }) }
}

function moreButton({ list, wish, after }: AskedPage, language: Language): Button {
  const value: Record<string, string> = { list, after: after ?? '' }
  if (wish?.text) value.text = wish.text
  if (wish && wish.kinds.length > 0) value.kinds = wish.kinds.join(',')
  if (wish?.from) value.from = wish.from.toISOString()
  if (wish?.until) value.until = wish.until.toISOString()
  return { label: translate(language, 'announcing:list.more'), action: 'events.list', value }
}
