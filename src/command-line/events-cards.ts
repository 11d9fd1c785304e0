import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import type { EventsContext } from '../features/events/context.ts'
import {
  eventHeadline,
  kindTitle,
  momentText,
  placeText,
  seatsText,
  statusOf,
  statusTitle,
  whenOf,
} from '../features/events/lists/event-texts.ts'
import { type EventWithSeats, withSeats } from '../features/events/lists/seat-figures.ts'
import { questionLines } from '../features/events/making/preview.ts'
import type { Event } from '../features/events/records.ts'
import { translate } from '../messages/translate.ts'

/** Events as a table. */
export function eventsTable(
  { kinds }: Pick<EventsContext, 'kinds'>,
  events: readonly EventWithSeats[],
  isMore: boolean,
  language: Language,
  now: Date,
): Card {
  const say = (key: string) => translate(language, `making:command.${key}`)
  if (events.length === 0) return { tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('none') }] }] }
  const header = (['number', 'title', 'kind', 'when', 'state', 'seats'] as const).map((key) =>
    translate(language, `making:command.column.${key}`),
  )
  const rows = events.map(({ event: { row }, registering, seats }) => [
    ...[row.number, row.title, kindTitle(kinds, row.kind, language), whenOf(row, language, now)],
    statusTitle(statusOf(row, registering, seats, now), language),
    seatsText(registering, seats, language),
  ])
  return {
    tone: 'info',
    blocks: [
      { type: 'table', header, rows },
      ...(isMore ? [{ type: 'note' as const, text: say('more') }] : []),
    ],
  }
}

/** One event with what its organisers filled in. */
export async function eventTable(
  { kinds, store }: Pick<EventsContext, 'kinds' | 'store'>,
  event: Event,
  language: Language,
  now: Date,
): Promise<Card> {
  const say = (key: string) => translate(language, `making:command.${key}`)
  const { row } = event
  const [{ registering, seats } = { registering: row, seats: undefined }] = await withSeats(store.db, [event])
  const lines: [string, string][] = [
    [say('column.kind'), kindTitle(kinds, row.kind, language)],
    [say('column.when'), whenOf(row, language, now)],
    [say('column.where'), placeText(row, language)],
    [say('column.state'), seats ? statusTitle(statusOf(row, registering, seats, now), language) : row.state],
    [say('column.seats'), seats ? seatsText(registering, seats, language) : ''],
    [say('column.closes'), momentText(registering.closes_at, row, language, now)],
    [say('column.questions'), questionLines(event).join(' · ')],
    [say('column.reason'), row.reason],
    [say('column.description'), row.description],
  ]
  const filled = lines.filter(([, value]) => value !== '')
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      {
        type: 'list',
        items: filled.map(([name, value]) => [{ text: `${name}：`, strong: true }, { text: value }]),
      },
    ],
  }
}
