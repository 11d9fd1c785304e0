import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { eventCard } from '../lists/event-card.ts'
import {
  type EventStatus,
  eventHeadline,
  seatsText,
  statusOf,
  statusTitle,
  whenOf,
} from '../lists/event-texts.ts'
import { readGroupView } from '../lists/event-view.ts'
import type { Event } from '../records.ts'
import { linesOf } from './plain-line.ts'
import { typedQuestions } from './read-questions.ts'
import { typedReminders } from './read-reminders.ts'
import { seriesOf } from './series.ts'
import { unconfirmedCount } from './unconfirmed.ts'

/** Dates of a series that a card names. */
const mostDates = 12

interface Shown {
  language: Language
  now: Date
}

/** A draft as people will see it, with what happens next and what its organisers can do. */
export async function previewCard(
  db: Reads,
  context: Pick<EventsContext, 'kinds'>,
  event: Event,
  { language, now }: Shown,
): Promise<Card> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(language, `making:preview.${key}`, values)
  // As it will be once it is published, without the buttons, which do nothing yet.
  const published = { ...event, row: { ...event.row, state: 'published' as const } }
  const view = await readGroupView(db, context, published, language)
  const { title = '', blocks } = eventCard({ ...view, event: published }, { where: 'group', language, now })
  const all = await seriesOf(db, event)
  const drafts = all.filter(({ row }) => row.state === 'draft')
  const next = [
    say(event.audience.public ? 'next-public' : 'next-audience', { audience: view.audience }),
    event.reminders.length === 0
      ? say('next-no-reminders')
      : say('next-reminders', { times: typedReminders(event.reminders, language) }),
    say('next-changes'),
  ]
  return {
    tone: 'info',
    title: say('title', { title }),
    blocks: [
      ...blocks.filter(({ type }) => type !== 'buttons'),
      ...askedBlocks(event, language),
      ...seriesBlocks(all, { language, now }),
      { type: 'divider' },
      { type: 'text', runs: [{ text: say('next'), strong: true }] },
      { type: 'list', items: next.map(plain) },
      { type: 'buttons', buttons: draftButtons(event, drafts.length, language) },
      { type: 'note', text: say('hidden') },
    ],
  }
}

/** An event as its organisers manage it. */
export async function manageCard(
  db: Reads,
  context: Pick<EventsContext, 'kinds'>,
  event: Event,
  { language, now }: Shown,
): Promise<Card> {
  const { row } = event
  if (row.state === 'draft') return previewCard(db, context, event, { language, now })
  const view = await readGroupView(db, context, event, language)
  const status = statusOf(row, view.registering, view.seats, now)
  const all = await seriesOf(db, event)
  const isLater = ({ row: other }: Event) => other.starts_at > row.starts_at && other.state === 'published'
  const buttons = [
    ...officeButtons(event, status, language),
    ...(row.state === 'published' ? publishedButtons(event, all, all.some(isLater), language) : []),
  ]
  buttons.push(button('copy', { event: row.id }, language))
  const unconfirmed = row.state === 'published' ? await unconfirmedCount(db, event) : 0
  if (unconfirmed > 0)
    buttons.push(button('unconfirmed', { event: row.id }, language, { count: unconfirmed }))
  return {
    tone: 'info',
    title: eventHeadline(row),
    blocks: [
      { type: 'text', runs: [{ text: statusTitle(status, language), strong: true }] },
      {
        type: 'list',
        items: [
          whenOf(row, language, now),
          ...(status === 'cancelled' ? [] : [seatsText(view.registering, view.seats, language)]),
        ].map(plain),
      },
      ...(row.reason === '' ? [] : [{ type: 'text' as const, runs: plain(row.reason) }]),
      ...seriesBlocks(all, { language, now }),
      { type: 'buttons', buttons },
    ],
  }
}

/** What is asked of whoever registers, as it was understood. */
export function questionLines({ questions }: Pick<Event, 'questions'>): string[] {
  return linesOf(typedQuestions(questions))
}

function askedBlocks(event: Event, language: Language): Block[] {
  const lines = questionLines(event)
  if (lines.length === 0) return []
  return [
    { type: 'text', runs: plain(translate(language, 'making:preview.asked')) },
    { type: 'list', items: lines.map(plain) },
  ]
}

/** The dates of a series, and whether one registration is for all of them. */
function seriesBlocks(all: readonly Event[], { language, now }: Shown): Block[] {
  if (all.length < 2) return []
  const isShared = all.some(({ row }) => row.registers_with !== null)
  const text = translate(language, isShared ? 'making:series.shared' : 'making:series.single', {
    count: all.length,
  })
  const dates = all.slice(0, mostDates).map(({ row }) => {
    const state =
      row.state === 'published' || row.state === 'draft' ? '' : ` · ${statusTitle(row.state, language)}`
    return plain(`${row.number} ${whenOf(row, language, now)}${state}`)
  })
  const more = all.length - mostDates
  if (more > 0) dates.push(plain(translate(language, 'making:series.more', { more })))
  return [
    { type: 'text', runs: plain(text) },
    { type: 'list', items: dates },
  ]
}

function draftButtons({ row }: Event, drafts: number, language: Language): Button[] {
  const value = { event: row.id }
  const one = button('publish', value, language)
  const all = button('publish-all', { ...value, all: 'yes' }, language, { count: drafts })
  const buttons = drafts > 1 ? [all, one] : [one]
  buttons[0]!.style = 'primary'
  buttons.push(button('change', { ...value, scope: 'one' }, language))
  if (drafts > 1) buttons.push(button('change-following', { ...value, scope: 'following' }, language))
  buttons.push(button('drop', value, language))
  if (drafts > 1) buttons.push(button('drop-all', { ...value, all: 'yes' }, language, { count: drafts }))
  return buttons
}

/** What comes after publishing: people hear of it, and come. */
function officeButtons({ row }: Event, status: EventStatus, language: Language): Button[] {
  const isLive = status !== 'cancelled' && status !== 'over'
  const names = isLive ? (['announce', 'people', 'write'] as const) : (['people', 'write'] as const)
  return names.map((name) => ({
    label: translate(language, `announcing:button.${name}`),
    action: `events.${name}`,
    value: { event: row.id },
    opens: 'beside',
  }))
}

function publishedButtons(
  { row }: Event,
  all: readonly Event[],
  hasLater: boolean,
  language: Language,
): Button[] {
  const value = { event: row.id }
  // The one that takes the registrations of others can be called off only with them.
  const leads = all.some((other) => other.row.registers_with === row.id && other.row.state === 'published')
  return [
    button('change', { ...value, scope: 'one' }, language),
    ...(hasLater ? [button('change-following', { ...value, scope: 'following' }, language)] : []),
    ...(leads ? [] : [button('call-off', { ...value, scope: 'one' }, language)]),
    ...(hasLater ? [button('call-off-following', { ...value, scope: 'following' }, language)] : []),
  ]
}

/** Which action a button of a card about an event does. */
const actions = {
  ...{ publish: 'publish', 'publish-all': 'publish', change: 'change', 'change-following': 'change' },
  ...{ drop: 'drop', 'drop-all': 'drop', 'call-off': 'call-off', 'call-off-following': 'call-off' },
  ...{ copy: 'copy', unconfirmed: 'unconfirmed', manage: 'manage' },
} as const

/** A button of an event for its organisers. */
export function button(
  name: keyof typeof actions,
  value: Record<string, string>,
  language: Language,
  values: Record<string, string | number> = {},
): Button {
  const opens = ['change', 'call-off', 'copy', 'unconfirmed', 'manage'].includes(actions[name])
  return {
    label: translate(language, `making:button.${name}`, values),
    action: `events.${actions[name]}`,
    value,
    ...(opens ? { opens: 'beside' as const } : {}),
  }
}
