import { type Block, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Mine, MyItem, Whose } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { eventHeadline, statusTitle, whenOf } from '../lists/event-texts.ts'
import { type Event, toEvent } from '../records.ts'
import type { EventKind, EventKinds } from './kinds.ts'
import { button } from './preview.ts'
import { unconfirmedCount, unconfirmedNames } from './unconfirmed.ts'

/** How many events, and how many names, one card lists. */
const most = { listed: 10, mine: 5, names: 100 }

/** Which kind of event is to be made. */
export function kindsCard(kinds: EventKinds, language: Language): Card {
  return {
    tone: 'info',
    title: translate(language, 'making:begin.title'),
    blocks: [
      { type: 'text', runs: plain(translate(language, 'making:begin.which')) },
      { type: 'buttons', buttons: kinds.all().map((kind) => beginButton(kind, kind.title[language])) },
      { type: 'note', text: translate(language, 'making:begin.copy') },
    ],
  }
}

/** The form of a new event of one kind, a press away. */
export function kindCard(kind: EventKind, language: Language): Card {
  const what = kind.title[language]
  const label = translate(language, 'making:begin.button', { what })
  return {
    tone: 'info',
    blocks: [
      { type: 'text', runs: plain(translate(language, 'making:begin.text', { what })) },
      { type: 'buttons', buttons: [{ ...beginButton(kind, label), style: 'primary' }] },
    ],
  }
}

function beginButton({ name }: EventKind, label: string) {
  return { label, action: 'events.begin', value: { kind: name }, opens: 'beside' as const }
}

/** What somebody is about to do to an event that they named, a press away. */
export function deedCard(
  { row }: Event,
  name: 'change' | 'copy' | 'call-off',
  { language, now }: { language: Language; now: Date },
): Card {
  const value = { event: row.id, ...(name === 'copy' ? {} : { scope: 'one' }) }
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: plain(whenOf(row, language, now)) },
      {
        type: 'buttons',
        buttons: [button(name, value, language), button('manage', { event: row.id }, language)],
      },
    ],
  }
}

/** Who come and have not said so since time or place changed. */
export async function unconfirmedCard(db: Reads, event: Event, language: Language): Promise<Card> {
  const count = await unconfirmedCount(db, event)
  const names = await unconfirmedNames(db, event, most.names)
  const named = names.filter((name) => name !== '')
  const joint = language === 'en' ? ', ' : '、'
  const blocks: Block[] = [
    { type: 'text', runs: plain(translate(language, 'making:unconfirmed.text', { count })) },
  ]
  if (named.length > 0) blocks.push({ type: 'text', runs: plain(named.join(joint)) })
  if (count > named.length) {
    blocks.push({
      type: 'note',
      text: translate(language, 'making:unconfirmed.others', { count: count - named.length }),
    })
  }
  return { tone: 'info', title: eventHeadline(event.row), blocks }
}

/** The events that somebody made and that are not over: drafts, and what comes next. */
export async function ownEventsCard(
  db: Reads,
  person: string,
  { language, now }: { language: Language; now: Date },
): Promise<Card> {
  const drafts = await made(db, person, 'draft', now, most.listed)
  const next = await made(db, person, 'published', now, most.listed)
  const title = translate(language, 'making:own.title')
  const all = [...drafts.events, ...next.events]
  if (all.length === 0) {
    return {
      tone: 'info',
      title,
      blocks: [{ type: 'text', runs: plain(translate(language, 'making:own.none')) }],
    }
  }
  const line = ({ row }: Event) =>
    plain(
      `${eventHeadline(row)} · ${whenOf(row, language, now)}${row.state === 'draft' ? ` · ${statusTitle('draft', language)}` : ''}`,
    )
  const more = drafts.count + next.count - all.length
  return {
    tone: 'info',
    title,
    blocks: [
      { type: 'list', items: all.map(line) },
      ...(more > 0
        ? [{ type: 'note' as const, text: translate(language, 'making:own.more', { more }) }]
        : []),
      {
        type: 'buttons',
        buttons: all
          .slice(0, most.listed)
          .map(({ row }) => ({ ...button('manage', { event: row.id }, language), label: row.number })),
      },
    ],
  }
}

/** Drafts that somebody began, and the next events that they made. */
export async function ownEventsMine({ db, person, language, now }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const drafts = await made(db, person, 'draft', now, most.mine)
  const next = await made(db, person, 'published', now, most.mine)
  const more = translate(language, 'making:own.say')
  const item = ({ row }: Event): MyItem => ({
    title: eventHeadline(row),
    state: whenOf(row, language, now),
    buttons: [button('manage', { event: row.id }, language)],
  })
  return [
    { kind: 'unfinished' as const, title: translate(language, 'making:own.drafts'), ...drafts },
    { kind: 'own' as const, title: translate(language, 'making:own.next'), ...next },
  ]
    .filter(({ count }) => count > 0)
    .map(({ events, ...rest }) => ({ ...rest, items: events.map(item), more }))
}

async function made(db: Reads, person: string, state: 'draft' | 'published', now: Date, limit: number) {
  const query = db
    .selectFrom('event_entry')
    .where('created_by', '=', person)
    .where('state', '=', state)
    .where('ends_at', '>', now.toISOString())
  const { count } = await query
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy('starts_at').orderBy('number').limit(limit).execute()
  return { count: Number(count), events: rows.map(toEvent) }
}
