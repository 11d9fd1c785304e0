import { type Block, type Button, type Card, plain } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import { eventHeadline, momentText, whenOf } from '../lists/event-texts.ts'
import type { Event } from '../records.ts'
import type { Attendance, AttendanceOf } from './attendance.ts'
import type { FeedbackFigures } from './feedback-figures.ts'
import type { OwnHours } from './hours.ts'
import type { MaterialLink } from './materials.ts'

/** Rows of a table that a card shows; the page has all. */
const mostOrganisations = 15
const mostHoursListed = 20
const mostComments = 10
const mostToRate = 5

/** How many came, for the organiser. */
export function figuresCard(
  { row }: Event,
  figures: Attendance & { organisations: AttendanceOf[] },
  { language, url, now }: { language: Language; url: string; now: Date },
): Card {
  const say = (key: string, values = {}) => translate(language, key, values)
  const { registered, came, absent, guests, walkIns, organisations } = figures
  const blocks: Block[] = [
    { type: 'text', runs: [{ text: eventHeadline(row), strong: true }] },
    { type: 'note', text: whenOf(row, language, now) },
    {
      type: 'text',
      runs: plain(say('check-in:figures.text', { registered, came, absent, guests, walkIns })),
    },
  ]
  if (organisations.length > 1) blocks.push(organisationTable(organisations, language))
  if (organisations.length > mostOrganisations) {
    blocks.push({ type: 'note', text: say('check-in:figures.more', { most: mostOrganisations }) })
  }
  blocks.push({ type: 'link', label: say('check-in:figures.open'), url })
  return { tone: 'info', title: say('check-in:figures.title'), blocks }
}

function organisationTable(organisations: readonly AttendanceOf[], language: Language): Block {
  const say = (key: string) => translate(language, key)
  return {
    type: 'table',
    header: [
      say('check-in:figures.organisation'),
      say('check-in:figures.registered'),
      say('check-in:figures.came'),
      say('check-in:figures.absent'),
    ],
    rows: organisations
      .slice(0, mostOrganisations)
      .map(({ name, registered, came, absent }) => [
        name || say('check-in:figures.public'),
        ...[registered, came, absent].map(String),
      ]),
  }
}

/** Events of which somebody has not said yet how they were. */
export function rateCard(
  events: readonly Event[],
  { language, now }: { language: Language; now: Date },
): Card {
  const shown = events.slice(0, mostToRate)
  if (shown.length === 0)
    return {
      tone: 'info',
      blocks: [{ type: 'text', runs: plain(translate(language, 'check-in:feedback.none')) }],
    }
  const blocks = shown.flatMap(({ row }): Block[] => [
    { type: 'text', runs: [{ text: eventHeadline(row), strong: true }] },
    { type: 'note', text: whenOf(row, language, now) },
    { type: 'buttons', buttons: [feedbackButton(row.id, language)] },
  ])
  return { tone: 'info', title: translate(language, 'check-in:feedback.open'), blocks }
}

/** Thanks to somebody who was there, with what is handed out, and the question how it was. */
export function thanksCard(
  { row }: Event,
  {
    language,
    links,
    hours,
    now,
  }: { language: Language; links: readonly MaterialLink[]; hours: number | null; now: Date },
): Card {
  const say = (key: string, values = {}) => translate(language, key, values)
  const blocks: Block[] = [
    { type: 'text', runs: plain(say('check-in:thanks.text', { title: row.title })) },
    { type: 'note', text: whenOf(row, language, now) },
  ]
  if (hours !== null && hours > 0)
    blocks.push({ type: 'note', text: say('check-in:thanks.hours', { hours: String(hours) }) })
  blocks.push(...linkBlocks(links))
  blocks.push({ type: 'note', text: say('check-in:feedback.seen-by') })
  blocks.push({ type: 'buttons', buttons: [feedbackButton(row.id, language)] })
  return { tone: 'info', title: say('check-in:thanks.title'), blocks }
}

/** Opens the form that asks how an event was. */
function feedbackButton(event: string, language: Language): Button {
  const label = translate(language, 'check-in:feedback.open')
  return { label, action: 'events.feedback', value: { event }, opens: 'beside', style: 'primary' }
}

/** Files for somebody who was there. */
export function materialsCard(
  { row }: Event,
  { links, language }: { links: readonly MaterialLink[]; language: Language },
): Card {
  return {
    tone: 'info',
    title: translate(language, 'check-in:materials.title'),
    blocks: [
      { type: 'text', runs: plain(eventHeadline(row)) },
      ...linkBlocks(links),
      { type: 'note', text: translate(language, 'check-in:materials.note') },
    ],
  }
}

function linkBlocks(links: readonly MaterialLink[]): Block[] {
  return links.map(({ name, url }) => ({ type: 'link', label: name, url }))
}

/** Somebody's own hours of learning, by year. */
export function hoursCard(
  years: readonly { year: number; hours: number; events: OwnHours[] }[],
  { language, now }: { language: Language; now: Date },
): Card {
  const say = (key: string, values = {}) => translate(language, key, values)
  const title = say('check-in:hours.title')
  if (years.length === 0) {
    return { tone: 'info', title, blocks: [{ type: 'text', runs: plain(say('check-in:hours.none')) }] }
  }
  let left = mostHoursListed
  const blocks: Block[] = []
  for (const { year, hours, events } of years) {
    const line = say('check-in:hours.year', { year, hours: String(hours), events: events.length })
    blocks.push({ type: 'text', runs: [{ text: line, strong: true }] })
    const shown = events.slice(0, left)
    left -= shown.length
    if (shown.length === 0) continue
    const items = shown.map((event) => {
      const day = momentText(event.startsAt, { time_zone: event.timeZone }, language, now)
      return plain(say('check-in:hours.line', { ...event, day, hours: String(event.hours) }))
    })
    blocks.push({ type: 'list', items })
  }
  const all = years.reduce((sum, { events }) => sum + events.length, 0)
  if (all > mostHoursListed) {
    blocks.push({ type: 'note', text: say('check-in:hours.more', { most: mostHoursListed }) })
  }
  return { tone: 'info', title, blocks }
}

/** What people said of an event; names stand only beside what is signed. */
export function feedbackCard(
  { row }: Event,
  { count, shown, signed }: FeedbackFigures,
  language: Language,
): Card {
  const say = (key: string, values = {}) => translate(language, key, values)
  const blocks: Block[] = [{ type: 'text', runs: [{ text: eventHeadline(row), strong: true }] }]
  if (shown === null) {
    blocks.push({ type: 'text', runs: plain(say('check-in:feedback.too-few', { count })) })
  } else {
    const average = shown.average.toFixed(1)
    blocks.push({ type: 'text', runs: plain(say('check-in:feedback.average', { count, average })) })
    const ratings = [5, 4, 3, 2, 1].map((rating) =>
      plain(say('check-in:feedback.rated', { rating, count: shown.byRating[rating - 1] ?? 0 })),
    )
    blocks.push({ type: 'list', items: ratings })
  }
  const comments = [
    ...signed.map(({ comment, name }) => say('check-in:feedback.signed-comment', { comment, name })),
    ...(shown?.comments ?? []),
  ]
  if (comments.length > 0) {
    blocks.push({ type: 'list', items: comments.slice(0, mostComments).map(plain) })
  }
  if (comments.length > mostComments) {
    blocks.push({ type: 'note', text: say('check-in:feedback.more', { most: mostComments }) })
  }
  return { tone: 'info', title: say('check-in:feedback.title'), blocks }
}
